import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { composeServices } from '@apollo/composition';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { parse } from 'graphql';
import { decodeJwt, UnsecuredJWT } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.js';
import { SCOPES } from '../../src/graph/scopes.js';
import { createSignIn } from '../../src/http/sign-in.js';
import { failureOf } from '../support/failure-of.js';
import { homesWithClient, pick, type RestProperty, readPlant } from '../support/plant.js';
import { type Claims, type SigningKey, startPlatform } from '../support/platform.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

type Platform = Awaited<ReturnType<typeof startPlatform>>;
const TOKENS = { matriz: 'demo', norte: 'demo-norte', antiga: 'revoked-long-ago' };
const ALL = SCOPES.join(' ');
/** For a platform that is back to be asked again, on a busy machine. */
const WITHIN = { timeout: 10_000 };
const now = () => Math.floor(Date.now() / 1_000);

let platform: Platform;
let subgraph: TestSubgraph;
let home: RestProperty;
let code: string;
let log = '';
beforeAll(async () => {
  platform = await startPlatform(TOKENS);
  const sink = new Writable({
    write(chunk, _encoding, done) {
      log += chunk;
      done();
    },
  });
  subgraph = await startTestSubgraph({
    env: { ...platform.env, FAILED_TOKENS_PER_MINUTE: '0' },
    logger: pino({ level: 'trace' }, sink),
  });
  const sold = homesWithClient(await readPlant(subgraph.emulator));
  home = pick(sold, ({ box }) => box !== null);
  code = pick(sold, ({ client }) => client.implanted).client.code;
});
afterAll(async () => {
  await subgraph.stop();
  await platform.stop();
});

const CLIENT = 'query($code: ID!) { client(contractCode: $code) { status } }';
async function ask(query: string, claims: Claims, variables: object = { code }) {
  const token = `Bearer ${await platform.sign({ ozmap_user: 'matriz', ...claims })}`;
  return subgraph.query<Record<string, unknown>, object>(query, variables, { token });
}
const outcome = async (token: string) => {
  const { data, errors, text } = await subgraph.query<Record<string, unknown>, object>(CLIENT, { code }, { token });
  expect(text).not.toContain(token.slice(0, 30));
  const [{ extensions } = { extensions: undefined }] = errors;
  return extensions ? [extensions.code, extensions.reason].filter(Boolean).join(' ') : data;
};
const FOUND = { client: { status: 'ACTIVE' } };

// Before they were ever read.
describe('While the keys of a platform cannot be had', () => {
  it('a query is refused field by field, a command as data, and plain HTTP by 503 and when to come back', async () => {
    platform.goAway(true);
    const token = await platform.sign({ ozmap_user: 'matriz', scope: ALL });
    const told = { code: 'UPSTREAM_UNAVAILABLE', details: [{ field: 'JWT_JWKS_URL' }] };
    expect(await subgraph.query(CLIENT, { code }, { token })).toMatchObject({
      data: { client: null },
      errors: [{ path: ['client'], extensions: told, message: expect.stringContaining('A plataforma') }],
    });
    const commands = `mutation { activateClient(input: { contractCode: "1" }) { problem { code message } operation { id } }
      retryOperation(input: { operationId: "1" }) { problem { code } } }`;
    expect(await subgraph.query(commands, {}, { token })).toMatchObject({
      data: {
        activateClient: { problem: { code: told.code, message: expect.stringContaining('A plataforma') } },
        retryOperation: { problem: { code: told.code } },
      },
      errors: [],
    });
    const { status, headers } = await fetch(`${subgraph.url}/v1/contracts/1`, { headers: { authorization: token } });
    expect([status, headers.get('retry-after')]).toEqual([503, '30']);
    platform.goAway(false);
    await expect.poll(() => outcome(token), WITHIN).toEqual(FOUND);
  });
});

