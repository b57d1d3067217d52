import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AskOptions } from '../support/ask-graphql.js';
import { homesWithClient, type Plant, pick, readPlant } from '../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
let plant: Plant;

beforeAll(async () => {
  subgraph = await startTestSubgraph();
  plant = await readPlant(subgraph.emulator);
});
afterAll(() => subgraph.stop());

const ENTITIES = `query($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename
  ... on Box { id name }
  ... on Client { contractCode ozmapId }
  ... on OzmapProperty { id }
  ... on Reservation { contractCode client { ozmapId } }
} }`;

type Entity = Record<string, unknown> | null;
const entities = (representations: unknown[], options?: AskOptions) =>
  subgraph.query<{ _entities: Entity[] }, unknown>(ENTITIES, { representations }, options);

describe('Query._entities', () => {
  it('finds each entity by each of its keys', async () => {
    const home = pick(homesWithClient(plant), (each) => !each.client.implanted && each.box !== null);
    const { data, errors } = await entities([
      { __typename: 'Box', id: home.box },
      { __typename: 'Client', contractCode: home.client.code },
      { __typename: 'Client', ozmapId: home.client.id },
      { __typename: 'OzmapProperty', id: home.id },
      { __typename: 'Reservation', contractCode: home.client.code },
    ]);
    expect(errors).toEqual([]);
    const client = { __typename: 'Client', contractCode: home.client.code, ozmapId: home.client.id };
    expect(data?._entities).toEqual([
      { __typename: 'Box', id: home.box, name: expect.any(String) },
      client,
      client,
      { __typename: 'OzmapProperty', id: home.id },
      { __typename: 'Reservation', contractCode: home.client.code, client: { ozmapId: home.client.id } },
    ]);
  });

  it('answers null for what is not there, an active reservation included', async () => {
    const active = pick(homesWithClient(plant), (each) => each.client.implanted);
    const { data, errors } = await entities([
      { __typename: 'Box', id: 'ffffffffffffffffffffffff' },
      { __typename: 'OzmapProperty', id: 'not an id' },
      { __typename: 'Client', contractCode: 'no-such-code' },
      { __typename: 'Reservation', contractCode: active.client.code },
    ]);
    expect([data?._entities, errors]).toEqual([[null, null, null, null], []]);
  });

  it('never loses the list over a bad item: only that item has an error', async () => {
    const [box] = plant.boxes;
    const good = { __typename: 'Box', id: box?.id };
    const { data, errors } = await entities([
      good,
      { __typename: 'Nothing', id: '1' },
      { id: '1' },
      { __typename: 'Mutation' },
      { __typename: 'Box' },
      { __typename: 'Box', id: { toString: 1 } },
      { __typename: 'constructor', id: '1' },
      good,
    ]);
    expect(data?._entities.map((entity) => entity?.id ?? null)).toEqual([
      box?.id,
      null,
      null,
      null,
      null,
      null,
      null,
      box?.id,
    ]);
    const faults = errors.map(({ path, extensions }) => [Number(path?.[1]), extensions?.code] as const);
    expect(faults.toSorted(([a], [b]) => a - b)).toEqual([1, 2, 3, 4, 5, 6].map((index) => [index, 'BAD_USER_INPUT']));
  });

  it('asks OZmap once for 500 references, with duplicates among them', async () => {
    const ids = plant.boxes.slice(0, 60).map(({ id }) => id);
    const representations = Array.from({ length: 500 }, (_, i) => ({ __typename: 'Box', id: ids[i % ids.length] }));
    await subgraph.emulator.clearRequests();
    const { data } = await entities(representations);
    expect(data?._entities.filter(Boolean)).toHaveLength(500);
    expect(await subgraph.emulator.requests()).toHaveLength(1);
  });
});

