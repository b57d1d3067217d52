import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Referee } from '../support/referee.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';
import { clientWith } from '../support/what-is-left.js';

interface Building {
  id: string;
  name: string;
  lat: number;
  lng: number;
}
interface Payload {
  problem: { code: string; reason: string | null } | null;
  reservation?: { property: { id: string; address: string }; port: number } | null;
}

let subgraph: TestSubgraph;
let sdk: Referee;
let building: Building;

beforeAll(async () => {
  subgraph = await startTestSubgraph();
  sdk = new Referee(subgraph.emulator.url);
  building = (await sdk.call<Building>({ proxy: 'building', method: 'findOne', args: [{}] })).value;
});
afterAll(async () => {
  sdk.stop();
  await subgraph.stop();
});

async function mutate(name: string, input: object, fields = ''): Promise<Payload> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { problem { code reason } ${fields} } }`;
  const { data, errors } = await subgraph.query(document, { input });
  expect(errors).toEqual([]);
  return (data as unknown as Record<string, Payload>)[name] ?? { problem: null };
}
const sold = 'reservation { property { id address } }';

describe('A flat', () => {
  it('is offered by its building, sold, activated and cancelled, and the SDK sees it so', async () => {
    const document = `query ($input: ViabilityInput!) {
      viability(input: $input) { buildings { freePorts distanceM building { id name } } }
    }`;
    const input = { location: { lat: building.lat, lng: building.lng } };
    const { data } = await subgraph.query(document, { input });
    const { viability } = data as unknown as { viability: { buildings: { freePorts: number; building: Building }[] } };
    const [offer] = viability.buildings;
    expect(offer).toMatchObject({ building: { id: building.id, name: building.name }, distanceM: 0 });

    const code = 'APTO-1';
    const place = { buildingId: building.id, apartment: '904' };
    const { problem, reservation } = await mutate('reservePort', { contractCode: code, ...place }, sold);
    expect(problem).toBeNull();
    expect(reservation?.property.address).toMatch(/, apto 904$/);
    const flat = async () =>
      (await sdk.call({ proxy: 'property', method: 'findById', args: [reservation?.property.id] })).value;
    expect(await flat()).toMatchObject({ parent: building.id, coords: null, client: { code, implanted: false } });
    expect((await flat()).connections).toHaveLength(1);
    const after = await subgraph.query(document, { input });
    expect(JSON.stringify(after.data)).toContain(`"freePorts":${(offer?.freePorts ?? 0) - 1}`);

    expect((await mutate('activateClient', { contractCode: code })).problem).toBeNull();
    expect(await clientWith(sdk, code)).toMatchObject({ implanted: true });
    expect((await mutate('cancelClient', { contractCode: code })).problem).toBeNull();
    expect(await flat()).toMatchObject({ client: null, observation: expect.stringContaining(`[CNT ${code}]`) });
  });

  it('is sold, activated and cancelled in plain HTTP, and the SDK sees it so', async () => {
    const door = async (path: string, body: object = {}) => {
      const response = await fetch(`${subgraph.url}/v1${path}`, {
        method: 'POST',
        headers: { authorization: 'demo', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).toBeLessThan(300);
      return (await response.json()) as { propertyId: string };
    };
    const sale = { contractCode: 'PORTA-1', buildingId: building.id, apartment: 'ap 806' };
    const { propertyId } = await door('/reservations', sale);
    const flat = async () => (await sdk.call({ proxy: 'property', method: 'findById', args: [propertyId] })).value;
    expect(await flat()).toMatchObject({ parent: building.id, client: { code: 'PORTA-1', implanted: false } });
    await door('/contracts/PORTA-1/activation');
    expect(await clientWith(sdk, 'PORTA-1')).toMatchObject({ implanted: true });
    await door('/contracts/PORTA-1/cancellation');
    expect(await clientWith(sdk, 'PORTA-1')).toBeUndefined();
    expect(await flat()).toMatchObject({ client: null, observation: expect.stringContaining('[CNT PORTA-1]') });
  });

  it('is told as sold while it has a client, and as vacant once he has left, for one more request to OZmap', async () => {
    const document = `query ($at: MapPointInput!) { viability(input: { location: $at }) {
      buildings { soldApartments vacantFlats { id address } } } }`;
    const told = async () => {
      const { data } = await subgraph.query(document, { at: { lat: building.lat, lng: building.lng } });
      const { viability } = data as unknown as {
        viability: { buildings: { soldApartments: string[]; vacantFlats: { id: string; address: string }[] }[] };
      };
      return viability.buildings[0];
    };
    const before = await told();
    const place = { buildingId: building.id, apartment: '0707' };
    const { reservation } = await mutate('reservePort', { contractCode: 'APTO-7', ...place }, sold);
    await subgraph.emulator.clearRequests();
    expect((await told())?.soldApartments).toEqual([...(before?.soldApartments ?? []), '707'].sort());
    const asked = (await subgraph.emulator.requests()).map(({ path }) => path.split('?')[0]?.split('/').at(-1));
    expect(asked.filter((path) => path === 'properties')).toHaveLength(1);
    await mutate('activateClient', { contractCode: 'APTO-7' });
    await mutate('cancelClient', { contractCode: 'APTO-7' });
    const after = await told();
    expect(after?.soldApartments).toEqual(before?.soldApartments);
    expect(after?.vacantFlats.map(({ id }) => id)).toContain(reservation?.property.id);
  });

  it('that was made for a reservation goes with it, and its port is free again', async () => {
    const input = { location: { lat: building.lat, lng: building.lng } };
    const freePorts = async () => {
      const document = `query ($input: ViabilityInput!) { viability(input: $input) { buildings { freePorts } } }`;
      return JSON.stringify((await subgraph.query(document, { input })).data);
    };
    const before = await freePorts();
    const place = { buildingId: building.id, apartment: '905' };
    const { reservation } = await mutate('reservePort', { contractCode: 'APTO-4', ...place }, sold);
    expect(await freePorts()).not.toBe(before);
    expect((await mutate('withdrawReservation', { contractCode: 'APTO-4' })).problem).toBeNull();
    expect(await freePorts()).toBe(before);
    expect(await clientWith(sdk, 'APTO-4')).toBeFalsy();
    const filter = [{ property: '_id', operator: '=', value: reservation?.property.id }];
    const left = await sdk.call({ proxy: 'property', method: 'find', args: [{ filter }] });
    expect(JSON.stringify(left.value)).not.toContain('APTO-4');
  });

  it('needs its number, and takes no box or place beside its building', async () => {
    const bad = { contractCode: 'APTO-2', buildingId: building.id, location: { lat: building.lat, lng: building.lng } };
    const document = `mutation ($input: ReservePortInput!) { reservePort(input: $input) { problem { code } } }`;
    const { data, errors } = await subgraph.query(document, { input: bad });
    expect(JSON.stringify([data, errors])).toContain('BAD_USER_INPUT');
    expect(await clientWith(sdk, 'APTO-2')).toBeFalsy();
    const nowhere = { contractCode: 'APTO-3', buildingId: 'f'.repeat(24), apartment: '1' };
    const { text } = await subgraph.query(document.replace('code', 'code message'), { input: nowhere });
    expect(text).toContain('"code":"NOT_FOUND","message":"O prédio não foi encontrado');
  });

  it('is sold once, however its number is written and whoever else sells it at the same moment', async () => {
    const at = (code: string, apartment: string) => ({ contractCode: code, buildingId: building.id, apartment });
    const written = ['1203', ' Apto 1203', 'ap. 01203', '1203', 'apartamento 1203'];
    const sales = await Promise.all(
      written.map((apartment, n) => mutate('reservePort', at(`DUPLO-${n}`, apartment), sold)),
    );
    expect(sales.filter(({ problem }) => problem === null)).toHaveLength(1);
    for (const { problem } of sales) {
      if (problem) expect(problem).toMatchObject({ code: 'CONFLICT', reason: 'PROPERTY_OCCUPIED' });
    }
    const winner = `DUPLO-${sales.findIndex(({ problem }) => problem === null)}`;
    await mutate('activateClient', { contractCode: winner });
    expect((await mutate('cancelClient', { contractCode: winner })).problem).toBeNull();
    // The flat that stays is taken over, on the port that it has.
    const again = await mutate(
      'reservePort',
      at('DUPLO-9', '1203'),
      'operation { problem { details { field value } } }',
    );
    expect(again.problem).toMatchObject({ code: 'BAD_USER_INPUT' });
    const propertyId = sales.find(({ problem }) => problem === null)?.reservation?.property.id;
    expect((await mutate('reservePort', { contractCode: 'DUPLO-9', propertyId })).problem).toBeNull();
  });

  it('is not sold where its building has no port left at that moment', async () => {
    const sales = [];
    for (let n = 0; n < 40; n += 1) {
      const flat = { contractCode: `CHEIO-${n}`, buildingId: building.id, apartment: `${2000 + n}` };
      const { problem } = await mutate('reservePort', flat);
      sales.push(problem);
      if (problem) break;
    }
    expect(sales.at(-1)).toMatchObject({ code: 'CONFLICT', reason: 'BOX_FULL' });
    expect(await clientWith(sdk, `CHEIO-${sales.length - 1}`)).toBeFalsy();
  });
});
