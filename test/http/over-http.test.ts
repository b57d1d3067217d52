import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

const BODY_LIMIT = 400_000;

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph({ env: { BODY_LIMIT_BYTES: String(BODY_LIMIT) } });
});
afterAll(() => subgraph.stop());

interface Told {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

async function ask(init: RequestInit & { headers?: Record<string, string> }, path = '') {
  const response = await fetch(subgraph.url + path, {
    ...init,
    headers: { authorization: 'demo', ...init.headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as Told };
}

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, path = '') =>
  ask({ method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }, path);
const NAME = JSON.stringify({ query: '{ client(contractCode: "100001") { contractCode } }' });
const FOUND = { data: { client: { contractCode: '100001' } } };
const get = (query: string, headers: Record<string, string> = {}, path = '/graphql') =>
  ask({ headers }, `${path}?query=${encodeURIComponent(query)}`);

describe('The audit of GraphQL over HTTP', () => {
  it.each([
    ['with a header that says who asks', { 'apollo-require-preflight': '1', authorization: 'demo' }],
    ['with nothing but what the specification names', { authorization: 'demo' }],
  ])('finds nothing: %s', { timeout: 60_000 }, async (_how, headers) => {
    const results = await auditServer({
      url: `${subgraph.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } }),
    });
    const wrong = results.filter(({ status }) => status !== 'ok').map(({ id, name }) => `${id} ${name}`);
    expect([results.length, wrong]).toEqual([61, []]);
  });
});

describe('A query by GET', () => {
  it('is answered without any header of ours, for this caller only, and neither reads nor sets a cookie', async () => {
    const { status, headers, json } = await get('{ client(contractCode: "100001") { contractCode } }', {
      authorization: '',
      cookie: 'authorization=demo; token=demo',
    });
    expect([status, json()]).toMatchObject([200, { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('cache-control')).toBe('private, no-store');
    const vary = headers.get('vary')?.toLowerCase().split(/, */);
    for (const name of ['authorization', 'origin', 'accept-encoding']) expect(vary).toContain(name);
  });

  it('says the same of its cache where it answers data', async () => {
    const { headers, json } = await get('{ client(contractCode: "100001") { contractCode } }');
    expect([json(), headers.get('cache-control')]).toEqual([FOUND, 'private, no-store']);
  });

  it('changes nothing: a mutation is 405', async () => {
    const mutation = 'mutation { activateClient(input: { contractCode: 1 }) { problem { code } } }';
    const { status, headers } = await get(mutation);
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('whose address is not UTF-8 is refused, not read as something else', async () => {
    const { status, json } = await ask({}, '/graphql?query={client(contractCode:"Jos%E9"){name}}');
    expect([status, json().errors?.[0]?.extensions]).toEqual([
      400,
      { code: 'BAD_USER_INPUT', details: [{ field: 'query' }] },
    ]);
  });
});

describe('What a caller accepts', () => {
  const WRONG = JSON.stringify({ query: '{ nowhere }' });
  it.each([
    ['*/*', 'application/json', 200],
    ['application/json', 'application/json', 200],
    ['application/graphql-response+json', 'application/graphql-response+json', 400],
    ['application/graphql-response+json,application/json;q=0.9', 'application/graphql-response+json', 400],
    ['application/graphql-response+json, application/json', 'application/graphql-response+json', 400],
    ['application/graphql-response+json;q=0.5, application/json', 'application/json', 200],
  ])('is weighed by its quality: %s', async (accept, type, status) => {
    const answer = await post(WRONG, { accept });
    expect([answer.headers.get('content-type'), answer.status]).toEqual([`${type}; charset=utf-8`, status]);
    expect(answer.json().errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is 406 where it is nothing that can be given', async () => {
    expect((await post(NAME, { accept: 'application/xml' })).status).toBe(406);
  });
});

describe('A packed body', () => {
  const gzip = { 'content-encoding': 'gzip' };

  it('is unpacked', async () => {
    expect((await post(gzipSync(NAME), gzip)).json()).toEqual(FOUND);
  });

  it('may not become larger than a plain one may be', async () => {
    const bomb = gzipSync(JSON.stringify({ query: '{ __typename }', variables: { a: 'a'.repeat(BODY_LIMIT) } }));
    expect(bomb.length).toBeLessThan(2_000);
    const { status, json } = await post(bomb, gzip);
    expect([status, json().errors?.[0]?.extensions]).toMatchObject([
      413,
      { code: 'LIMIT_EXCEEDED', limit: 'bodyBytes', max: BODY_LIMIT },
    ]);
  });

  it('may become 64 kB where OZmap does not know who sends it, and more where it does', async () => {
    const body = gzipSync(JSON.stringify({ query: '{ __typename }', variables: { a: 'a'.repeat(70_000) } }));
    const { status, json } = await post(body, { ...gzip, authorization: 'never-heard-of' });
    expect([status, json().errors?.[0]?.extensions]).toMatchObject([413, { limit: 'bodyBytes', max: 65_536 }]);
    expect((await post(body, gzip)).json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('may be 64 kB unpacked, too, where OZmap does not know who sends it: beyond that nobody looks what it is', async () => {
    const noJson = await post('['.repeat(70_000), { authorization: 'never-heard-of' });
    expect([noJson.status, noJson.json().errors?.[0]?.extensions]).toMatchObject([
      413,
      { code: 'LIMIT_EXCEEDED', limit: 'bodyBytes', max: 65_536, actual: 70_000 },
    ]);
    const json = JSON.stringify({ query: '{ __typename }', variables: { a: 'a'.repeat(70_000) } });
    expect((await post(json)).json()).toEqual({ data: { __typename: 'Query' } });
  });

  it('is not even waited for where somebody whom OZmap does not know announces more than 64 kB', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '70000', authorization: 'never-heard-of' };
    const announced = httpRequest(`${subgraph.url}/graphql`, { method: 'POST', headers });
    announced.flushHeaders();
    const [response] = (await once(announced, 'response')) as [IncomingMessage];
    expect([response.statusCode, response.headers.connection]).toEqual([413, 'close']);
    response.resume();
    announced.on('error', () => {}).destroy();
  });

  it.each([
    ['br', 415],
    ['gzip, gzip', 415],
    ['gzip', 400],
  ])('that is not what is read here is refused: %s', async (encoding, status) => {
    const answer = await post(NAME, { 'content-encoding': encoding });
    expect([answer.status, answer.json().errors?.[0]?.extensions.code]).toEqual([status, 'BAD_USER_INPUT']);
    expect(answer.headers.get('accept-encoding')).toBe(status === 415 ? 'gzip' : null);
  });
});

describe('A large answer', () => {
  const schema = JSON.stringify({ query: '{ _service { sdl } }' });

  /** Without the unpacking that `fetch` does by itself. */
  const raw = (encoding: string) =>
    new Promise<{ encoding: string | undefined; bytes: Buffer }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'accept-encoding': encoding };
      const request = httpRequest(subgraph.url, { method: 'POST', headers }, async (response) => {
        const bytes = Buffer.concat(await response.toArray());
        resolve({ encoding: response.headers['content-encoding'], bytes });
      });
      request.on('error', reject).end(schema);
    });

  it('is packed for whoever takes it so, and not for others', async () => {
    const [packed, plain] = await Promise.all([raw('gzip, br'), raw('identity')]);
    expect([packed.encoding, plain.encoding]).toEqual(['gzip', undefined]);
    expect(gunzipSync(packed.bytes)).toEqual(plain.bytes);
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3);
  });
});

describe('Text', () => {
  const asked = (code: string) => JSON.stringify({ query: `{ client(contractCode: "${code}") { name } }` });

  it.each(['application/json', 'application/json; charset=utf-8', 'application/json; charset="UTF-8"'])(
    'that is not the UTF-8 that it is said to be is refused: %s',
    async (type) => {
      const { status, json } = await post(Buffer.from(asked('José'), 'latin1'), { 'content-type': type });
      expect([status, json().errors?.[0]?.extensions]).toEqual([
        400,
        { code: 'BAD_USER_INPUT', details: [{ field: 'body' }] },
      ]);
    },
  );

  it.each(['iso-8859-1', 'windows-1252', '"latin1"'])('in %s reaches OZmap letter by letter', async (charset) => {
    const name = `Zoé Conceição \u20ac ${charset.length}`;
    const query = 'mutation($i: UpdateClientInput!) { updateClient(input: $i) { problem { code } } }';
    const body = JSON.stringify({ query, variables: { i: { contractCode: '100001', name } } });
    const bytes = Buffer.from(body.replace('\u20ac', '\x80'), 'latin1');
    const written = await post(bytes, { 'content-type': `application/json; charset=${charset}` });
    expect(written.json()).toEqual({ data: { updateClient: { problem: null } } });
    const read = await get('{ client(contractCode: "100001") { name } }');
    expect(read.json()).toEqual({ data: { client: { name } } });
  });

  it.each(['utf-16', 'shift_jis', 'no-such-charset'])('in %s is 415', async (charset) => {
    const { status } = await post(NAME, { 'content-type': `application/json; charset=${charset}` });
    expect(status).toBe(415);
  });
});

describe('The addresses of the endpoint', () => {
  it.each(['', '/', '/graphql', '/graphql/'])('answer at base%s', async (path) => {
    expect((await post(NAME, {}, path)).json()).toEqual(FOUND);
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('refuse %s in GraphQL words', async (method) => {
    for (const path of ['', '/graphql/']) {
      const body = method === 'DELETE' ? null : NAME;
      const { status, headers, json } = await ask({ method, body }, path);
      expect([status, headers.get('allow')]).toEqual([405, 'GET, POST, OPTIONS']);
      expect(json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    }
  });

  it('have nothing below them, and say so in GraphQL words', async () => {
    for (const method of ['GET', 'POST', 'PUT']) {
      const { status, json } = await ask({ method }, '/graphql/schema');
      expect([status, json()]).toMatchObject([404, { errors: [{ extensions: { code: 'NOT_FOUND' } }] }]);
    }
  });
});

describe('A page of another origin', () => {
  const WANTED = [
    'authorization',
    'content-type',
    'x-cnt-user',
    'apollographql-client-name',
    'apollographql-client-version',
    'x-apollo-operation-name',
    'x-apollo-operation-id',
    'apollo-require-preflight',
    'traceparent',
    'tracestate',
    'baggage',
    'sentry-trace',
    'x-request-id',
  ].join(',');

  it('may send what clients, explorers and tracing send', async () => {
    const { status, headers } = await ask({
      method: 'OPTIONS',
      headers: {
        origin: 'https://studio.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': WANTED,
      },
    });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-headers')?.split(/, */)).toEqual(WANTED.split(','));
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST, PUT, PATCH');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('reads a refusal like any answer, a body that is none included', async () => {
    const { status, headers } = await post('{', { origin: 'https://cnt.example' });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([400, '*']);
  });
});
