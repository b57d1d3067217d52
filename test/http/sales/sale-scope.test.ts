import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distanceM } from '../../../src/domain/geo.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';

const RADIUS_M = 300;
interface Point {
  lat: number;
  lng: number;
}
type RestBox = Point & { id: string };

let subgraph: TestSubgraph;
let boxes: RestBox[];
/** A box that sells where it stands. */
let here: RestBox;
beforeAll(async () => {
  subgraph = await startTestSubgraph({
    env: { SESSION_SECRET: 'a secret that is long enough to be one', OZLOC_SALE_RADIUS_M: String(RADIUS_M) },
  });
  boxes = await subgraph.emulator.all<RestBox>('boxes');
  here = await sellingBox();
});
afterAll(() => subgraph?.stop());

async function sellingBox(): Promise<RestBox> {
  for (const box of boxes) {
    if ((await offersAt(box, 'demo'))?.includes(box.id)) return box;
  }
  throw new Error('no box sells');
}

async function offersAt({ lat, lng }: Point, token: string): Promise<string[] | undefined> {
  const { data } = await subgraph.query<{ viability: { boxes: { box: { id: string } }[] } | null }, object>(
    'query ($at: MapPointInput!) { viability(input: { location: $at }) { boxes { box { id } } } }',
    { at: { lat, lng } },
    { token },
  );
  return data?.viability?.boxes.map(({ box }) => box.id);
}

const ISSUE = `mutation ($input: CreateOzlocLinkInput!) { createOzlocLink(input: $input) { url problem { code } } }`;
const REVOKE = `mutation ($input: RevokeOzlocLinksInput!) { revokeOzlocLinks(input: $input) { revoked problem { code } } }`;

async function ticketFor(input: object, token = 'demo'): Promise<string> {
  const { data } = await subgraph.query<{ createOzlocLink: { url: string } }, object>(ISSUE, { input }, { token });
  return new URL(data?.createOzlocLink.url ?? '').hash.slice('#t='.length);
}

