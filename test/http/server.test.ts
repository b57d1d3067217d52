import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';
import { until } from '../support/until.js';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph({ env: { BODY_LIMIT_BYTES: '4096' } });
});
afterAll(() => subgraph.stop());

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${subgraph.root}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', authorization: 'demo', ...headers },
  });
const TYPENAME = JSON.stringify({ query: '{ client(contractCode: 1) { name } }' });

describe('The GraphQL endpoint', () => {
  it.each(['/integrations/cnt', '/integrations/cnt/graphql'])('answers at %s', async (path) => {
    const response = await post(path, TYPENAME);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({ data: { client: null } });
  });

  it('takes a token with and without Bearer', async () => {
    for (const authorization of ['demo', 'Bearer demo', 'bearer  demo']) {
      expect(await (await post('/integrations/cnt', TYPENAME, { authorization })).json()).toEqual({
        data: { client: null },
      });
    }
  });

  it('is UNAUTHENTICATED for each field without a token OZmap knows', async () => {
    for (const authorization of ['', 'Bearer', 'nobody', 'ção']) {
      const response = await post('/integrations/cnt', TYPENAME, { authorization: encodeURI(authorization) });
      expect([response.status, await response.json()]).toMatchObject([
        200,
        { data: { client: null }, errors: [{ path: ['client'], extensions: { code: 'UNAUTHENTICATED' } }] },
      ]);
    }
  });

  it('shows its schema without a token, and nothing else beside it', async () => {
    const schema = await subgraph.query('{ _service { sdl } __schema { queryType { name } } }', {}, { token: null });
    expect(schema.errors).toEqual([]);
    const more = await subgraph.query(
      '{ ...A } fragment A on Query { _service { sdl } box(id: 1) { id } }',
      {},
      { token: null },
    );
    expect(more.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('refuses too large a body, no JSON and other types in GraphQL words', async () => {
    const large = await post('/integrations/cnt', JSON.stringify({ query: `{ a }${' '.repeat(5_000)}` }));
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'bodyBytes', max: 4096, actual: expect.any(Number) } }],
    });
    for (const [body, type] of [
      ['{', 'application/json'],
      ['query=x', 'text/plain'],
    ] as const) {
      const response = await post('/integrations/cnt', body, { 'content-type': type });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    }
  });

  it('refuses a list of operations, an empty one, and a mutation by GET', async () => {
    for (const body of [`[${TYPENAME}]`, '{}', 'null', '{"query":5}']) {
      const answer = (await (await post('/integrations/cnt', body)).json()) as {
        errors: { extensions: { code: string } }[];
      };
      expect(answer.errors.map((error) => error.extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
    const query = encodeURIComponent('mutation { activateClient(input: { contractCode: 1 }) { problem { code } } }');
    const headers = { authorization: 'demo', 'apollo-require-preflight': '1' };
    expect((await fetch(`${subgraph.url}?query=${query}`, { headers })).status).toBe(405);
  });

  it('never echoes a header or a body that it could not take', async () => {
    const text = await (await post('/integrations/cnt', '{"query": "sekret', { authorization: 'sekret' })).text();
    expect(text).not.toContain('sekret');
  });
});

describe("A page of CNT's front end", () => {
  it('may ask from its own origin, with a token, any header and no cookies', async () => {
    const origin = 'https://cnt.example';
    // What Apollo's client, a tracer and a log join send by themselves, and what nobody has heard of yet.
    const wished = 'authorization,apollographql-client-name,traceparent,x-request-id,x-tomorrow';
    const preflight = await fetch(subgraph.url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': wished },
    });
    expect(preflight.status).toBe(204);
    const allowed = preflight.headers.get('access-control-allow-headers') ?? '';
    expect(wished.split(',').filter((name) => !allowed.includes(name))).toEqual([]);
    const answer = await post('/integrations/cnt', TYPENAME, { origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('may not when the configuration names other origins', async () => {
    const strict = await startTestSubgraph({ env: { CORS_ORIGINS: 'https://cnt.example, https://erp.example' } });
    try {
      const from = async (origin: string) =>
        (await fetch(strict.url, { method: 'OPTIONS', headers: { origin } })).headers.get(
          'access-control-allow-origin',
        );
      expect([await from('https://erp.example'), await from('https://evil.example')]).toEqual([
        'https://erp.example',
        null,
      ]);
    } finally {
      await strict.stop();
    }
  });
});

describe('/healthz, /readyz, /metrics', () => {
  const metrics = async () => (await fetch(`${subgraph.root}/metrics`)).text();

  it('are at the root', async () => {
    expect(await (await fetch(`${subgraph.root}/healthz`)).json()).toMatchObject({ status: 'alive' });
    const ready = await fetch(`${subgraph.root}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      expect.objectContaining({ status: 'ready', ozmap: 'up' }),
    ]);
  });

  it('tell which version this is', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await metrics()).toContain(`build_info{version="${version}"} 1`);
    expect(await (await fetch(`${subgraph.root}/healthz`)).json()).toEqual({ status: 'alive', version });
  });

  it('count operations and requests to OZmap, by what says nothing about a customer', async () => {
    await subgraph.query('{ client(contractCode: "sekret") { name } }');
    const text = await (await fetch(`${subgraph.root}/metrics`)).text();
    expect(text).toMatch(/graphql_operation_duration_seconds_count{type="query",field="client",outcome="ok"} [1-9]/);
    expect(text).toMatch(/ozmap_request_duration_seconds_count{method="GET",status="200"} [1-9]/);
    expect(text).not.toContain('sekret');
  });

  it('count references by type, and operations by a few programs that ask', async () => {
    const headers = (name: string) => ({ 'apollographql-client-name': name });
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const boxes = [1, 2, 3].map((n) => ({ __typename: 'Box', id: `${n}` }));
    const r = [...boxes, { __typename: 'Client', contractCode: '100001' }, { __typename: 'Nothing' }];
    await subgraph.query('{ box(id: 1) { id } }', {}, { headers: headers('stranger'), token: null });
    await subgraph.query(query, { r }, { headers: headers('router') });
    for (let n = 0; n < 30; n += 1) await subgraph.query('{ box(id: 1) { id } }', {}, { headers: headers(`p${n}`) });
    await until(async () => (await metrics()).includes('client="other"'));
    const text = await metrics();
    expect(text).toContain('graphql_entities_total{type="Box"} 3');
    expect(text).toContain('graphql_entities_total{type="Client"} 1');
    expect(text).not.toMatch(/graphql_entities_total{type="Nothing"}|client="stranger"/);
    expect(text).toContain('graphql_client_operations_total{client="router",type="query"} 1');
    expect(text.match(/graphql_client_operations_total{client="p/g)).toHaveLength(19);
  });

  it('say that OZmap is away without failing readiness', async () => {
    const alone = await startTestSubgraph();
    try {
      await alone.emulator.fault({ fault: 'status', status: 503 });
      const ready = await fetch(`${alone.root}/readyz`);
      expect([ready.status, await ready.json()]).toEqual([
        200,
        expect.objectContaining({ status: 'ready', ozmap: 'down' }),
      ]);
    } finally {
      await alone.stop();
    }
  });
});
