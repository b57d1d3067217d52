import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createStrangers } from '../../../src/http/admission.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { until } from '../../support/until.js';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph();
});
afterAll(() => subgraph.stop());
beforeEach(() => subgraph.emulator.clearRequests());

const STRANGERS = [
  ['no token', null],
  ['a token that OZmap does not know', 'nobody'],
] as const;

/** Routes of OZmap that were asked, but for the token's check. */
async function asked(): Promise<string[]> {
  const seen = await subgraph.emulator.requests();
  return seen.map(({ path }) => path).filter((path) => !path.includes('authenticated'));
}

describe.each(STRANGERS)('A caller with %s', (_, token) => {
  const ask = (document: string, variables: Record<string, unknown> = {}) =>
    subgraph.query<Record<string, unknown>, unknown>(document, variables, { token });
  const repeated = (times: number, one: (at: number) => string) => Array.from({ length: times }, (__, at) => one(at));

  it.each([
    ['bytes', `{ client(contractCode: "${'x'.repeat(16_400)}") { name } }`, 'documentBytes', 16_384],
    ['tokens', `{ client(contractCode: 1) { ${'name '.repeat(2_000)} } }`, 'documentTokens', 2_000],
    ['aliases', `{ ${repeated(21, (at) => `a${at}: __typename`).join(' ')} }`, 'aliases', 20],
    [
      'fragments',
      `{ ...F0 } ${repeated(40, (at) => `fragment F${at} on Query { ...F${at + 1} }`).join(' ')}`,
      'fragments',
      60,
    ],
    ['levels', `${'{ a '.repeat(40)} ${'}'.repeat(40)}`, 'nesting', 32],
  ])(
    'is refused a document of too many %s before it is validated, and OZmap hears nothing',
    async (__, document, limit, max) => {
      const { status, data, errors } = await ask(document);
      expect([status, data]).toEqual([413, undefined]);
      expect(errors).toMatchObject([
        { extensions: { code: 'LIMIT_EXCEEDED', limit, max, actual: expect.any(Number) } },
      ]);
      expect(await asked()).toEqual([]);
    },
  );

  it('is refused more than 500 items in its variables', async () => {
    const entities = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on Client { name } } }';
    const representations = (count: number) =>
      repeated(count, (at) => String(at)).map((contractCode) => ({ __typename: 'Client', contractCode }));
    const clients = 'query($codes: [ID!]!) { clients(contractCodes: $codes) { name } }';
    expect((await ask(clients, { codes: repeated(501, String) })).errors).toMatchObject([
      { extensions: { code: 'LIMIT_EXCEEDED', limit: 'listItems', max: 500, actual: 501 } },
    ]);
    // A router is told for each reference, however many there are.
    for (const count of [500, 501]) {
      const { data, errors } = await ask(entities, { r: representations(count) });
      expect(data).toEqual({ _entities: Array(count).fill(null) });
      expect(errors).toHaveLength(count);
      expect(errors.at(-1)).toMatchObject({ path: ['_entities', count - 1], extensions: { code: 'UNAUTHENTICATED' } });
    }
    expect(await asked()).toEqual([]);
  });

  it('is told what does not fit the schema, and refused what does field by field', async () => {
    expect((await ask('{ nothing }')).errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    const { data, errors } = await ask('{ a: client(contractCode: 1) { name } b: box(id: "1") { name } }');
    expect(data).toEqual({ a: null, b: null });
    expect(errors.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['a'], 'UNAUTHENTICATED'],
      [['b'], 'UNAUTHENTICATED'],
    ]);
    expect(await asked()).toEqual([]);
  });

  it('reads the schema as tools do, not many times over in one request', async () => {
    expect((await ask(getIntrospectionQuery())).errors).toEqual([]);
    expect((await ask('{ _service { sdl } }')).errors).toEqual([]);
    const schemas = repeated(
      20,
      (at) => `a${at}: __schema { types { fields { args { type { name } } type { ofType { name } } } } }`,
    );
    const texts = repeated(20, (at) => `a${at}: _service { sdl }`);
    for (const document of [`{ ${schemas.join(' ')} }`, `{ ${texts.join(' ')} }`]) {
      expect((await ask(document)).errors[0]?.extensions).toMatchObject({
        code: 'LIMIT_EXCEEDED',
        limit: 'introspection',
      });
    }
  });
});