describe("A platform's token", () => {
  it.each(['RS256', 'ES256', 'ES384', 'EdDSA'])('signed by %s is taken', async (alg) => {
    const { env, rotate, sign, stop } = await startPlatform(TOKENS);
    onTestFinished(stop);
    const signIn = createSignIn(readConfig(env).jwt, pino({ level: 'silent' }));
    const bearer = await sign({ ozmap_user: 'norte', scope: 'client:read unknown:scope' }, await rotate(alg));
    expect(await signIn?.(bearer)).toEqual({ token: 'demo-norte', scopes: new Set(['client:read']) });
  });

  it("goes to OZmap as the token that its claim names, and so with that token's rights", async () => {
    await subgraph.emulator.clearRequests();
    expect(await outcome(await platform.sign({ ozmap_user: 'matriz', scope: 'client:read' }))).toEqual(FOUND);
    expect(await outcome(await platform.sign({ ozmap_user: 'norte', scope: 'client:read' }))).toEqual({ client: null });
  });

  it('takes its scopes as words or as a list', async () => {
    expect((await ask(CLIENT, { scope: ['client:read'] })).data).toEqual(FOUND);
    expect((await ask(CLIENT, { scp: ['journal:read', 'client:read'] })).data).toEqual(FOUND);
  });

  it.each<[string, string, (key: SigningKey) => Promise<string> | string]>([
    ['for another audience', 'UNAUTHENTICATED', () => signed({ aud: 'another' })],
    ['of another issuer', 'UNAUTHENTICATED', () => signed({ iss: 'https://another.example/' })],
    ['that is over', 'UNAUTHENTICATED', () => signed({ exp: now() - 60 })],
    ['that is not yet good', 'UNAUTHENTICATED', () => signed({ nbf: now() + 60 })],
    ['without an end', 'UNAUTHENTICATED', () => signed({ exp: undefined })],
    ['by a key that is not published', 'UNAUTHENTICATED', (other) => signed({}, other)],
    ['under the name of a key that is', 'UNAUTHENTICATED', (other) => signed({}, { ...other, kid: kidOf() })],
    ['without a signature', 'UNAUTHENTICATED', () => new UnsecuredJWT(good()).encode()],
    ['by HS256 with what everybody knows', 'UNAUTHENTICATED', () => signed({}, shared())],
    ['that is none, but an OZmap token', 'UNAUTHENTICATED', () => 'demo'],
    ['whose claim names no entry', 'FORBIDDEN NO_OZMAP_TOKEN', () => signed({ ozmap_user: 'elsewhere' })],
    ['without that claim', 'FORBIDDEN NO_OZMAP_TOKEN', () => signed({ ozmap_user: undefined })],
    [
      'whose entry is called as objects are made',
      'FORBIDDEN NO_OZMAP_TOKEN',
      () => signed({ ozmap_user: '__proto__' }),
    ],
    ['whose entry OZmap does not know', 'UNAUTHENTICATED', () => signed({ ozmap_user: 'antiga' })],
    ['without the scope', 'FORBIDDEN MISSING_SCOPE', () => signed({ scope: 'viability:read journal:read' })],
    ['without any scope', 'FORBIDDEN MISSING_SCOPE', () => signed({ scope: undefined })],
  ])('%s is %s', async (_, expected, make) => {
    expect(await outcome(await make(await platform.newKey()))).toBe(expected);
  });

  it.each([
    ['over for less than the clocks may differ', { exp: now() - 5 }],
    ['good in less than that', { nbf: now() + 5 }],
  ])('%s is taken', async (_, claims) => {
    expect((await ask(CLIENT, { ...claims, scope: ALL })).data).toEqual(FOUND);
  });

  const good = () => ({ iss: platform.env.JWT_ISSUER, aud: platform.env.JWT_AUDIENCE, exp: now() + 300 });
  const signed = (claims: Claims, key?: Parameters<Platform['sign']>[1]) =>
    platform.sign({ ozmap_user: 'matriz', scope: ALL, ...claims }, key);
  const shared = () => ({ alg: 'HS256', kid: kidOf(), privateKey: Buffer.from('demo'.repeat(16)) as never });
  const kidOf = () => String(platform.kid);
});