describe('What a neighbour may hang its data on', () => {
  const FIELDS = `query($representations: [_Any!]!) { _entities(representations: $representations) {
    __typename
    ... on Splitter { id name ratio ports { number } }
    ... on OzmapBuilding { id name }
    ... on OzmapDrop { id connected lengthM }
    ... on OzmapEquipment { id kind name }
    ... on OzmapPole { id lat lng }
    ... on OzmapProspect { id name }
  } }`;
  type Row = { id: string; kind?: string; isDrop?: boolean; project?: string };
  const ask = (representations: unknown[], token?: string) =>
    subgraph.query<{ _entities: Entity[] }, unknown>(FIELDS, { representations }, token ? { token } : {});
  const rows = (route: string) => subgraph.emulator.all<Row>(route);
  const service = async () => (await rows('splitters')).filter(({ isDrop }) => isDrop);
  const drops = async () => (await rows('cables')).filter(({ kind }) => kind === 'Drop');

  it.each([
    // Homes of its box say who holds its ports; the home of a drop, whether it is connected.
    ['Splitter', service, { name: expect.any(String), ports: expect.arrayContaining([{ number: 1 }]) }, 2],
    ['OzmapDrop', drops, { connected: expect.any(Boolean), lengthM: expect.any(Number) }, 2],
    ['OzmapBuilding', () => rows('buildings'), { name: expect.any(String) }, 1],
    ['OzmapEquipment', () => rows('network-connectors'), { kind: expect.stringMatching(/^[A-Z]+$/) }, 1],
    ['OzmapPole', () => rows('poles'), { lat: expect.any(Number), lng: expect.any(Number) }, 1],
    ['OzmapProspect', () => rows('prospects'), { name: expect.any(String) }, 1],
  ] as const)('%s: by id, all at once', async (type, list, shown, batches) => {
    const known = (await list()).slice(0, 40);
    expect(known.length).toBeGreaterThan(0);
    await subgraph.emulator.clearRequests();
    const { data, errors } = await ask([...known, ...known].map(({ id }) => ({ __typename: type, id })));
    expect(errors).toEqual([]);
    expect(data?._entities).toHaveLength(known.length * 2);
    for (const [index, entity] of (data?._entities ?? []).entries()) {
      expect(entity).toMatchObject({ __typename: type, id: known[index % known.length]?.id, ...shown });
    }
    expect(await subgraph.emulator.requests()).toHaveLength(batches);
  });

  it('is not found under the id of something else, and refuses an id that is no text, alone', async () => {
    const { api } = subgraph.emulator;
    const [sample] = await subgraph.emulator.all('splitter-types');
    const { id: _id, kind: _kind, ...shape } = sample as Record<string, unknown>;
    const type = await api<Row>('splitter-types', { method: 'POST', body: { ...shape, code: 'feeds', isDrop: false } });
    const [box] = plant.boxes;
    const body = { parent: box?.id, project: box?.project, splitterType: type.id, implanted: true };
    const feeder = await api<Row>('splitters', { method: 'POST', body });
    const [cable] = (await rows('cables')).filter(({ kind }) => kind !== 'Drop');
    const [pole] = await rows('poles');
    const { data, errors } = await ask([
      { __typename: 'Splitter', id: feeder.id },
      { __typename: 'OzmapDrop', id: cable?.id },
      { __typename: 'OzmapEquipment', id: pole?.id },
      { __typename: 'OzmapPole', id: { $ne: null } },
      { __typename: 'OzmapPole', id: pole?.id },
    ]);
    expect(data?._entities.map((entity) => entity?.id ?? null)).toEqual([null, null, null, null, pole?.id]);
    expect(errors.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['_entities', 3], 'BAD_USER_INPUT'],
    ]);
  });

  it('is shown as far as the token sees it', async () => {
    const north = plant.projects.get('Norte');
    for (const [type, list] of [
      ['Splitter', service],
      ['OzmapEquipment', () => rows('network-connectors')],
      ['OzmapDrop', drops],
    ] as const) {
      const all = await list();
      const hidden = pick(all, ({ project }) => project !== north);
      const shown = pick(all, ({ project }) => project === north);
      const { data } = await ask(
        [hidden, shown].map(({ id }) => ({ __typename: type, id })),
        'demo-norte',
      );
      expect([type, ...(data?._entities.map((entity) => entity?.id ?? null) ?? [])]).toEqual([type, null, shown.id]);
    }
  });
});

describe('Rights of a token', () => {
  it('are those of its projects, in queries and by reference alike', async () => {
    const north = plant.projects.get('Norte');
    const hidden = pick(homesWithClient(plant), (each) => each.project !== north && each.box !== null);
    const shown = pick(homesWithClient(plant), (each) => each.project === north && each.box !== null);
    const options = { token: 'Bearer demo-norte' };
    const { data, errors } = await entities(
      [hidden, shown].flatMap((home) => [
        { __typename: 'Box', id: home.box },
        { __typename: 'OzmapProperty', id: home.id },
        { __typename: 'Client', contractCode: home.client.code },
      ]),
      options,
    );
    expect(errors).toEqual([]);
    expect(data?._entities.map(Boolean)).toEqual([false, false, false, true, true, true]);

    const query =
      'query($b: ID!, $c: ID!) { box(id: $b) { id } client(contractCode: $c) { name } reservation(contractCode: $c) { contractCode } }';
    const asked = await subgraph.query(query, { b: hidden.box, c: hidden.client.code }, options);
    expect(asked.data).toEqual({ box: null, client: null, reservation: null });
  });

  it('are none without a token, or with one that OZmap does not know, references included', async () => {
    for (const token of [null, 'unknown']) {
      const [id, other] = plant.boxes.map((box) => box.id);
      const { data, errors } = await entities(
        [
          { __typename: 'Box', id },
          { __typename: 'Box', id: other },
        ],
        { token },
      );
      expect(data).toEqual({ _entities: [null, null] });
      expect(errors.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
        [['_entities', 0], 'UNAUTHENTICATED'],
        [['_entities', 1], 'UNAUTHENTICATED'],
      ]);
    }
  });

  it('tells a router that asks for timings the code of an error, and nothing else of it', async () => {
    const { text } = await entities([{ __typename: 'Box', id: 'no\u0000box' }], {
      headers: { 'apollo-federation-include-trace': 'ftv1' },
    });
    const { ftv1 } = (JSON.parse(text) as { extensions: { ftv1: string } }).extensions;
    const trace = Buffer.from(ftv1, 'base64').toString('latin1');
    expect(trace).toContain('"code":"BAD_USER_INPUT"');
    expect(trace).toContain('<masked>');
    expect(trace).not.toMatch(/no.{0,6}box|dado/);
  });
});
