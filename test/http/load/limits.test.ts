import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestSubgraph } from '../../support/start-subgraph.js';

async function started(env: NodeJS.ProcessEnv) {
  const subgraph = await startTestSubgraph({ env });
  onTestFinished(() => subgraph.stop());
  return subgraph;
}

const QUERY = '{ client(contractCode: 1) { name } }';
const MODERN = 'application/graphql-response+json';
const JSON_TYPE = 'application/json; charset=utf-8';

describe('The rate limit', () => {
  it('is per token, and tells when to come back', async () => {
    const subgraph = await started({ RATE_LIMIT_PER_MINUTE: '3' });
    const ask = (token: string) => subgraph.query(QUERY, {}, { token });
    const answers = [await ask('demo'), await ask('demo'), await ask('demo'), await ask('demo')];
    expect(answers.map(({ errors }) => errors[0]?.extensions?.code)).toEqual([...Array(3), 'RATE_LIMITED']);
    const refused = answers[3];
    // To a router, 429 says that the subgraph is broken.
    expect([refused?.status, refused?.data]).toEqual([200, undefined]);
    expect(refused?.errors[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterS: expect.any(Number) });
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('demo-norte')).errors).toEqual([]);
    const modern = await subgraph.query(QUERY, {}, { headers: { accept: MODERN } });
    expect([modern.status, modern.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect(modern.headers.get('content-type')).toBe(`${MODERN}; charset=utf-8`);
    const router = await subgraph.query(QUERY, {}, { headers: { accept: `${MODERN}; charset=utf-8, ${JSON_TYPE}` } });
    expect([router.status, router.errors[0]?.extensions?.code]).toEqual([200, 'RATE_LIMITED']);
  });

  it('leaves a router the answers of others: each reference that it asks for is null, with an error', async () => {
    const subgraph = await started({ RATE_LIMIT_PER_MINUTE: '1' });
    await subgraph.query(QUERY);
    const references = (ids: string[]) => ids.map((id) => ({ __typename: 'Box', id }));
    const document =
      'query A { box(id: 1) { id } } query B($r: [_Any!]!) { a: _entities(representations: $r) { __typename } box(id: 1) { id } }';
    const response = await fetch(subgraph.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'demo',
        accept: 'application/graphql-response+json, application/json',
      },
      body: JSON.stringify({ query: document, operationName: 'B', variables: { r: references(['7', '8']) } }),
    });
    const { data, errors } = (await response.json()) as {
      data: unknown;
      errors: { path: unknown; extensions: object }[];
    };
    expect([response.status, data]).toEqual([200, { a: [null, null], box: null }]);
    expect(errors.map(({ path, extensions }) => [path, extensions])).toEqual(
      [['a', 0], ['a', 1], ['box']].map((path) => [path, { code: 'RATE_LIMITED', retryAfterS: expect.any(Number) }]),
    );
  });

  it('says so to a router that asks by GET, or by a hash alone, as well', async () => {
    const subgraph = await started({ RATE_LIMIT_PER_MINUTE: '2' });
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const variables = { r: [{ __typename: 'Box', id: '7' }] };
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    const ask = async (sent: Record<string, unknown>) => {
      const url = new URL(`${subgraph.url}/graphql`);
      for (const [name, value] of Object.entries(sent))
        url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
      return (await fetch(url, { headers: { authorization: 'demo', accept: 'application/json' } })).json();
    };
    await ask({ query, variables, extensions: { persistedQuery } });
    await ask({ query: '{ __typename }' });
    for (const sent of [
      { query, variables },
      { variables, extensions: { persistedQuery } },
    ]) {
      expect(await ask(sent)).toMatchObject({
        data: { _entities: [null] },
        errors: [{ path: ['_entities', 0], extensions: { code: 'RATE_LIMITED' } }],
      });
    }
  });

  it('is per address without a token, and takes nothing from tokens that come from there', async () => {
    const subgraph = await started({ RATE_LIMIT_PER_MINUTE: '2', TOKEN_CACHE_S: '0' });
    const ask = async (token: string | null) => {
      const { status, errors } = await subgraph.query('{ __typename }', {}, { token });
      return [status, errors[0]?.extensions?.code];
    };
    const fine = [200, undefined];
    expect([await ask(null), await ask(null), await ask(null)]).toEqual([fine, fine, [429, 'RATE_LIMITED']]);
    expect([await ask('demo'), await ask('demo'), await ask('demo')]).toEqual([fine, fine, [200, 'RATE_LIMITED']]);
  });
});

