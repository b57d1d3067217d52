import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BoxDocument,
  BoxPortsDocument,
  ClientDocument,
  ClientsDocument,
  PolesDocument,
  ReservationDocument,
  ViabilitiesDocument,
  ViabilityDocument,
} from '../../src/generated/operations.js';
import { homesWithClient, type Plant, pick, readPlant } from '../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
let plant: Plant;

beforeAll(async () => {
  subgraph = await startTestSubgraph();
  plant = await readPlant(subgraph.emulator);
});
afterAll(() => subgraph.stop());

describe('Query.addressSuggestions', () => {
  const asked =
    'query ($text: String!, $near: MapPointInput, $first: Int) { addressSuggestions(text: $text, near: $near, first: $first) { kind text distanceM location { lat lng accuracyM } } }';
  interface Suggested {
    addressSuggestions:
      | {
          kind: string;
          text: string;
          distanceM: number | null;
          location: { lat: number; lng: number; accuracyM: number };
        }[]
      | null;
  }

  it('suggests what an unfinished address may become, each with a place that viability takes, and asks OZmap nothing', async () => {
    await subgraph.query('{ poles(within: { south: -19.47, west: -44.26, north: -19.46, east: -44.25 }) { id } }');
    await subgraph.emulator.clearRequests();
    const near = { lat: -19.4624, lng: -44.2526 };
    const { data } = await subgraph.query<Suggested, object>(asked, { text: 'av getulio vargas 6', near, first: 3 });
    const found = data?.addressSuggestions ?? [];
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({ kind: 'DOOR', text: 'Avenida Getúlio Vargas, 61', distanceM: expect.any(Number) });
    expect(await subgraph.emulator.requests()).toEqual([]);
    const { lat, lng, accuracyM } = found[0]?.location ?? { lat: 0, lng: 0, accuracyM: 0 };
    const { data: answer } = await subgraph.query(ViabilityDocument, { input: { location: { lat, lng }, accuracyM } });
    expect(answer?.viability?.location).toMatchObject({ lat, lng, accuracyM });
  });

  it('is for callers whose token OZmap accepts, for short texts and short lists', async () => {
    const stranger = await subgraph.query<Suggested, object>(asked, { text: 'getulio' }, { token: 'nobody' });
    expect(stranger.data?.addressSuggestions ?? null).toBeNull();
    expect(stranger.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const long = await subgraph.query<Suggested, object>(asked, { text: 'a'.repeat(301) });
    expect(long.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    const many = await subgraph.query<Suggested, object>(asked, { text: 'getulio', first: 21 });
    expect(many.errors[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
  });
});

describe('Query.viability', () => {
  it('offers boxes at a pin, nearest first, with the columns of the list', async () => {
    const box = pick(plant.boxes, (each) => each.certified && !each.draft);
    const { data, errors } = await subgraph.query(ViabilityDocument, {
      input: { location: { lat: box.lat, lng: box.lng } },
    });
    expect(errors).toEqual([]);
    const answer = data?.viability;
    expect(answer).toMatchObject({
      viable: true,
      verdict: 'VIABLE',
      mode: 'RADIUS',
      location: { precision: 'PIN', accuracyM: 0 },
    });
    const distances = answer?.boxes.map((offer) => offer.distanceM) ?? [];
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    expect(answer?.boxes[0]?.box).toMatchObject({ name: expect.any(String), type: { code: expect.any(String) } });
    expect(Date.parse(answer?.validUntil ?? '') - Date.parse(answer?.checkedAt ?? '')).toBe(30 * 60_000);
  });

  it('says that an address was not found, and is then never viable', async () => {
    const { data } = await subgraph.query(ViabilityDocument, {
      input: { address: 'Rua Que Não Existe Em Lugar Algum, 12' },
    });
    expect(data?.viability).toMatchObject({
      viable: false,
      verdict: 'UNKNOWN',
      reasons: ['ADDRESS_NOT_FOUND'],
      location: null,
    });
  });

  it('refuses a question without a place as BAD_USER_INPUT', async () => {
    const { data, errors } = await subgraph.query(ViabilityDocument, { input: {} });
    expect(data?.viability).toBeNull();
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('Query.viabilities', () => {
  it('answers each in order, with its own problem', async () => {
    const [box] = plant.boxes;
    const location = { lat: box?.lat ?? 0, lng: box?.lng ?? 0 };
    const { data, errors } = await subgraph.query(ViabilitiesDocument, { inputs: [{ location }, {}, { location }] });
    expect(errors).toEqual([]);
    expect(data?.viabilities?.map((outcome) => outcome.problem?.code ?? null)).toEqual([null, 'BAD_USER_INPUT', null]);
    expect(data?.viabilities?.[2]?.viability?.verdict).toBe(data?.viabilities?.[0]?.viability?.verdict);
  });

  it.each([
    ['address', { address: 'x'.repeat(501) }],
    ['location.lat', { location: { lat: 91, lng: 0 } }],
    ['radiusM', { radiusM: 0, location: { lat: 0, lng: 0 } }],
  ])('answers the others where one is out of bounds in %s', async (field, input) => {
    const location = { lat: plant.boxes[0]?.lat ?? 0, lng: plant.boxes[0]?.lng ?? 0 };
    const query = `query ($l: [ViabilityInput!]!) {
      viabilities(inputs: $l) { viability { verdict } problem { code details { field } } }
    }`;
    const { data, errors } = await subgraph.query(query, { l: [{ location }, input] });
    const refused = { viability: null, problem: { code: 'BAD_USER_INPUT', details: [{ field }] } };
    expect([errors, data]).toEqual([
      [],
      { viabilities: [{ viability: { verdict: 'VIABLE' }, problem: null }, refused] },
    ]);
  });
});

describe('Query.box', () => {
  it('shows status, type, project and ports', async () => {
    const record = pick(plant.boxes, (each) => each.certified);
    const { data } = await subgraph.query(BoxDocument, { id: record.id });
    expect(data?.box).toMatchObject({
      id: record.id,
      name: record.name,
      status: 'CERTIFIED',
      project: { id: record.project },
    });
    expect(data?.box?.totalPorts).toBeGreaterThanOrEqual(data?.box?.freePorts ?? Number.NaN);
  });

  it('answers null for an id that is not there, and for one that cannot be', async () => {
    for (const id of ['ffffffffffffffffffffffff', 'abc', '']) {
      const { data, errors } = await subgraph.query(BoxDocument, { id });
      expect([data?.box, errors]).toEqual([null, []]);
    }
  });
});

describe('Query.boxes', () => {
  it('shows who holds each port', async () => {
    const home = pick(homesWithClient(plant), (each) => each.connections[0]?.kind === 'Splitter' && each.lat !== null);
    const near = { lat: home.lat ?? 0, lng: home.lng ?? 0 };
    const { data } = await subgraph.query(BoxPortsDocument, { near, radiusM: 400, limit: 50 });
    const splitters = data?.boxes?.flatMap(({ box }) => box.splitters ?? []) ?? [];
    const splitter = pick(splitters, (each) => each.id === home.connections[0]?.id, "the home's splitter");
    const port = pick(splitter.ports ?? [], (each) => each.number === home.connections[0]?.port);
    expect(port).toMatchObject({
      state: 'CLIENT',
      client: { contractCode: home.client.code },
      property: { id: home.id },
    });
    const box = pick(data?.boxes ?? [], ({ box }) => box.id === home.box).box;
    const free = box.splitters?.flatMap((each) => each.ports ?? []).filter((each) => each.state === 'FREE').length;
    expect(box.freePorts).toBe(free);
  });
});

describe('Query.poles', () => {
  it('gives the poles in view, and refuses a view that is inside out', async () => {
    const [box] = plant.boxes;
    const { lat = 0, lng = 0 } = box ?? {};
    const within = { south: lat - 0.002, north: lat + 0.002, west: lng - 0.002, east: lng + 0.002 };
    const { data } = await subgraph.query(PolesDocument, { within, limit: 20 });
    expect(data?.poles?.length).toBeGreaterThan(0);
    expect(data?.poles?.length).toBeLessThanOrEqual(20);
    const inside = await subgraph.query(PolesDocument, {
      within: { ...within, south: within.north, north: within.south },
    });
    expect(inside.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('Query.client', () => {
  it('shows the home, the connection and the drop of an active client', async () => {
    const home = pick(
      homesWithClient(plant),
      (each) => each.client.implanted && each.connections[0]?.kind === 'Splitter',
    );
    const { data, errors } = await subgraph.query(ClientDocument, { contractCode: home.client.code });
    expect(errors).toEqual([]);
    expect(data?.client).toMatchObject({
      contractCode: home.client.code,
      status: 'ACTIVE',
      implanted: true,
      property: { id: home.id, drop: { id: home.drop, connected: true } },
      connection: {
        equipment: { kind: 'SPLITTER', id: home.connections[0]?.id },
        port: home.connections[0]?.port,
        box: { id: home.box },
      },
      reservation: null,
    });
  });

  it('shows the building instead of a box for a flat', async () => {
    const flat = pick(homesWithClient(plant), (each) => each.parent !== null && each.connections.length > 0);
    const { data } = await subgraph.query(ClientDocument, { contractCode: flat.client.code });
    expect(data?.client?.connection).toMatchObject({ box: null, building: { id: flat.parent } });
    expect(data?.client?.property?.lat).toBeNull();
  });

  it('takes a code that came as a number, and answers null for one that is not there', async () => {
    const { data, errors } = await subgraph.query(ClientDocument, { contractCode: 987_654_321 });
    expect([data?.client, errors]).toEqual([null, []]);
  });
});

describe('Query.clients', () => {
  it('keeps the order, with null where there is none and an error only where a code is impossible', async () => {
    const [a, b] = homesWithClient(plant).map(({ client }) => client.code);
    const { data, errors } = await subgraph.query(ClientsDocument, {
      contractCodes: [b ?? '', 'no-such-code', a ?? '', ' '],
    });
    expect(data?.clients?.map((client) => client?.contractCode ?? null)).toEqual([b, null, a, null]);
    expect(errors.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['clients', 3], 'BAD_USER_INPUT'],
    ]);
  });
});

describe('Query.reservation', () => {
  it('shows what is held for a client who is not active yet', async () => {
    const home = pick(
      homesWithClient(plant),
      (each) => !each.client.implanted && each.connections.length > 0 && each.box !== null,
    );
    const { data, errors } = await subgraph.query(ReservationDocument, { contractCode: home.client.code });
    expect(errors).toEqual([]);
    expect(data?.reservation).toMatchObject({
      contractCode: home.client.code,
      client: { status: 'RESERVED' },
      property: { id: home.id },
      box: { id: home.box },
    });
    const path = data?.reservation?.drop?.path ?? [];
    expect(path[0]).toEqual({ lat: home.lat, lng: home.lng });
    expect(path.at(-1)).toEqual({ lat: data?.reservation?.box?.lat, lng: data?.reservation?.box?.lng });
    expect(Date.parse(data?.reservation?.reservedAt ?? '')).toBeGreaterThan(0);
  });

  it('is null once the client is active', async () => {
    const home = pick(homesWithClient(plant), (each) => each.client.implanted);
    const { data } = await subgraph.query(ReservationDocument, { contractCode: home.client.code });
    expect(data?.reservation).toBeNull();
  });
});