describe('Scopes', () => {
  const COMMAND = `mutation($input: ActivateClientInput!) { activateClient(input: $input) {
    problem { code } operation { state } client { status property { box { name } } }
  } }`;

  it('of a command are enough for what it answers, its operation too', async () => {
    const { data, errors } = await ask(COMMAND, { scope: 'client:write' }, { input: { contractCode: code } });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ activateClient: { operation: { state: 'APPLIED' }, client: FOUND.client } });
  });

  it('that are missing are told for each field, and the others are answered; nothing is written', async () => {
    const both =
      '{ viability(input: { address: "Avenida Getúlio Vargas, 61" }) { verdict } clients(contractCodes: ["1"]) { name } }';
    const { data, errors } = await ask(both, { scope: 'viability:read' });
    expect(data).toEqual({ viability: { verdict: 'VIABLE' }, clients: null });
    expect(errors).toMatchObject([
      {
        message: 'Este acesso não foi dado para isto: falta client:read. Fale com quem administra a plataforma.',
        path: ['clients'],
        extensions: { code: 'FORBIDDEN', reason: 'MISSING_SCOPE', details: [{ field: 'client:read' }] },
      },
    ]);
    const refused = await ask(COMMAND, { scope: 'reservation:write client:read' }, { input: { contractCode: code } });
    expect(refused).toMatchObject({ data: { activateClient: null }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const read = `{ client(contractCode: "${code}") { integrationOperations { edges { node { action } } } } }`;
    expect((await ask(read, { scope: 'client:read' })).data).toEqual({ client: { integrationOperations: null } });
  });

  it('of the map alone do not lead from a box to persons', async () => {
    const way = `query($id: ID!) { box(id: $id) { name splitters { ports { number client { name } property { address } } } } }`;
    const { data, errors } = await ask(way, { scope: 'viability:read' }, { id: home.box });
    const { splitters } = (data as { box: { splitters: { ports: object[] }[] } }).box;
    const ports = splitters.flatMap((splitter) => splitter.ports);
    expect(ports.length).toBeGreaterThan(0);
    expect(new Set(ports.map((port) => JSON.stringify({ ...port, number: 0 })))).toEqual(
      new Set(['{"number":0,"client":null,"property":null}']),
    );
    expect(errors).toHaveLength(2 * ports.length);
  });

  it('hold for what a router asks by reference, each by itself', async () => {
    const references = [
      { __typename: 'Client', contractCode: code },
      { __typename: 'Box', id: home.box },
    ];
    const entities =
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Client { status } ... on Box { id } } }';
    const { data, errors } = await ask(entities, { scope: 'viability:read' }, { r: references });
    expect(data).toEqual({ _entities: [null, { id: home.box }] });
    expect(errors).toMatchObject([{ path: ['_entities', 0], extensions: { reason: 'MISSING_SCOPE' } }]);
    const none = await ask(entities, {}, { r: references });
    expect(none.data).toEqual({ _entities: [null, null] });
  });

  it('that write do not lead by reference to the journal; what they wrote is asked for by reference', async () => {
    const update = 'mutation($input: UpdateClientInput!) { updateClient(input: $input) { operation { id } } }';
    const input = { contractCode: code, observation: 'seen' };
    const { data: written } = await ask(update, { scope: 'client:write' }, { input });
    const { operation } = (written as { updateClient: { operation: { id: string } } }).updateClient;
    const references = [
      { __typename: 'IntegrationOperation', id: operation.id },
      { __typename: 'Client', contractCode: code },
    ];
    const entities = `query($r: [_Any!]!) { _entities(representations: $r) {
      ... on IntegrationOperation { action } ... on Client { status } } }`;
    const { data, errors } = await ask(entities, { scope: 'client:write' }, { r: references });
    expect(data).toEqual({ _entities: [null, FOUND.client] });
    expect(errors).toMatchObject([
      { path: ['_entities', 0], extensions: { reason: 'MISSING_SCOPE', details: [{ field: 'journal:read' }] } },
    ]);
    const read = await ask(entities, { scope: 'journal:read' }, { r: references.slice(0, 1) });
    expect(read).toMatchObject({ data: { _entities: [{ action: 'client.update' }] }, errors: [] });
  });

  it('hold at the door in plain HTTP: 403, and what they are enough for', async () => {
    const status = async (scope: string) => {
      const authorization = `Bearer ${await platform.sign({ ozmap_user: 'matriz', scope })}`;
      const response = await fetch(`${subgraph.url}/v1/contracts/${code}`, { headers: { authorization } });
      const body = (await response.json()) as Record<string, unknown>;
      return [response.status, body.reason ?? body.contractCode];
    };
    expect(await status('viability:read')).toEqual([403, 'MISSING_SCOPE']);
    expect(await status('client:read')).toEqual([200, code]);
  });
});