describe('Guessed tokens', () => {
  it('are held back by a budget of their own, per address', async () => {
    const subgraph = await started({ FAILED_TOKENS_PER_MINUTE: '3' });
    const codes = [];
    for (let i = 0; i < 5; i += 1) {
      const { status, errors } = await subgraph.query(QUERY, {}, { token: `guess-${i}` });
      codes.push([status, errors[0]?.extensions?.code]);
    }
    const [unknown, limited] = [
      [200, 'UNAUTHENTICATED'],
      [429, 'RATE_LIMITED'],
    ];
    expect(codes).toEqual([unknown, unknown, unknown, limited, limited]);
  });

  it('through the same router as everybody lock nobody out: neither a token seen before nor a new one', async () => {
    const subgraph = await started({ FAILED_TOKENS_PER_MINUTE: '5', RATE_LIMIT_PER_MINUTE: '60', TOKEN_CACHE_S: '0' });
    const ask = async (token: string) => (await subgraph.query(QUERY, {}, { token })).status;
    expect(await ask('demo')).toBe(200);
    const guesses = await Promise.all(Array.from({ length: 90 }, (_, i) => ask(`guess-${i}`)));
    expect(guesses).toContain(429);
    expect([await ask('demo'), await ask('demo-norte')]).toEqual([200, 200]);
  });

  it('cost OZmap one request each at most, and one at a time once they are too many', async () => {
    const subgraph = await started({ FAILED_TOKENS_PER_MINUTE: '2' });
    const ask = (token: string) => subgraph.query(QUERY, {}, { token });
    for (const guess of ['a', 'b', 'b', 'b']) await ask(guess);
    await subgraph.emulator.fault({ fault: 'delay', delayMs: 200, match: { path: '/authenticated' } });
    const startedAt = performance.now();
    await Promise.all(['c', 'd', 'e', 'f', 'f'].map(ask));
    expect(performance.now() - startedAt).toBeGreaterThan(4 * 200);
    const text = await (await fetch(`${subgraph.opsUrl}/metrics`)).text();
    expect(text).toMatch(/ozmap_request_duration_seconds_count\{method="GET",status="401"\} 6$/m);
  });
});

describe('TRUST_PROXY', () => {
  const guess = async ({ url }: { url: string }, forwardedFor: string) => {
    const headers = { 'content-type': 'application/json', authorization: 'wrong', 'x-forwarded-for': forwardedFor };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) })).status;
  };
  const one = { FAILED_TOKENS_PER_MINUTE: '1' };

  it('not set: forwarded headers are ignored, so that nobody gets a new budget by naming another address', async () => {
    const subgraph = await started(one);
    expect([await guess(subgraph, '203.0.113.1'), await guess(subgraph, '203.0.113.2')]).toEqual([200, 429]);
  });

  it.each(['127.0.0.0/8', '1'])(
    '%s: callers behind the router are told apart by the last address that it adds',
    async (TRUST_PROXY) => {
      const subgraph = await started({ ...one, TRUST_PROXY });
      expect([await guess(subgraph, '203.0.113.1'), await guess(subgraph, '203.0.113.2')]).toEqual([200, 200]);
      expect([await guess(subgraph, '203.0.113.1'), await guess(subgraph, '198.51.100.9, 203.0.113.2')]).toEqual([
        429, 429,
      ]);
    },
  );

  it('with other networks: a sender that is no router is not believed', async () => {
    const subgraph = await started({ ...one, TRUST_PROXY: '10.0.0.0/8' });
    expect([await guess(subgraph, '203.0.113.1'), await guess(subgraph, '203.0.113.2')]).toEqual([200, 429]);
  });

  it('counts an IPv6 caller by its /64 network', async () => {
    const subgraph = await started({ ...one, TRUST_PROXY: '2' });
    const via = (address: string) => guess(subgraph, `${address}, 10.1.2.3`);
    expect([await via('2001:db8:1:2::1'), await via('2001:db8:1:2::ffff'), await via('2001:db8:1:3::1')]).toEqual([
      200, 429, 200,
    ]);
  });
});

describe('The time limit', () => {
  it('answers REQUEST_TIMEOUT, and asks OZmap nothing more for a query', async () => {
    const subgraph = await started({ REQUEST_TIMEOUT_MS: '300' });
    await subgraph.query(QUERY);
    await subgraph.emulator.fault({ fault: 'delay', delayMs: 600, match: { path: '^/api/v2/boxes' } });
    await subgraph.emulator.clearRequests();
    const box =
      '{ box(id: "ffffffffffffffffffffffff") { type { code } } boxes(near: {lat: 1, lng: 1}, radiusM: 9) { box { splitters { id } } } }';
    const { data, errors } = await subgraph.query(box);
    expect([data, errors[0]?.extensions]).toEqual([undefined, { code: 'REQUEST_TIMEOUT' }]);
    const entities = 'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const asked = await subgraph.query(entities, { r: [{ __typename: 'Box', id: 'ffffffffffffffffffffffff' }] });
    expect([asked.data, asked.errors[0]?.path]).toEqual([{ _entities: [null] }, ['_entities', 0]]);
    const modern = await subgraph.query(box, {}, { headers: { accept: MODERN } });
    expect([modern.status, modern.headers.get('content-type')]).toEqual([504, `${MODERN}; charset=utf-8`]);
    await new Promise((resolve) => setTimeout(resolve, 900));
    const routes = (await subgraph.emulator.requests()).map(({ path }) => path);
    expect(routes.filter((path) => !path.startsWith('/api/v2/boxes'))).toEqual([]);
  });
});

describe('Introspection switched off', () => {
  it('keeps the schema from strangers, and its text for known tokens only', async () => {
    const subgraph = await started({ INTROSPECTION: 'false' });
    const schema = await subgraph.query('{ __schema { queryType { name } } }');
    expect(schema.errors[0]).toMatchObject({
      message: 'A introspecção está desligada aqui.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const stranger = await subgraph.query('{ _service { sdl } }', {}, { token: null });
    expect(stranger.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const known = await subgraph.query<{ _service: { sdl: string } }, unknown>('{ _service { sdl } }');
    expect(known.data?._service.sdl).toContain('type Box');
  });
});
