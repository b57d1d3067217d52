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
});