describe('A link to the map page for a relocation', () => {
  const create = 'mutation($input: CreateOzlocLinkInput!) { createOzlocLink(input: $input) { url } }';
  const ways: [string, (authorization: string) => Promise<unknown>][] = [
    [
      'GraphQL',
      async (token) => {
        const input = { contractCode: code, relocate: true };
        const { data, errors } = await subgraph.query<Record<string, unknown>, object>(create, { input }, { token });
        return errors[0]?.extensions ?? (data?.createOzlocLink ? 'made' : data);
      },
    ],
    ['the door', (token) => post('v1/ozloc-links', { contractCode: code, relocate: 'true' }, { authorization: token })],
    ["OZloc's own form", (token) => post('ozloc/open', { integration_code: code, token })],
  ];
  async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    const body = new URLSearchParams(fields);
    const response = await fetch(`${subgraph.url}/${path}`, { method: 'POST', body, headers, redirect: 'manual' });
    return response.status < 400 ? 'made' : response.json();
  }

  it.each(ways)('by %s needs the scope of the command that its bearer may give', async (_, make) => {
    const by = async (scope: string) => make(`Bearer ${await platform.sign({ ozmap_user: 'matriz', scope })}`);
    expect(await by('reservation:write')).toMatchObject({
      reason: 'MISSING_SCOPE',
      details: [{ field: 'client:write' }],
    });
    expect(await by('reservation:write client:write')).toBe('made');
  });
});

describe('A router that enforces scopes', () => {
  it('takes them from the published schema, and asks us for what is left', async () => {
    const typeDefs = parse(readFileSync('schema/subgraph.scopes.graphql', 'utf8'));
    const { supergraphSdl = '' } = composeServices([{ name: 'ozmap', url: subgraph.url, typeDefs }]);
    const router = createGatewayRuntime({
      supergraph: supergraphSdl,
      logging: false,
      propagateHeaders: {
        fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') ?? '' }),
      },
      genericAuth: {
        mode: 'protect-granular',
        rejectUnauthenticated: false,
        resolveUserFn: ({ request }: { request: Request }) =>
          decodeJwt<{ scope?: string }>(request.headers.get('authorization')?.replace('Bearer ', '') ?? ''),
        extractScopes: ({ scope = '' }: { scope?: string }) => scope.split(' '),
      },
    });
    onTestFinished(() => router[Symbol.asyncDispose]() as Promise<void>);
    const authorization = `Bearer ${await platform.sign({ ozmap_user: 'matriz', scope: 'client:read' })}`;
    const query = 'query($code: ID!) { client(contractCode: $code) { status } box(id: "1") { name } }';
    const response = await router.fetch('http://router.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables: { code } }),
    });
    const { data, errors } = (await response.json()) as { data: object; errors: { path: string[] }[] };
    expect(data).toEqual({ ...FOUND, box: null });
    expect(errors.map(({ path }) => path)).toEqual([['box']]);
    expect(JSON.stringify(errors)).not.toContain('MISSING_SCOPE');
  });
});

