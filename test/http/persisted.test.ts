import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.js';
import { ClientDocument } from '../../src/generated/operations.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

const hashOf = (document: string) => createHash('sha256').update(document).digest('hex');

/** Sends a document, its hash, or both. */
async function send(
  { url }: TestSubgraph,
  {
    document,
    hash,
    token = 'demo',
    variables,
  }: { document?: string; hash?: string; token?: string; variables?: unknown },
) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: token },
    body: JSON.stringify({
      query: document,
      variables,
      ...(hash && { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }),
    }),
  });
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string; reason?: string } }[];
  };
  const [error] = errors ?? [];
  return error ? [error.message, error.extensions.code, error.extensions.reason].filter(Boolean) : data;
}

const NOT_FOUND = ['PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND'];
const FOUND = { client: { contractCode: '100001' } };
const asking = (name: string) => `query ${name} { client(contractCode: "100001") { contractCode } }`;

describe('Persisted queries, unless configured otherwise', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await startTestSubgraph();
  });
  afterAll(() => subgraph.stop());

  it('are asked for once, and then known by their hash', async () => {
    const document = asking('Known');
    const hash = hashOf(document);
    expect(await send(subgraph, { hash })).toEqual(NOT_FOUND);
    expect(await send(subgraph, { document, hash })).toEqual(FOUND);
    expect(await send(subgraph, { hash })).toEqual(FOUND);
  });

  it('of one caller are not known to another', async () => {
    const document = asking('Mine');
    const hash = hashOf(document);
    await send(subgraph, { document, hash });
    expect(await send(subgraph, { hash, token: 'demo-norte' })).toEqual(NOT_FOUND);
  });

  it('of a caller whom OZmap does not know are answered, and not kept', async () => {
    const document = '{ __typename }';
    const hash = hashOf(document);
    expect(await send(subgraph, { document, hash, token: 'guess' })).toEqual({ __typename: 'Query' });
    expect(await send(subgraph, { hash, token: 'guess' })).toEqual(NOT_FOUND);
    expect(await send(subgraph, { hash })).toEqual(NOT_FOUND);
  });

  it('do not crowd each other out beyond one caller, nor take memory without end', async () => {
    const kept = asking('Kept');
    await send(subgraph, { document: kept, hash: hashOf(kept), token: 'demo-norte' });
    const large = (n: number) => `# ${n} ${'x'.repeat(200_000)}\n{ __typename }`;
    for (let n = 0; n < 7; n += 1) await send(subgraph, { document: large(n), hash: hashOf(large(n)) });
    expect(await send(subgraph, { hash: hashOf(large(0)) })).toEqual(NOT_FOUND);
    expect(await send(subgraph, { hash: hashOf(large(6)) })).toEqual({ __typename: 'Query' });
    expect(await send(subgraph, { hash: hashOf(kept), token: 'demo-norte' })).toMatchObject({ client: {} });
  });

  it('whose hash is not theirs are refused', async () => {
    const answer = await send(subgraph, { document: asking('A'), hash: hashOf(asking('B')) });
    expect(answer).toContain('BAD_USER_INPUT');
  });
});

describe('With PERSISTED_OPERATIONS=off', () => {
  it('a client is told in the words that it understands', async () => {
    const subgraph = await startTestSubgraph({ env: { PERSISTED_OPERATIONS: 'off' } });
    onTestFinished(() => subgraph.stop());
    const told = ['PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED'];
    expect(await send(subgraph, { hash: hashOf('{ __typename }') })).toEqual(told);
  });
});

describe('With PERSISTED_OPERATIONS=safelist', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  const file = join(folder, 'manifest.json');
  const listed = asking('Listed');
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    const operations = [{ id: 'cnt-7', name: 'Listed', type: 'query', body: listed }];
    writeFileSync(file, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
    const env = { PERSISTED_OPERATIONS: 'safelist', PERSISTED_OPERATIONS_MANIFEST: file };
    subgraph = await startTestSubgraph({ env });
  });
  afterAll(async () => {
    await subgraph.stop();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['its text', { document: listed }],
    ['the hash of its text', { hash: hashOf(listed) }],
    ['the id in the manifest', { hash: 'cnt-7' }],
  ])('an operation of the manifest is carried out by %s', async (_how, sent) => {
    expect(await send(subgraph, sent)).toEqual(FOUND);
  });

  it('so is what our own pages ask, as they ask it', async () => {
    const document = ClientDocument.toString();
    expect(await send(subgraph, { document, variables: { contractCode: '100001' } })).toMatchObject(FOUND);
  });

  it('nothing else is, not even with a token, nor by a hash that goes with it', async () => {
    const document = asking('Other');
    const refused = ['Este serviço só aceita as operações da sua lista.', 'FORBIDDEN', 'NOT_IN_SAFELIST'];
    expect(await send(subgraph, { document })).toEqual(refused);
    expect(await send(subgraph, { document, hash: hashOf(document) })).toEqual(refused);
    expect(await send(subgraph, { hash: hashOf(document) })).toEqual(NOT_FOUND);
    const byGet = await fetch(`${subgraph.url}/graphql?query=${encodeURIComponent(document)}`);
    expect(await byGet.text()).toContain('NOT_IN_SAFELIST');
    const metrics = await (await fetch(`${subgraph.opsUrl}/metrics`)).text();
    expect(metrics).toMatch(/^graphql_errors_total\{code="FORBIDDEN"\} 3$/m);
    const modern = { headers: { accept: 'application/graphql-response+json' } };
    expect((await subgraph.query(document, {}, modern)).status).toBe(403);
    const references = 'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const router = await subgraph.query(references, { r: [{ __typename: 'Box', id: '7' }] });
    expect([router.status, router.data, router.errors.map(({ path }) => path)]).toEqual([
      200,
      { _entities: [null] },
      [['_entities', 0]],
    ]);
  });

  it('a manifest that is none stops the start', async () => {
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{"operations":[]}');
    const env = { PERSISTED_OPERATIONS: 'safelist', PERSISTED_OPERATIONS_MANIFEST: broken };
    await expect(startTestSubgraph({ env })).rejects.toThrow('broken.json is no manifest');
  });

  it('a manifest without it is a mistake that is named', () => {
    expect(() => readConfig({ PERSISTED_OPERATIONS_MANIFEST: file })).toThrow('it needs PERSISTED_OPERATIONS=safelist');
  });
});
