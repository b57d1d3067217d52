import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startContracts } from '../../examples/contracts/server.js';
import { askAt } from '../support/ask-graphql.js';
import { GATEWAYS, watch } from '../support/gateways.js';
import { homesWithClient, pick, readPlant } from '../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';
import { until } from '../support/until.js';

/** `npm run check:long` asks for 2,000. */
const CONTRACTS = Number(process.env.CONTRACTS ?? 500);
const PUBLIC_ORIGIN = 'https://fibra.example';

let subgraph: TestSubgraph;
let between: Awaited<ReturnType<typeof watch>>;
let contracts: Awaited<ReturnType<typeof startContracts>>;
beforeAll(async () => {
  subgraph = await startTestSubgraph({ env: { PUBLIC_ORIGIN } });
  between = await watch(subgraph.url);
  contracts = await startContracts(0);
});
afterAll(async () => {
  await contracts.stop();
  await between.stop();
  await subgraph.stop();
});

describe.each(GATEWAYS)('A supergraph of this subgraph and a contracts subgraph behind $name', ({ name, start }) => {
  let router: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    router = await start({ ozmapUrl: between.url, contractsUrl: contracts.url });
  });
  afterAll(() => router.stop());

  const ask = (query: string, variables: Record<string, unknown> = {}, token: string | null = 'demo', headers = {}) =>
    askAt<Record<string, unknown>>(router.url, query, variables, { token, headers });

  it("answers a contract's plan and its place in the network in one query, from either side", async () => {
    const home = pick(homesWithClient(await readPlant(subgraph.emulator)), (each) => each.box !== null);
    const query = `query($code: ID!) {
      contract(code: $code) { plan client { name property { box { name } } } }
      client(contractCode: $code) { status contract { plan } }
    }`;
    const { data, errors } = await ask(query, { code: home.client.code });
    expect(errors).toEqual([]);
    expect(data).toMatchObject({
      contract: {
        plan: 'Fibra 500',
        client: { name: home.client.name, property: { box: { name: expect.any(String) } } },
      },
      client: { status: home.client.implanted ? 'ACTIVE' : 'RESERVED', contract: { plan: 'Fibra 500' } },
    });
  });

  it.each([
    [150, 30],
    // Both share this process and the time that ours may wait in it: a gateway that has warmed up.
    [60, 6],
  ])('asks OZmap a few times for %i aliases, in however many requests the gateway sends', async (many, most) => {
    const homes = homesWithClient(await readPlant(subgraph.emulator)).filter(({ box }) => box !== null);
    const asked = Array.from({ length: many }).flatMap((_, at) => homes.slice(at % homes.length).slice(0, 1));
    const fields = asked.map(({ client }, at) => `a${at}: contract(code: ${JSON.stringify(client.code)}) { ...Place }`);
    const query = `{ ${fields.join(' ')} } fragment Place on Contract { client { name property { box { name } } } }`;
    await subgraph.emulator.clearRequests();
    const { data, errors } = await ask(query);
    expect(errors).toEqual([]);
    expect(Object.values(data ?? {})).toEqual(
      asked.map(({ client }) => ({ client: { name: client.name, property: { box: { name: expect.any(String) } } } })),
    );
    expect((await subgraph.emulator.requests()).length).toBeLessThanOrEqual(most);
  });

  it('asks us once, and OZmap twelve times at most, for hundreds of contracts with their places', async () => {
    const codes = homesWithClient(await readPlant(subgraph.emulator)).map(({ client }) => client.code);
    const asked = [...codes, ...Array.from({ length: CONTRACTS }, (_, at) => `unknown-${at}`)].slice(0, CONTRACTS);
    const query = `query($codes: [ID!]!) { contracts(codes: $codes) {
      plan client { name property { box { name } } connection { port } }
    } }`;
    await subgraph.emulator.clearRequests();
    between.passed.length = 0;
    const { data, errors } = await ask(query, { codes: asked });
    expect(errors).toEqual([]);
    const found = (data as { contracts: { client: { name: string | null } }[] }).contracts;
    expect(found).toHaveLength(CONTRACTS);
    expect(found.filter(({ client }) => client.name !== null)).toHaveLength(Math.min(codes.length, CONTRACTS));
    expect(between.passed.filter(({ document }) => document.includes('_entities'))).toHaveLength(1);
    expect((await subgraph.emulator.requests()).length).toBeLessThanOrEqual(12 * Math.ceil(CONTRACTS / 500));
  });

  it('is answered by gzip where the gateway takes it', async () => {
    between.passed.length = 0;
    const { errors } = await ask('query($codes: [ID!]!) { contracts(codes: $codes) { client { name } } }', {
      codes: Array.from({ length: 100 }, (_, at) => String(100_001 + at)),
    });
    expect(errors).toEqual([]);
    expect(between.passed.map(({ packed }) => packed)).toEqual(
      between.passed.map(({ accepted }) => accepted.includes('gzip')),
    );
  });

  it('sells, repeats and takes back by commands, whose refusals are data, with fields of both sides', async () => {
    const { contractCode, input } = await offered();
    const shown = 'problem { code reason message } operation { id state }';
    const run = async (command: string, more: object = {}, fields = '') => {
      const type = `${command[0]?.toUpperCase()}${command.slice(1)}Input`;
      const document = `mutation($input: ${type}!) { ${command}(input: $input) { ${shown} ${fields} } }`;
      const { data, errors } = await ask(document, { input: { contractCode, ...more } });
      expect(errors).toEqual([]);
      return data?.[command] as Record<string, { id?: string }>;
    };
    const sold = 'reservation { client { status contract { plan } } }';
    const first = await run('reservePort', { ...input, idempotencyKey: `${name} 1` }, sold);
    expect(first).toMatchObject({
      problem: null,
      operation: { state: 'APPLIED' },
      reservation: { client: { status: 'RESERVED', contract: { plan: 'Fibra 500' } } },
    });
    const again = await run('reservePort', { ...input, idempotencyKey: `${name} 1` });
    expect(again.operation?.id).toBe(first.operation?.id);
    expect(await run('cancelClient')).toMatchObject({ problem: { code: 'CONFLICT', reason: 'NOT_ACTIVE' } });
    expect(await run('withdrawReservation')).toMatchObject({ problem: null, operation: { state: 'APPLIED' } });
    expect(await run('activateClient')).toMatchObject({ problem: { code: 'NOT_FOUND', reason: null } });
  });

  it('gives links for browsers, not to where the gateway reaches us', async () => {
    const { data, errors } = await ask(
      'mutation { createOzlocLink(input: { contractCode: "L-1" }) { url problem { code } } }',
    );
    expect(errors).toEqual([]);
    const { url } = (data as { createOzlocLink: { url: string } }).createOzlocLink;
    expect(url).toMatch(new RegExp(`^${PUBLIC_ORIGIN}/integrations/cnt/ozloc#t=`));
  });

  it('keeps the plan when the network does not know the contract', async () => {
    const { data, errors } = await ask(
      'query($code: ID!) { contract(code: $code) { plan client { name status properties { id } } } }',
      {
        code: 'nowhere',
      },
    );
    expect(errors).toEqual([]);
    const { contract } = data as { contract: { plan: string; client: object } };
    // Of what is null in an entity, Grafbase writes the first field only.
    expect([contract.plan, new Set(Object.values(contract.client))]).toEqual(['Fibra 500', new Set([null])]);
  });

  it('answers the query of the README as the README shows it', async () => {
    const [, section = ''] = readFileSync('README.md', 'utf8').split('## Join your supergraph');
    const [query, answer] = ['graphql', 'json'].map(
      (language) => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(section)?.[1] ?? '',
    );
    expect(query).toBe(readFileSync('examples/crossing.graphql', 'utf8'));
    const { data, errors } = await ask(query ?? '');
    expect(errors).toEqual([]);
    expect(JSON.parse(answer ?? '')).toEqual({ data });
  });

  it("passes on its caller's token: another sees another network, and none keeps the plan", async () => {
    const query = readFileSync('examples/crossing.graphql', 'utf8');
    const north = await ask(query, {}, 'demo-norte');
    expect(north.data).toMatchObject({ contract: { plan: 'Fibra 500', client: { name: null } } });
    const nobody = await ask(query, {}, null);
    expect(nobody.data).toMatchObject({ contract: { plan: 'Fibra 500', client: { name: null } } });
    expect(new Set(nobody.errors.map(({ extensions }) => extensions?.code))).toEqual(new Set(['UNAUTHENTICATED']));
  });

  it.each([
    [600, null, 'UNAUTHENTICATED'],
    [2_600, 'demo', 'LIMIT_EXCEEDED'],
  ])('keeps the plans of %i contracts of which it may not ask so many (token: %s)', async (many, token, code) => {
    const codes = Array.from({ length: many }, (_, at) => `M-${at}`);
    const query = 'query($codes: [ID!]!) { contracts(codes: $codes) { plan client { name } } }';
    const { data, errors } = await ask(query, { codes }, token);
    expect(
      (data as { contracts: { plan: string }[] }).contracts.filter(({ plan }) => plan === 'Fibra 500'),
    ).toHaveLength(many);
    expect(new Set(errors.map(({ extensions }) => extensions?.code))).toEqual(new Set([code]));
  });

  it("passes on its caller's language", async () => {
    const query =
      '{ viability(input: { address: "Rua Que Não Há, 1" }) { reasons } client(contractCode: "") { name } }';
    const [portuguese, english] = [await ask(query), await ask(query, {}, 'demo', { 'accept-language': 'en' })];
    expect([portuguese, english].map(({ errors }) => errors[0]?.message)).toEqual([
      expect.stringMatching(/confira os campos/),
      expect.stringMatching(/check the fields/),
    ]);
    expect(english.errors[0]?.extensions?.code).toBe(portuguese.errors[0]?.extensions?.code);
  });

  it('tells that a token has asked too often, and keeps the plan', async () => {
    const limited = await startTestSubgraph({ env: { RATE_LIMIT_PER_MINUTE: '1' } });
    between.target = limited.url;
    onTestFinished(async () => {
      between.target = subgraph.url;
      await limited.stop();
    });
    await limited.query('{ __typename }');
    const { data, errors } = await ask('{ contract(code: "100001") { plan client { name } } }');
    expect(data).toMatchObject({ contract: { plan: 'Fibra 500' } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterS: expect.any(Number) });
  });

  it('survives a body that is no JSON in the example as well', async () => {
    const headers = { 'content-type': 'application/json' };
    const answers = [contracts.url, router.url].map((url) =>
      fetch(url, { method: 'POST', headers, body: '{"query":' }),
    );
    for (const answer of await Promise.all(answers)) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([400, expect.not.stringContaining('html')]);
    }
    expect((await ask('{ contract(code: "7") { plan } }')).data).toEqual({ contract: { plan: 'Fibra 500' } });
  });

  it("keeps a neighbour's answer where ours is refused", async () => {
    const codes = Array.from({ length: 501 }, (_, at) => `C-${at}`);
    const inputs = Array.from({ length: 101 }, () => ({ address: 'Rua A, 1' }));
    const query = `query($codes: [ID!]!, $inputs: [ViabilityInput!]!) { contract(code: "7") { plan }
      clients(contractCodes: $codes) { name } viabilities(inputs: $inputs) { viability { verdict } } }`;
    const { data, errors } = await ask(query, { codes, inputs });
    expect(data).toEqual({ contract: { plan: 'Fibra 500' }, clients: null, viabilities: null });
    expect(new Set(errors.map(({ extensions }) => extensions?.code))).toEqual(new Set(['LIMIT_EXCEEDED']));
  });

  it('keeps it where what is asked by reference costs too much, and answers many contracts with a port each', async () => {
    const codes = Array.from({ length: 800 }, (_, at) => String(100_001 + (at % 500)));
    const asked = async (fields: string) => {
      const query = `query($codes: [ID!]!) { contracts(codes: $codes) { plan client { ${fields} } } }`;
      const { data, errors } = await ask(query, { codes });
      const told = new Set(errors.map(({ extensions }) => extensions?.code));
      return { found: (data as { contracts: { plan: string; client: object }[] }).contracts, told };
    };
    const fine = await asked('name connection { splitter { ports { number } } }');
    expect([fine.found.length, fine.told]).toEqual([800, new Set()]);
    const much = await asked('properties { box { splitters { ports { number client { name } } } } }');
    expect(much.told).toEqual(new Set(['LIMIT_EXCEEDED']));
    expect(new Set(much.found.map(({ plan }) => plan))).toEqual(new Set(['Fibra 500']));
  });

  /** A free port, for a contract of its own. */
  async function offered() {
    const { boxes } = await readPlant(subgraph.emulator);
    for (const { id, lat, lng, certified, draft } of boxes) {
      if (!certified || draft || lat === null || lng === null) continue;
      const location = { lat: lat + 0.0001, lng: lng + 0.0001 };
      const { data } = await ask(
        'query($at: MapPointInput!) { viability(input: { location: $at }) { boxes { box { id } } } }',
        { at: location },
      );
      const { boxes: offers } = (data as { viability: { boxes: { box: { id: string } }[] } }).viability;
      if (offers.some(({ box }) => box.id === id))
        return { contractCode: `G ${name}`, input: { boxId: id, location, name: 'Cliente' } };
    }
    throw new Error('the plant is full');
  }
});

it('`npm run supergraph` serves both behind a gateway, prints what it was asked and answered, and ends with all of them', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'supergraph-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const ports = { PORT: '0', EMULATOR_PORT: '0', CONTRACTS_PORT: '0', GATEWAY_PORT: '0', DATA_DIR: dataDir };
  const command = spawn(process.execPath, ['--no-warnings', 'examples/supergraph.ts'], {
    env: { ...process.env, ...ports },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => command.once('exit', resolve));
  let said = '';
  command.stdout.on('data', (text) => {
    said += text;
  });
  await until(async () => said.includes('Ctrl+C') || command.exitCode !== null, 60_000);
  const [, url = ''] = /^supergraph on (\S+?):\s/m.exec(said) ?? [];
  expect(said).toContain(`curl -s ${url} `);
  expect(said).toContain('"plan":"Fibra 500"');
  expect((await askAt<{ contract: object }>(url, '{ contract(code: "7") { plan } }', {})).data?.contract).toEqual({
    plan: 'Fibra 500',
  });
  command.kill('SIGINT');
  await ended;
  await expect(fetch(url)).rejects.toThrow();
}, 120_000);
