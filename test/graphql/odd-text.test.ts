import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph();
});
afterAll(() => subgraph.stop());

const NUL = '\u0000';
const HALF = '\ud83d';

const ACTIVATE = 'mutation($i: ActivateClientInput!) { activateClient(input: $i) { problem { code } } }';
const RESERVE = 'mutation($i: ReservePortInput!) { reservePort(input: $i) { problem { code } } }';
const OPERATIONS =
  'query($f: IntegrationOperationFilter) { integrationOperations(filter: $f) { edges { node { id } } } }';
const CLIENTS = 'query($c: [ID!]!) { clients(contractCodes: $c) { name } }';

async function refusalOf(query: string, variables: Record<string, unknown>) {
  const { errors } = await subgraph.query(query, variables);
  const [{ extensions } = { extensions: undefined }] = errors;
  return { code: extensions?.code, details: extensions?.details };
}

describe('Text that no part behind the service can hold', () => {
  const cases: [string, string, string, Record<string, unknown>][] = [
    ['U+0000 in a key', 'idempotencyKey', ACTIVATE, { i: { contractCode: '1', idempotencyKey: `k${NUL}` } }],
    ['U+0000 in an id', 'boxId', RESERVE, { i: { contractCode: '1', boxId: `${NUL}b` } }],
    ['U+0000 in a filter', 'actions[1]', OPERATIONS, { f: { actions: ['client.activate', `client${NUL}`] } }],
    ['U+0000 in an argument', 'id', 'query($c: ID!) { box(id: $c) { name } }', { c: `a${NUL}` }],
    ['half a surrogate pair in a code', 'contractCode', ACTIVATE, { i: { contractCode: `7${HALF}` } }],
    ['half a surrogate pair in a list', 'contractCodes[1]', CLIENTS, { c: ['7', `8${HALF}`] }],
    ['half a surrogate pair in a name', 'name', RESERVE, { i: { contractCode: '1', name: `Ana ${HALF}` } }],
  ];

  it.each(cases)('is BAD_USER_INPUT that names the field: %s', async (_what, field, query, variables) => {
    expect(await refusalOf(query, variables)).toEqual({ code: 'BAD_USER_INPUT', details: [{ field }] });
  });

  it.each(['', ' ', '\t'])(
    'is no contract to search operations by, which would be those of all: %j',
    async (contractCode) => {
      expect(await refusalOf(OPERATIONS, { f: { contractCode } })).toMatchObject({ code: 'BAD_USER_INPUT' });
    },
  );

  it('costs one representation its entity, and the others nothing', async () => {
    const { data, errors } = await subgraph.query<{ _entities: unknown[] }, unknown>(
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Client { contractCode } } }',
      {
        r: [
          { __typename: 'Client', contractCode: '100001' },
          { __typename: 'IntegrationOperation', id: `x${NUL}` },
          { __typename: 'Client', contractCode: `100001${HALF}` },
        ],
      },
    );
    expect(data?._entities).toEqual([{ contractCode: '100001' }, null, null]);
    expect(errors.map(({ extensions }) => [extensions?.code, extensions?.details])).toEqual([
      ['BAD_USER_INPUT', [{ field: 'id' }]],
      ['BAD_USER_INPUT', [{ field: 'contractCode' }]],
    ]);
  });
});

describe('A contract code', () => {
  it('with an invisible character is refused, not taken for another contract', async () => {
    const query = 'query($c: ID!) { client(contractCode: $c) { contractCode } }';
    expect(await refusalOf(query, { c: '100001\u200b' })).toEqual({
      code: 'BAD_USER_INPUT',
      details: [{ field: 'contractCode' }],
    });
  });
});

describe('A value that would arrive as another one', () => {
  const CLIENT = 'query($c: ID!) { client(contractCode: $c) { name } }';
  const PLACE = 'query($n: MapPointInput!) { boxes(near: $n, radiusM: 5) { distanceM } }';

  it.each([
    ['a code beyond what JSON carries', 'c', CLIENT, '{"c": 9007199254740995}'],
    ['a larger one', 'c', CLIENT, '{"c": 1e22}'],
    ['one in a list', 'c[1]', CLIENTS, '{"c": ["7", 9007199254740995]}'],
    ['one in an input', 'contractCode', RESERVE, '{"i": {"contractCode": 9007199254740995}}'],
    ['the end of the calendar, west of Greenwich', 'to', OPERATIONS, '{"f": {"to": "9999-12-31T22:00:00-04:00"}}'],
    ['no code, which is not any code', 'contractCode', OPERATIONS, '{"f": {"contractCode": ""}}'],
    ['the year zero', 'from', OPERATIONS, '{"f": {"from": "0000-06-01T00:00:00Z"}}'],
  ])('is BAD_USER_INPUT that names the field: %s', async (_what, field, query, variables) => {
    const response = await fetch(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'demo' },
      // By hand: JSON.stringify would round as well.
      body: `{"query": ${JSON.stringify(query)}, "variables": ${variables}}`,
    });
    const { errors } = (await response.json()) as { errors: { extensions: unknown }[] };
    expect(errors.map(({ extensions }) => extensions)).toEqual([{ code: 'BAD_USER_INPUT', details: [{ field }] }]);
  });

  it('is none where it arrives as it was sent', async () => {
    const { errors } = await subgraph.query(CLIENT, { c: Number.MAX_SAFE_INTEGER });
    expect(errors).toEqual([]);
    for (const near of [
      { lat: -19.93, lng: -44.05 },
      { lat: 3e-7, lng: -51.06 },
    ])
      expect((await subgraph.query(PLACE, { n: near })).errors).toEqual([]);
    const until = { f: { from: '0001-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z' } };
    expect((await subgraph.query(OPERATIONS, until)).errors).toEqual([]);
  });
});

describe('A subscription', () => {
  it("is refused as what the schema does not have, not told as this service's fault", async () => {
    const { errors } = await subgraph.query('subscription { client(contractCode: 1) { name } }');
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('A variable with a default', () => {
  it.each([
    ['an argument', 'query($c: ID = "1") { client(contractCode: $c) { name } }'],
    ['a field of an input', 'query($c: Float = 1.0) { boxes(near: { lat: $c, lng: 1 }, radiusM: 5) { distanceM } }'],
    ['an item of a list', 'query($c: ID = "1") { clients(contractCodes: [$c]) { name } }'],
    ['a directive', 'query($c: Boolean = true) { client(contractCode: "100001") { name @include(if: $c) } }'],
    ['a directive of the root', 'query($c: Boolean = true) { client(contractCode: "1") @skip(if: $c) { name } }'],
  ])("that is null where null may not be is BAD_USER_INPUT, the caller's own fault: %s", async (_where, query) => {
    const { errors, text } = await subgraph.query(query, { c: null });
    expect(errors.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
    expect(text).not.toContain('errorId');
  });
});
