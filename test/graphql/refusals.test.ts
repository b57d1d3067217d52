import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph({ env: { MAX_DEPTH: '8', MAX_ALIASES: '5', MAX_COST: '11000' } });
});
afterAll(() => subgraph.stop());

const SECRET = 'sekret-4711';
const coded = async (query: string, variables?: Record<string, unknown>, headers = {}) => {
  const { errors, text, status } = await subgraph.query(query, variables, { headers });
  return { codes: errors.map((error) => error.extensions?.code), extensions: errors[0]?.extensions, text, status };
};

describe('A malformed request', () => {
  const cases: [string, string, Record<string, unknown>?][] = [
    ['no GraphQL', `{ client(contractCode: "${SECRET}" `],
    ['an unknown field', `{ client(contractCode: "1") { ${SECRET.replaceAll('-', '_')} } }`],
    ['a literal of the wrong type', `{ boxes(near: { lat: "${SECRET}", lng: 1 }, radiusM: 1) { distanceM } }`],
    [
      'a variable of the wrong type',
      'query($r: Float!) { boxes(near: {lat: 1, lng: 1}, radiusM: $r) { distanceM } }',
      { r: SECRET },
    ],
    [
      'an unknown input field',
      'query($i: ViabilityInput!) { viability(input: $i) { viable } }',
      { i: { [SECRET]: SECRET } },
    ],
    [
      'an unknown enum value',
      'query($i: ViabilityInput!) { viability(input: $i) { viable } }',
      { i: { mode: SECRET } },
    ],
    [
      'a value out of bounds',
      'query($i: ViabilityInput!) { viability(input: $i) { viable } }',
      { i: { address: SECRET.repeat(100) } },
    ],
    ['an operation that is not there', 'query A { __typename } query B { __typename }'],
    [
      'a control character in a code',
      'query($c: ID!) { client(contractCode: $c) { name } }',
      { c: `${SECRET}\n\u0000x` },
    ],
    [
      'a mutation without a code',
      'mutation($i: ActivateClientInput!) { activateClient(input: $i) { problem { code } } }',
      { i: { contractCode: '  ' } },
    ],
  ];

  it.each(cases)('is BAD_USER_INPUT and repeats nothing: %s', async (_what, query, variables) => {
    const { codes, text, status } = await coded(query, variables);
    expect([...new Set(codes)]).toEqual(['BAD_USER_INPUT']);
    expect(status).toBe(200);
    expect(text.replaceAll('_', '-')).not.toContain(SECRET);
    expect(text).not.toMatch(/stack|node_modules|\.js:/);
  });

  it('names the field and the rule that a value breaks', async () => {
    const { extensions } = await coded('query($i: ViabilityInput!) { viability(input: $i) { viable } }', {
      i: { location: { lat: 91, lng: 0 } },
    });
    expect(extensions).toEqual({ code: 'BAD_USER_INPUT', details: [{ field: 'location.lat', rules: ['isLatitude'] }] });
  });

  it.each([
    ['limit', '{ boxes(near: {lat: 1, lng: 1}, radiusM: 9, limit: 0) { distanceM } }'],
    ['limit', '{ poles(within: {south: 0, north: 1, west: 0, east: 1}, limit: -1) { id } }'],
    [
      'newContractCode',
      'mutation { transferClient(input: { contractCode: "1", newContractCode: " " }) { client { name } } }',
    ],
    [
      'newContractCode',
      `mutation { transferClient(input: { contractCode: "1", newContractCode: "${'9'.repeat(201)}" }) { client { name } } }`,
    ],
  ])('names the argument as the caller does: %s of %s', async (field, query) => {
    expect((await coded(query)).extensions).toMatchObject({ code: 'BAD_USER_INPUT', details: [{ field }] });
  });

  it('is 400 for callers that ask for application/graphql-response+json', async () => {
    expect((await coded('{ nothing }', {}, { accept: 'application/graphql-response+json' })).status).toBe(400);
  });
});

describe('A refusal to a caller with `Accept-Language: en`', () => {
  const english = { 'accept-language': 'en-GB,pt;q=0.5' };
  const ACTIVATE = 'mutation($i: ActivateClientInput!) { activateClient(input: $i) { problem { message } } }';

  it('is worded in English in a payload', async () => {
    const unknown = { i: { contractCode: 'nobody-4711' } };
    const { text } = await subgraph.query(ACTIVATE, unknown, { headers: english });
    expect(text).toContain("This contract's client was not found");
    expect((await subgraph.query(ACTIVATE, unknown)).text).toContain('O cliente deste contrato não foi encontrado');
  });

  it('tells a token that is missing from one that OZmap does not know, and nothing of what was sent', async () => {
    const refusedWith = async (token: string | null) =>
      (await subgraph.query('{ client(contractCode: "1") { name } }', {}, { token })).errors[0];
    const [missing, unknown] = [await refusedWith(null), await refusedWith('hunter2')];
    expect(missing?.message).toBe('Falta o token de acesso.');
    expect(missing?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', details: [{ field: 'authorization' }] });
    expect(unknown?.message).toBe('Acesso encerrado ou desconhecido pelo OZmap.');
    expect(unknown?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(JSON.stringify(unknown)).not.toContain('hunter2');
  });

  it('is worded in English at the top level, and where the request was never GraphQL', async () => {
    const { errors } = await subgraph.query(
      '{ client(contractCode: "1") { name } }',
      {},
      { token: null, headers: english },
    );
    expect(errors[0]?.message).toBe('The access token is missing.');
    const response = await fetch(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...english },
      body: '{',
    });
    expect(await response.text()).toContain('Some value was not accepted');
  });
});