describe('The keys of a platform', () => {
  async function signingIn(cooldownMs: number) {
    const own = await startPlatform(TOKENS);
    onTestFinished(own.stop);
    const lines: string[] = [];
    const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line).msg) });
    const signIn = createSignIn(readConfig(own.env).jwt, logger, cooldownMs);
    if (!signIn) throw new Error('AUTH is not jwt');
    const enter = async (key?: SigningKey) => signIn(await own.sign({ ozmap_user: 'matriz' }, key));
    return { ...own, enter, lines };
  }

  it('are asked for once, and again when a token names one that is not among them', async () => {
    const { enter, rotate, asked } = await signingIn(0);
    await enter();
    await enter();
    expect(asked()).toBe(1);
    const next = await rotate('RS256');
    expect(await enter(next)).toMatchObject({ token: 'demo' });
    expect(asked()).toBe(2);
    expect(await failureOf(enter())).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('are not asked for again and again by whoever makes names up', async () => {
    const { enter, newKey, asked } = await signingIn(30_000);
    await enter();
    for (let at = 0; at < 3; at += 1)
      expect(await failureOf(enter(await newKey()))).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(asked()).toBe(1);
  });

  it("that cannot be had are the platform's failure, never the token's; those at hand go on", async () => {
    const { enter, newKey, goAway, asked } = await signingIn(0);
    goAway(true);
    for (let at = 0; at < 3; at += 1)
      expect(await failureOf(enter())).toMatchObject({
        code: 'UPSTREAM_UNAVAILABLE',
        details: [{ field: 'JWT_JWKS_URL' }],
      });
    expect(asked()).toBe(1);
    goAway(false);
    await expect.poll(() => enter().catch(() => null), WITHIN).toMatchObject({ token: 'demo' });
    goAway(true);
    expect(await enter()).toMatchObject({ token: 'demo' });
    expect(await failureOf(enter(await newKey()))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('that are too short to sign with are no sign-in, rather than a failure of ours', async () => {
    const { enter, newKey, rotate } = await signingIn(0);
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 1_024 };
    const exponent = { publicExponent: new Uint8Array([1, 0, 1]) };
    const short = await crypto.subtle.generateKey({ ...algorithm, ...exponent }, true, ['sign', 'verify']);
    const published = await rotate('RS256', short);
    // Nobody here signs by it either: its length is looked at before the signature.
    const { privateKey } = await newKey('RS256');
    expect(await failureOf(enter({ ...published, privateKey }))).toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'the JWT was refused: TypeError',
    });
  });

  it('are logged once as away and once as back, whoever comes by those at hand in between', async () => {
    const { enter, newKey, goAway, lines } = await signingIn(0);
    const unknown = await newKey();
    await enter();
    goAway(true);
    for (let at = 0; at < 3; at += 1) {
      expect(await failureOf(enter(unknown))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      expect(await enter()).toMatchObject({ token: 'demo' });
    }
    expect(lines).toEqual(['the keys at JWT_JWKS_URL cannot be read: callers cannot be signed in']);
    goAway(false);
    expect(await failureOf(enter(unknown))).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(lines.slice(1)).toEqual(['the keys at JWT_JWKS_URL can be read again']);
  });
});

describe('The file of OZmap tokens', () => {
  it('is read again when it changes, and an unreadable one leaves those of before', async () => {
    const asNew = async () => outcome(await platform.sign({ ozmap_user: 'nova', scope: ALL }));
    expect(await asNew()).toBe('FORBIDDEN NO_OZMAP_TOKEN');
    await platform.writeTokens({ ...TOKENS, nova: 'demo' });
    expect(await asNew()).toEqual(FOUND);
    await platform.writeTokens('{"nova": "dem');
    expect(await asNew()).toEqual(FOUND);
    await platform.writeTokens(TOKENS);
    expect(await asNew()).toBe('FORBIDDEN NO_OZMAP_TOKEN');
  });

  it.each(['', 'demo', '[]', '{"matriz":7}', '{"matriz":"with space"}'])(
    'stops the start where it holds %j, and is not shown',
    async (text) => {
      const own = await startPlatform(TOKENS);
      onTestFinished(own.stop);
      await own.writeTokens(text);
      const start = () => createSignIn(readConfig(own.env).jwt, pino({ level: 'silent' }));
      expect(start).toThrow(/JWT_OZMAP_TOKENS_FILE got ".*tokens\.json", which is no JSON object/);
    },
  );
});

describe('The pages', () => {
  it("ask for the platform's token, and offer none of OZmap's", async () => {
    const config = await (await fetch(`${subgraph.url}/ozloc/config.json`)).json();
    expect(config).toMatchObject({ platformSignIn: true });
    expect(config).not.toHaveProperty('demoToken');
    const explorer = await (await fetch(`${subgraph.url}/explorer/config.json`)).json();
    expect(explorer).toMatchObject({ token: null });
  });

  it('open a sale by a link as ever: it holds the OZmap token, sealed, and its own sale only', async () => {
    const create = 'mutation($input: CreateOzlocLinkInput!) { createOzlocLink(input: $input) { url } }';
    const { data } = await ask(create, { scope: 'reservation:write' }, { input: { contractCode: 'P-1' } });
    const { url } = (data as { createOzlocLink: { url: string } }).createOzlocLink;
    const ticket = new URL(url).hash.slice('#t='.length);
    const session = await fetch(`${subgraph.url}/ozloc/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket }),
    });
    const { token } = (await session.json()) as { token: string };
    const asked = (contractCode: string) =>
      subgraph.query<Record<string, unknown>, object>(CLIENT, { code: contractCode }, { token });
    expect(await asked('P-1')).toMatchObject({ data: { client: null }, errors: [] });
    expect((await asked(code)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

it('No log line holds a token, whatever became of it', () => {
  expect(log).toContain('JWT_OZMAP_TOKENS_FILE was read again');
  for (const secret of ['eyJ', 'demo-norte', 'revoked-long-ago', '"demo"']) expect(log).not.toContain(secret);
});
