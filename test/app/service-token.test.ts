import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ServiceToken } from '../../src/app/service-token.js';
import { SEND } from '../../src/domain/write.js';
import { createOzmap } from '../../src/ozmap/create-ozmap.js';
import { besides, pick, readPlant } from '../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

const TOKEN = 'key-of-the-integration';
let provider: TestSubgraph;
let subgraph: TestSubgraph;
let userId: string;
const lines: { level: number; msg: string }[] = [];

/** A real OZmap whose integration user was given another key than the one that the service holds. */
beforeAll(async () => {
  provider = await startTestSubgraph();
  const roles = await provider.emulator.all<{ id: string }>('roles');
  const body = { username: 'cnt', name: 'cnt', email: 'cnt@provedor.example', password: 'cnt', apiKey: 'another-key' };
  const made = await provider.emulator.api<{ id: string }>('users', {
    method: 'POST',
    body: { ...body, role: roles[0]?.id, resources: ['API'], projects: [], allProjects: true },
  });
  userId = made.id;
  subgraph = await startTestSubgraph({
    env: {
      OZMAP_URL: provider.emulator.url,
      OZMAP_TOKEN: TOKEN,
      GEOCODER: 'nominatim',
      NOMINATIM_URL: 'http://127.0.0.1:9',
    },
    logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) }) as never,
  });
});
afterAll(async () => {
  await subgraph.stop();
  await provider.stop();
});

const readiness = async () => {
  const response = await fetch(`${subgraph.opsUrl}/readyz`);
  return [response.status, ((await response.json()) as { ozmap: string }).ozmap];
};
const gauge = async () =>
  /^ozmap_token_refused (\d)$/m.exec(await (await fetch(`${subgraph.opsUrl}/metrics`)).text())?.[1];
const place = async () => {
  const { boxes } = await readPlant(provider.emulator);
  const box = pick(boxes, ({ certified, draft }) => certified && !draft);
  return { box, location: besides(box) };
};
const VIABILITY = 'query ($input: ViabilityInput!) { viability(input: $input) { verdict } }';
const RESERVE = `mutation ($input: ReservePortInput!) { reservePort(input: $input) { problem { code message details { field } } } }`;

it('does not keep the service from starting: the log has an error line without the token, and readiness and a metric tell', async () => {
  expect(await readiness()).toEqual([200, 'refused']);
  await expect.poll(gauge).toBe('1');
  const errors = lines.filter(({ level }) => level >= 50);
  expect(errors.map(({ msg }) => msg)).toEqual([expect.stringContaining('OZmap refuses OZMAP_TOKEN')]);
  expect(JSON.stringify(lines)).not.toContain(TOKEN);
});

it('is never UNAUTHENTICATED to a caller: what needs it is UPSTREAM_UNAVAILABLE, what does not goes on', async () => {
  const { box, location } = await place();
  const { errors } = await subgraph.query(VIABILITY, { input: { location } });
  expect(errors.map(({ extensions }) => extensions)).toEqual([
    { code: 'UPSTREAM_UNAVAILABLE', details: [{ field: 'OZMAP_TOKEN' }] },
  ]);
  expect(errors[0]?.message).toContain('OZMAP_TOKEN');
  const input = { contractCode: 'ST-1', boxId: box.id, location };
  const reserved = await subgraph.query<{ reservePort: { problem: object } }, object>(RESERVE, { input });
  expect(reserved.errors).toEqual([]);
  expect(reserved.data?.reservePort.problem).toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    details: [{ field: 'OZMAP_TOKEN' }],
  });
  const plain = await subgraph.query('{ client(contractCode: "nobody") { status } }');
  expect([plain.data, plain.errors]).toEqual([{ client: null }, []]);
  const stranger = await subgraph.query(VIABILITY, { input: { location } }, { token: 'stranger' });
  expect(stranger.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
});

it('is UPSTREAM_UNAVAILABLE for what the background writes, too: no problem of an operation blames its caller', async () => {
  const connector = createOzmap({ url: provider.emulator.url, timeoutMs: 5_000, concurrency: 2 });
  const { ozmap } = new ServiceToken({
    connector,
    token: TOKEN,
    logger: pino({ level: 'silent' }),
    onChange: () => {},
  });
  const write = ozmap.deleteProperty('f'.repeat(24));
  await expect(write[SEND]()).rejects.toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    details: [{ field: 'OZMAP_TOKEN' }],
  });
  await connector.stop();
});

it('is in order again as soon as OZmap takes it', async () => {
  await provider.emulator.api(`users/${userId}`, { method: 'PATCH', body: { apiKey: TOKEN } });
  const { location } = await place();
  const { data, errors } = await subgraph.query(VIABILITY, { input: { location } });
  expect([data, errors]).toEqual([{ viability: { verdict: expect.any(String) } }, []]);
  await expect.poll(gauge).toBe('0');
  await expect.poll(readiness).toEqual([200, 'up']);
});