describe('A request for too much', () => {
  it.each([
    [
      'depth',
      '{ client(contractCode: 1) { property { client { property { client { property { client { property { id } } } } } } } } }',
    ],
    ['aliases', `{ ${Array.from({ length: 6 }, (_, i) => `a${i}: box(id: 1) { id }`).join(' ')} }`],
    ['cost', '{ boxes(near: {lat: 1, lng: 1}, radiusM: 9, limit: 500) { box { splitters { ports { number } } } } }'],
  ])('is LIMIT_EXCEEDED with limit, max and actual: %s', async (limit, query) => {
    const { extensions } = await coded(query);
    expect(extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit, max: expect.any(Number), actual: expect.any(Number) });
    expect(Number(extensions?.actual)).toBeGreaterThan(Number(extensions?.max));
  });

  it.each([
    [
      'viabilities',
      100,
      'query($l: [ViabilityInput!]!) { viabilities(inputs: $l) { problem { code } } }',
      Array(101).fill({ address: 'x' }),
    ],
    [
      'clients',
      500,
      'query($l: [ID!]!) { clients(contractCodes: $l) { name } }',
      Array.from({ length: 501 }, (_, i) => i),
    ],
  ])('is LIMIT_EXCEEDED for a list that is too long: %s', async (limit, max, query, l) => {
    expect((await coded(query, { l })).extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit, max, actual: max + 1 });
  });

  it('is LIMIT_EXCEEDED for too many boxes, poles and metres', async () => {
    const boxes = 'query($r: Float!, $l: Int) { boxes(near: {lat: 1, lng: 1}, radiusM: $r, limit: $l) { distanceM } }';
    expect((await coded(boxes, { r: 1, l: 501 })).extensions).toMatchObject({ limit: 'boxes', max: 500, actual: 501 });
    expect((await coded(boxes, { r: 1e6, l: 1 })).extensions).toMatchObject({ limit: 'radiusM', actual: 1e6 });
    expect((await coded(boxes, { r: 0, l: 1 })).extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    const poles = '{ poles(within: {south: 0, north: 1, west: 0, east: 1}, limit: 1999) { id } }';
    expect((await coded(poles)).codes).toEqual([]);
    expect((await coded(poles.replace('1999', '5001'))).extensions).toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('does not stop introspection, however deep it asks', async () => {
    const deep =
      '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } }';
    expect((await coded(deep)).codes).toEqual([]);
  });
});

describe('OZmap away', () => {
  it('is UPSTREAM_UNAVAILABLE at the top level for a query, and a problem for a command that takes a port', async () => {
    await subgraph.query('{ box(id: 1) { id } }');
    await subgraph.emulator.fault({
      fault: 'status',
      status: 503,
      match: { path: '^/api/v2/(ftth-clients|properties)' },
    });
    try {
      const query = await subgraph.query<{ client: null }, unknown>('{ client(contractCode: 1) { name } }');
      expect([query.data?.client, query.errors[0]?.extensions]).toEqual([null, { code: 'UPSTREAM_UNAVAILABLE' }]);
      const command = await subgraph.query<{ reservePort: { problem: { code: string } } }, unknown>(
        `mutation { reservePort(input: { contractCode: 1, boxId: "${'a'.repeat(24)}", location: { lat: -19.46, lng: -44.25 } }) { problem { code } } }`,
      );
      expect(command.errors).toEqual([]);
      expect(command.data?.reservePort.problem.code).toBe('UPSTREAM_UNAVAILABLE');
    } finally {
      await subgraph.emulator.clearFaults();
    }
  });

  it('is a problem for a command even when the token could not be checked, and never lets a query through', async () => {
    await subgraph.emulator.fault({ fault: 'status', status: 503 });
    try {
      const token = 'never-seen';
      const command = await subgraph.query<{ activateClient: { problem: { code: string } } }, unknown>(
        'mutation { activateClient(input: { contractCode: 1 }) { problem { code } } }',
        {},
        { token },
      );
      expect(command.data?.activateClient.problem.code).toBe('UPSTREAM_UNAVAILABLE');
      const query = await subgraph.query('{ viability(input: { address: "x" }) { verdict } }', {}, { token });
      expect([query.data, query.errors[0]?.extensions?.code]).toEqual([{ viability: null }, 'UPSTREAM_UNAVAILABLE']);
    } finally {
      await subgraph.emulator.clearFaults();
    }
  });
});
