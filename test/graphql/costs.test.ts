import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BoxPortsDocument,
  ClientDropsDocument,
  ClientsDocument,
  ViabilityListDocument,
} from '../../src/generated/operations.js';
import { emulatorControl } from '../support/emulator-control.js';
import { homesWithClient, type Plant, pick, readPlant } from '../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
let plant: Plant;
let codes: string[];

beforeAll(async () => {
  subgraph = await startTestSubgraph();
  plant = await readPlant(subgraph.emulator);
  codes = homesWithClient(plant)
    .map(({ client }) => client.code)
    .filter((code) => code.length <= 12)
    .slice(0, 500);
  await subgraph.query('{ __typename client(contractCode: "x") { name } }');
});
afterAll(() => subgraph.stop());
beforeEach(() => subgraph.emulator.clearRequests());

/** Requests to OZmap, the token check not counted, by route. */
async function requests(): Promise<string[]> {
  const seen = await subgraph.emulator.requests();
  return seen.map(({ method, path }) => `${method} ${path.replace(/^\/api\/v2\//, '').replace(/\?.*$/, '')}`).sort();
}

describe('What a query costs towards OZmap', () => {
  it('is one viability call, one for the boxes and one for their types, for the five columns of the list', async () => {
    const box = pick(plant.boxes, (each) => each.certified && !each.draft);
    const input = { location: { lat: box.lat, lng: box.lng } };
    const { data } = await subgraph.query(ViabilityListDocument, { input });
    expect(data?.viability?.boxes.length).toBeGreaterThan(1);
    expect(await requests()).toEqual(['GET box-types', 'GET boxes', 'GET ftth-viability/radius']);
    await subgraph.emulator.clearRequests();
    expect((await subgraph.query(ViabilityListDocument, { input })).data).toEqual(data);
    // The types of boxes are a catalogue, remembered for a minute.
    expect(await requests()).toEqual(['GET boxes', 'GET ftth-viability/radius']);
  });

  it('is at most 5 requests for 500 clients with property, box, equipment and port', async () => {
    expect(codes.length).toBe(500);
    const { data, errors } = await subgraph.query(ClientsDocument, { contractCodes: codes });
    expect(errors).toEqual([]);
    expect(data?.clients?.filter((client) => client?.property && client.connection).length).toBeGreaterThan(400);
    expect((await requests()).length).toBeLessThanOrEqual(5);
  });

  it('is the same for 500 Client references of a router', async () => {
    const document = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Client {
      contractCode property { id box { name } } connection { port equipment { kind } splitter { name } } } } }`;
    const representations = codes.map((contractCode) => ({ __typename: 'Client', contractCode }));
    const { data, errors } = await subgraph.query<{ _entities: ({ contractCode: string } | null)[] }, unknown>(
      document,
      { representations },
    );
    expect(errors).toEqual([]);
    expect(data?._entities.map((client) => client?.contractCode)).toEqual(codes);
    expect((await requests()).length).toBeLessThanOrEqual(5);
  });

  it('is at most 4 requests for 50 boxes with who holds each port', async () => {
    const [box] = plant.boxes;
    const near = { lat: box?.lat ?? 0, lng: box?.lng ?? 0 };
    const { data } = await subgraph.query(BoxPortsDocument, { near, radiusM: 5_000, limit: 50 });
    expect(data?.boxes).toHaveLength(50);
    expect((await requests()).length).toBeLessThanOrEqual(4);
  });

  it('is at most 8 requests more for 500 drops with their paths', async () => {
    const { data, errors } = await subgraph.query(ClientDropsDocument, { contractCodes: codes });
    const all = await requests();
    expect(errors).toEqual([]);
    expect(data?.clients?.filter((client) => (client?.property?.drop?.path?.length ?? 0) >= 2).length).toBeGreaterThan(
      400,
    );
    const forClientsAndHomes = all.filter((route) => /ftth-clients|properties/.test(route)).length;
    expect(all.length - forClientsAndHomes).toBeLessThanOrEqual(8);
  });

  it('is one token check for many requests at the same time, and none for a minute after it', async () => {
    const fresh = await startTestSubgraph();
    try {
      await Promise.all(Array.from({ length: 10 }, () => fresh.query('{ client(contractCode: 1) { name } }')));
      await fresh.query('{ client(contractCode: 2) { name } }');
      const seen = await emulatorControl(fresh.emulator.url).requests();
      expect(seen.filter(({ path }) => path.includes('authenticated'))).toHaveLength(1);
    } finally {
      await fresh.stop();
    }
  });

  it.each([
    ['Rua', 400],
    ['10', 500],
  ])('finds no client of a search twice, page after page, and at least so many by %s: %i', async (text, atLeast) => {
    const paged: string[] = [];
    let after: string | undefined;
    do {
      const page = await search(text, { first: 50, after });
      paged.push(...(codesOf(page) ?? []));
      const { hasNextPage = false, endCursor } = page.data?.searchClients?.pageInfo ?? {};
      after = hasNextPage ? endCursor : undefined;
    } while (after);
    expect(paged.length).toBeGreaterThanOrEqual(atLeast);
    expect(new Set(paged).size).toBe(paged.length);
  });

  it('is 5 requests for a search by code, name, address or ONU, each of which finds its client', async () => {
    const home = pick(plant.properties, ({ client, address }) => Boolean(client && address));
    const rows = await subgraph.emulator.all<{
      id: string;
      code: string;
      name: string;
      onu: { serial_number: string };
    }>('ftth-clients');
    const row = rows.find(({ id }) => id === home.client?.id);
    const backwards = (text = '') => text.split(' ').reverse().join(' ');
    const names = [row?.name.toUpperCase(), backwards(row?.name), home.address, backwards(home.address ?? '')];
    for (const text of [row?.code, ...names, row?.onu.serial_number]) {
      await subgraph.emulator.clearRequests();
      expect(codesOf(await search(` ${text} `, { first: 50 }))).toContain(row?.code);
      expect((await requests()).length).toBeLessThanOrEqual(5);
    }
    expect(codesOf(await search(row?.code ?? ''))?.[0]).toBe(row?.code);

    const first = await search('Rua', { first: 3 });
    const { endCursor } = first.data?.searchClients?.pageInfo ?? {};
    const second = await search('Rua', { first: 3, after: endCursor });
    expect(first.data?.searchClients?.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(new Set([...(codesOf(first) ?? []), ...(codesOf(second) ?? [])]).size).toBe(6);
    for (const [text, more] of [
      ['a', {}],
      ['Rua', { after: 'x' }],
      ['Rua', { first: 51 }],
    ] as const) {
      const { errors } = await search(text, more);
      expect(errors[0]?.extensions?.code).toBe(more && 'first' in more ? 'LIMIT_EXCEEDED' : 'BAD_USER_INPUT');
    }
    const hidden = await subgraph.query<{ searchClients: Found }, object>(
      '{ searchClients(text: "Rua", first: 50) { edges { node { contractCode property { building { id } box { project { name } } } } } } }',
      {},
      { token: 'demo-norte' },
    );
    const projects = JSON.stringify(hidden.data).match(/"name":"[^"]+"/g) ?? [];
    expect(new Set(projects)).toEqual(new Set(['"name":"Norte"']));
  });
});

const search = async (text: string, more = {}, token = 'demo') => {
  const document = `query ($text: String!, $first: Int, $after: String) { searchClients(text: $text, first: $first, after: $after) {
    edges { cursor node { contractCode } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
  return subgraph.query<{ searchClients: Found | null }, object>(document, { text, ...more }, { token });
};
const codesOf = ({ data }: Awaited<ReturnType<typeof search>>) =>
  data?.searchClients?.edges.map(({ node }) => node.contractCode);

interface Found {
  edges: { cursor: string; node: { contractCode: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
}