describe.each(STRANGERS)('A caller with %s, where introspection is off', (_, token) => {
  let closed: TestSubgraph;
  beforeAll(async () => {
    closed = await startTestSubgraph({ env: { INTROSPECTION: 'false' } });
  });
  afterAll(() => closed.stop());
  const ask = (document: string, variables: Record<string, unknown> = {}) =>
    closed.query<Record<string, unknown>, unknown>(document, variables, { token });

  it.each([
    ['field at the root', '{ box(id: "1") { id } }', '{ bax(id: "1") { id } }'],
    ['field', '{ box(id: "1") { freePorts } }', '{ box(id: "1") { stolenPorts } }'],
    ['argument', '{ box(id: "1") { id } }', '{ box(serial: "1") { id } }'],
    ['type', '{ __typename ... on Query { __typename } }', '{ __typename ... on Qwery { __typename } }'],
    ['input type', 'query($a: ViabilityAddressInput) { __typename }', 'query($a: AddressInput) { __typename }'],
    ['directive', '{ __typename @tag(name: "internal") }', '{ __typename @hidden(name: "internal") }'],
    ['command', 'mutation { retryOperation(id: "1") { id } }', 'mutation { dropOperation(id: "1") { id } }'],
    ['fragment', '{ __typename ...F } fragment F on Box { id }', '{ __typename ...F } fragment F on Bax { id }'],
  ])('is not told whether there is a %s of that name', async (__, there, notThere) => {
    const shape = ({ status, data, errors }: Awaited<ReturnType<typeof ask>>) => [
      status,
      Object.values(data ?? {}),
      errors.map(({ message, extensions }) => [message, extensions]),
    ];
    const [one, other] = await Promise.all([ask(there), ask(notThere)]);
    expect(shape(one)).toEqual(shape(other));
    expect(one.errors.every(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')).toBe(true);
    expect(one.errors).not.toEqual([]);
  });

  it('is not told the names of commands either while OZmap does not say who they are', async () => {
    await closed.emulator.fault({ fault: 'status', status: 503, match: { path: '/authenticated' } });
    onTestFinished(() => closed.emulator.clearFaults());
    const told = async (name: string) => {
      const { data, errors } = await ask(`mutation { a: ${name}(input: { contractCode: "1" }) { problem { code } } }`);
      return [data, errors.map(({ message, extensions }) => [message, extensions])];
    };
    const unknown = await told('dropClient');
    expect(await told('activateClient')).toEqual(unknown);
    expect(unknown[0]).toEqual({ a: null });
  });

  it('is refused field by field and reference by reference, so that a router keeps what others answer', async () => {
    const references = ['1', '2'].map((id) => ({ __typename: 'Box', id }));
    const document = 'query($r: [_Any!]!) { a: me { id } _entities(representations: $r) { ... on Box { id } } }';
    const { status, data, errors } = await ask(document, { r: references });
    expect([status, data]).toEqual([200, { a: null, _entities: [null, null] }]);
    expect(errors.map(({ path }) => path)).toEqual([['a'], ['_entities', 0], ['_entities', 1]]);
  });

  it.each(['activateClient', 'dropClient'])('is refused %s by GET as everybody is, 405', async (name) => {
    const query = `mutation { ${name}(input: { contractCode: "1" }) { problem { code } } }`;
    const headers: Record<string, string> = token === null ? {} : { authorization: token };
    const response = await fetch(`${closed.url}/graphql?${new URLSearchParams({ query })}`, { headers });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it.each([
    ['{ box(id: "1") { id } }', 200, { data: { box: null } }],
    ['{ ...F } fragment F on Query { box(id: "1") { id } }', 401, {}],
  ])('is answered %s in the type that it takes', async (query, status, body) => {
    const accept = 'application/graphql-response+json';
    const headers = { accept, ...(token !== null && { authorization: token }) };
    const response = await fetch(`${closed.url}/graphql?${new URLSearchParams({ query })}`, { headers });
    expect([response.status, response.headers.get('content-type')]).toEqual([status, `${accept}; charset=utf-8`]);
    expect(await response.json()).toMatchObject({ ...body, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('is still told what is wrong with text that is not GraphQL, and that introspection is off', async () => {
    expect((await ask('{ box(')).errors[0]?.message).toBe('O documento não é GraphQL válido.');
    expect((await ask(getIntrospectionQuery())).errors[0]?.message).toBe('A introspecção está desligada aqui.');
    expect(await ask('{ __typename }')).toMatchObject({ data: { __typename: 'Query' }, errors: [] });
  });

  it('may be known by the next request', async () => {
    const { data, errors } = await closed.query('{ clients(contractCodes: ["nobody"]) { name } bax }');
    expect([data, errors[0]?.message]).toEqual([undefined, 'Não há esse campo no tipo Query.']);
    const input = { adress: 'Rua A, 1' };
    const asked = 'query($input: ViabilityInput!) { viability(input: $input) { verdict } }';
    const misspelt = await closed.query(asked, { input });
    expect(misspelt.errors[0]?.message).toBe('Não há esse campo no tipo de entrada ViabilityInput.');
  });
});

describe('The first request of a caller whom OZmap knows', () => {
  it('may be larger than what a stranger may send', async () => {
    const codes = Array.from({ length: 400 }, (_, at) => `"${String(at).padEnd(50, 'x')}"`);
    const document = `{ clients(contractCodes: [${codes}]) { name } }`;
    const { errors, data } = await subgraph.query(document, {}, { token: 'demo-norte' });
    expect([errors, data]).toEqual([[], { clients: Array(400).fill(null) }]);
  });
});

describe('A caller whom OZmap knows', () => {
  it('is refused more than 2,500 items in its variables, over all lists, before any is read', async () => {
    const query =
      'query($a: [ID!]!, $b: [ID!]!) { a: clients(contractCodes: $a) { name } b: clients(contractCodes: $b) { name } }';
    const codes = Array.from({ length: 1_251 }, String);
    const { status, errors } = await subgraph.query(query, { a: codes, b: codes });
    expect([status, errors[0]?.extensions]).toEqual([
      413,
      { code: 'LIMIT_EXCEEDED', limit: 'listItems', max: 2_500, actual: 2_502 },
    ]);
  });
});

describe('A router that a caller asks through', () => {
  it('may ask for 2,000 contracts at once', async () => {
    const query =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Client { name property { address } } } }';
    const r = Array.from({ length: 2_000 }, (_, at) => ({ __typename: 'Client', contractCode: `${100_000 + at}` }));
    const { data, errors } = await subgraph.query<{ _entities: ({ name: string } | null)[] }, unknown>(query, { r });
    expect(errors).toEqual([]);
    expect(data?._entities).toHaveLength(2_000);
    expect(data?._entities.filter(Boolean).length).toBeGreaterThan(10);
  });
});

describe('Strangers', () => {
  it('are let in few at once, addresses in turns, and refused when too many of one address wait', async () => {
    const strangers = createStrangers();
    const order: string[] = [];
    const doors: (() => void)[] = [];
    const come = (address: string) =>
      strangers.run(address, () => {
        order.push(address);
        return new Promise<void>((resolve) => doors.push(resolve));
      });
    const crowd = Array.from({ length: 54 }, () => come('crowd'));
    const other = come('other');
    expect(order).toHaveLength(4);
    await expect(come('crowd')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterS: 1 });
    for (const open of doors.slice(0, 2)) open();
    await until(() => order.length >= 6);
    expect(order.slice(4, 6)).toContain('other');
    const opening = setInterval(() => doors.forEach((open) => void open()), 5);
    await Promise.all([...crowd, other]);
    clearInterval(opening);
  });

  it('leave their place empty for a while, and are answered before', async () => {
    const strangers = createStrangers();
    const takes = (ms: number) => () =>
      new Promise<number>((resolve) => setTimeout(() => resolve(performance.now()), ms));
    await Promise.all(Array.from({ length: 4 }, () => strangers.run('a', takes(50))));
    const answeredAt = performance.now();
    expect((await strangers.run('b', takes(0))) - answeredAt).toBeGreaterThan(200);
  });
});