async function redeem(ticket: string): Promise<Response> {
  return fetch(`${subgraph.url}/ozloc/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket }),
  });
}

/** `at` null: the link says nothing of a place. */
async function bearerFor(
  contractCode: string,
  { at = here, ...more }: { at?: Point | null; relocate?: boolean; address?: string } = {},
): Promise<string> {
  const place = at && { location: { lat: at.lat, lng: at.lng } };
  const session = (await (await redeem(await ticketFor({ contractCode, ...place, ...more }))).json()) as {
    token: string;
  };
  return session.token;
}

/** The code of the first error, with its reason where it has one; `fine` without. */
async function told(query: string, token: string, variables: object = {}): Promise<string> {
  const { errors } = await subgraph.query(query, variables, { token });
  const { code, reason } = errors[0]?.extensions ?? {};
  return errors.length === 0 ? 'fine' : reason ? `${code} ${reason}` : String(code);
}

const byLocation =
  'query ($at: MapPointInput!, $error: Float) { viability(input: { location: $at, accuracyM: $error }) { verdict reasons refusedBoxes { distanceM } boxes { distanceM } reusableProperties { id } condominiums { name } } }';
const away = ({ lat, lng }: Point, metres: number): Point => ({ lat: lat + metres / 111_195, lng });

describe('The bearer of a sale', () => {
  it.each([
    '{ viability(input: { address: "x" }) { verdict } }',
    '{ addressSuggestions(text: "getulio") { text location { lat } } }',
    '{ box(id: "none") { name } }',
    '{ box(id: "none") { splitters { ports { number state } } } }',
    '{ client(contractCode: " C-7 ") { name property { box { name } } connection { splitter { name } } } }',
    '{ reservation(contractCode: "C-7") { contractCode } }',
    '{ __typename }',
  ])('may ask %s', async (query) => {
    expect(await told(query, await bearerFor('C-7'))).toBe('fine');
  });

  it.each([
    '{ client(contractCode: "C-8") { name } }',
    '{ reservation(contractCode: "C-8") { contractCode } }',
    '{ clients(contractCodes: ["C-7"]) { name } }',
    '{ viabilities(inputs: [{ address: "x" }]) { viability { verdict } } }',
    '{ integrationOperations { edges { node { id } } } }',
    '{ box(id: "none") { splitters { ports { client { name } } } } }',
    '{ box(id: "none") { splitters { ports { property { id } } } } }',
    '{ viability(input: { address: "x" }) { reusableProperties { observation } } }',
    '{ viability(input: { address: "x" }) { reusableProperties { client { contractCode } } } }',
    '{ client(contractCode: "C-7") { property { client { contractCode } } } }',
    '{ mine: client(contractCode: "C-7") { name } ...Rest } fragment Rest on Query { client(contractCode: "C-8") { name } }',
    '{ client(contractCode: "C-8") @skip(if: true) { name } }',
    'query ($code: ID! = "C-8") { client(contractCode: $code) { name } }',
    '{ _entities(representations: [{ __typename: "Client", contractCode: "C-8" }]) { __typename } }',
    '{ _entities(representations: [{ __typename: "OzmapProperty", id: "5ff2cb120f1b2a0000000008" }]) { ... on OzmapProperty { observation } } }',
    'mutation { cancelClient(input: { contractCode: "C-7" }) { problem { code } } }',
    'mutation { withdrawReservation(input: { contractCode: "C-7" }) { problem { code } } }',
    'mutation { createOzlocLink(input: { contractCode: "C-7" }) { url } }',
    'mutation { revokeOzlocLinks(input: { contractCode: "C-7" }) { revoked } }',
    'mutation { reservePort(input: { contractCode: "C-8" }) { problem { code } } }',
    'mutation { relocateClient(input: { contractCode: "C-7" }) { problem { code } } }',
    'mutation { createProspect(input: { location: { lat: 1, lng: 1 } }) { problem { code } } }',
    'mutation { createProspect(input: { contractCode: "C-8", location: { lat: 1, lng: 1 } }) { problem { code } } }',
    'mutation { a: reservePort(input: { contractCode: "C-7" }) { problem { code } } b: reservePort(input: { contractCode: "C-7" }) { problem { code } } }',
  ])('may not ask %s', async (query) => {
    expect(await told(query, await bearerFor('C-7'))).toBe('FORBIDDEN');
  });

  it('of a move may relocate its contract and reserve nothing', async () => {
    const token = await bearerFor('C-10', { relocate: true });
    expect(await told('mutation { reservePort(input: { contractCode: "C-10" }) { problem { code } } }', token)).toBe(
      'FORBIDDEN',
    );
    expect(await told('mutation { relocateClient(input: { contractCode: "C-10" }) { problem { code } } }', token)).toBe(
      'fine',
    );
  });

  it('of a plain sale moves no active customer and deletes no home', async () => {
    const token = await bearerFor('100001');
    const move = `mutation ($input: RelocateClientInput!) { relocateClient(input: $input) { problem { code } } }`;
    const input = {
      contractCode: '100001',
      boxId: here.id,
      location: { lat: here.lat, lng: here.lng },
      keepOldProperty: false,
    };
    await subgraph.emulator.clearRequests();
    expect(await told(move, token, { input })).toBe('FORBIDDEN');
    expect((await subgraph.emulator.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('The place of a sale', () => {
  it('is asked about as far as it reaches, and nothing is asked of OZmap beyond', async () => {
    const token = await bearerFor('P-1');
    expect(await told(byLocation, token, { at: away(here, RADIUS_M - 10) })).toBe('fine');
    await subgraph.emulator.clearRequests();
    expect(await told(byLocation, token, { at: away(here, RADIUS_M + 10) })).toBe('FORBIDDEN OUTSIDE_SALE');
    expect(await subgraph.emulator.requests()).toEqual([]);
  });

  it('is told in a sentence that names the distance', async () => {
    const { errors } = await subgraph.query(byLocation, { at: away(here, 900) }, { token: await bearerFor('P-2') });
    expect(errors[0]?.message).toContain(`${RADIUS_M} m`);
  });

  it('shows only the boxes and poles that it reaches, however much is asked for', async () => {
    const token = await bearerFor('P-3');
    const { data } = await subgraph.query<{ boxes: { box: Point }[]; poles: Point[] }, object>(
      `query ($near: MapPointInput!, $within: MapBoundsInput!) {
        boxes(near: $near, radiusM: 20000, limit: 500) { box { lat lng } } poles(within: $within, limit: 5000) { lat lng } }`,
      {
        near: { lat: here.lat, lng: here.lng },
        within: { south: here.lat - 0.1, north: here.lat + 0.1, west: here.lng - 0.1, east: here.lng + 0.1 },
      },
      { token },
    );
    const shown = [...(data?.boxes.map(({ box }) => box) ?? []), ...(data?.poles ?? [])];
    expect(data?.boxes.length).toBeGreaterThan(0);
    expect(data?.poles.length).toBeGreaterThan(0);
    expect(data?.boxes.length).toBeLessThan(boxes.length);
    for (const point of shown) expect(distanceM(here, point)).toBeLessThanOrEqual(RADIUS_M);
  });

  it('hides a box elsewhere, and refuses questions about elsewhere', async () => {
    const token = await bearerFor('P-4');
    const far = boxes.find((box) => distanceM(box, here) > RADIUS_M);
    const { data } = await subgraph.query('query ($id: ID!) { box(id: $id) { name } }', { id: far?.id }, { token });
    expect(data).toEqual({ box: null });
    const { lat, lng } = away(here, 5_000);
    const around = '{ boxes(near: { lat: LAT, lng: LNG }, radiusM: 500) { distanceM } }';
    const poles = '{ poles(within: { south: LAT, west: LNG, north: 10, east: 10 }, limit: 10) { id } }';
    const at = (query: string) => query.replace('LAT', String(lat)).replace('LNG', String(lng));
    expect(await told(at(around), token)).toBe('FORBIDDEN OUTSIDE_SALE');
    expect(await told(at(poles).replace('10, east: 10', `${lat + 0.01}, east: ${lng + 0.01}`), token)).toBe(
      'FORBIDDEN OUTSIDE_SALE',
    );
  });

  it.each([20_000, 4_000])('gets nothing near a location that may be %i m off', async (error) => {
    const { data } = await subgraph.query<{ viability: object }, object>(
      byLocation,
      { at: { lat: here.lat, lng: here.lng }, error },
      { token: await bearerFor('P-5') },
    );
    expect(data?.viability).toEqual({
      verdict: 'NEEDS_PIN',
      reasons: ['LOCATION_IMPRECISE'],
      boxes: [],
      refusedBoxes: [],
      reusableProperties: [],
      condominiums: [],
    });
  });

  it('without coordinates turns out by what is looked at: three places, and no fourth', async () => {
    const token = await bearerFor('P-6', { at: null });
    expect(await told('{ boxes(near: { lat: -19.9, lng: -44 }, radiusM: 100) { distanceM } }', token)).toBe(
      'FORBIDDEN OUTSIDE_SALE',
    );
    const places = [0, 1_000, 2_000].map((metres) => away(here, metres));
    for (const at of places) expect(await told(byLocation, token, { at })).toBe('fine');
    for (const at of places) expect(await told(byLocation, token, { at: away(at, 50) })).toBe('fine');
    expect(await told(byLocation, token, { at: away(here, 3_000) })).toBe('FORBIDDEN OUTSIDE_SALE');
  });

  it('holds its lead and its home too', async () => {
    const token = await bearerFor('P-7');
    const lead =
      'mutation ($at: MapPointInput!) { createProspect(input: { contractCode: "P-7", location: $at }) { prospect { id } } }';
    expect(await told(lead, token, { at: away(here, 1_000) })).toBe('FORBIDDEN OUTSIDE_SALE');
    expect(await told(lead, token, { at: away(here, 100) })).toBe('fine');
    const homes = await subgraph.emulator.all<Point & { id: string; client?: unknown; box?: unknown }>('properties');
    const far = homes.find((home) => !home.client && home.lat && distanceM(home, here) > RADIUS_M);
    const taking = `mutation ($id: ID!) { reservePort(input: { contractCode: "P-7", propertyId: $id }) { problem { code } } }`;
    expect(await told(taking, token, { id: far?.id })).toBe('FORBIDDEN OUTSIDE_SALE');
  });
});

describe('The end of a sale', () => {
  const RESERVE =
    'mutation ($input: ReservePortInput!) { reservePort(input: $input) { reservation { contractCode } problem { code } operation { id } } }';
  const mine = (code: string) => `{ reservation(contractCode: "${code}") { contractCode } }`;

  it('comes with the reservation: it can be read, and repeated by its key, and nothing else can be asked', async () => {
    const token = await bearerFor('E-1');
    const input = {
      contractCode: 'E-1',
      boxId: here.id,
      location: { lat: here.lat, lng: here.lng },
      idempotencyKey: 'e1',
    };
    const reserved = { reservation: { contractCode: 'E-1' }, problem: null, operation: { id: expect.any(String) } };
    expect((await subgraph.query(RESERVE, { input }, { token })).data).toEqual({ reservePort: reserved });
    expect((await subgraph.query(RESERVE, { input }, { token })).data).toEqual({ reservePort: reserved });
    expect(await told(mine('E-1'), token)).toBe('fine');
    expect(await told(byLocation, token, { at: { lat: here.lat, lng: here.lng } })).toBe('UNAUTHENTICATED');
    expect(await told(RESERVE, token, { input: { ...input, idempotencyKey: 'e2' } })).toBe('UNAUTHENTICATED');
    const withoutKey = { contractCode: 'E-1', boxId: here.id, location: input.location };
    expect(await told(RESERVE, token, { input: withoutKey })).toBe('UNAUTHENTICATED');
  });

  it('is said by the page, and then the bearer opens nothing', async () => {
    const token = await bearerFor('E-2');
    const end = (authorization: string) =>
      fetch(`${subgraph.url}/ozloc/session`, { method: 'DELETE', headers: { authorization } });
    expect((await end(`Bearer ${token}`)).status).toBe(204);
    expect((await end(`Bearer ${token}`)).status).toBe(204);
    expect(await told(mine('E-2'), token)).toBe('UNAUTHENTICATED');
    expect((await end('Bearer demo')).status).toBe(401);
    expect((await end('Bearer ozloc.none')).status).toBe(401);
  });

  it('comes when the owner revokes the links of the contract, opened or not, and not by somebody else', async () => {
    const token = await bearerFor('E-3');
    const ticket = await ticketFor({ contractCode: 'E-3' });
    const revoke = (by: string) => subgraph.query(REVOKE, { input: { contractCode: 'E-3' } }, { token: by });
    expect((await revoke('demo-norte')).data).toEqual({ revokeOzlocLinks: { revoked: 0, problem: null } });
    expect(await told(mine('E-3'), token)).toBe('fine');
    expect((await revoke('demo')).data).toEqual({ revokeOzlocLinks: { revoked: 2, problem: null } });
    expect(await told(mine('E-3'), token)).toBe('UNAUTHENTICATED');
    expect((await redeem(ticket)).status).toBe(410);
  });
});
