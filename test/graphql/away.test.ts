import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Journalled, startJournalled } from '../support/journalled.js';
import { besides } from '../support/plant.js';

/** Long enough for the service to see OZmap come back within it. */
const TOKEN_CACHE_S = 3;

let journalled: Awaited<ReturnType<typeof startJournalled>>;
let ozmap: Journalled['subgraph']['emulator'];

beforeAll(async () => {
  journalled = await startJournalled({
    env: { OUTCOME_SETTLE_S: '1', TOKEN_CACHE_S: String(TOKEN_CACHE_S) },
    boxes: 8,
  });
  ozmap = journalled.subgraph.emulator;
});
afterEach(comeBack);
afterAll(() => journalled.stop());

/** OZmap is away, but for whoever manages its users. */
const goAway = () => ozmap.fault({ fault: 'reset-before', match: { path: '^/api/v2/(?!users)' } });

/** Tokens that OZmap has just vouched for are asked about again: while it is away, only the journal's memory speaks for them. */
const outOfCache = () => new Promise((resolve) => setTimeout(resolve, TOKEN_CACHE_S * 1_000 + 100));

/** OZmap is back, and the service has noticed. */
async function comeBack() {
  await ozmap.clearFaults();
  const failures = async () => (await journalled.subgraph.query('{ client(contractCode: "x") { name } }')).errors;
  await expect.poll(failures).toEqual([]);
}

/** A user of the provider's with a key of his own, who sees all projects and, unless told, was here before. */
async function newUser(
  name: string,
  { seen = true } = {},
): Promise<{ token: string; newToken: string; revoke(): Promise<void> }> {
  const roles = await ozmap.all<{ id: string; name: string }>('roles');
  const body = { username: name, name, email: `${name}@provedor.example`, password: name, apiKey: name };
  const { id } = await ozmap.api<{ id: string }>('users', {
    method: 'POST',
    body: { ...body, role: roles[0]?.id, resources: ['API'], projects: [], allProjects: true },
  });
  if (seen) {
    const query = '{ integrationOperations(first: 1) { edges { cursor } } }';
    const { errors } = await journalled.subgraph.query(query, {}, { token: name });
    expect(errors).toEqual([]);
  }
  const newToken = `${name}-new`;
  const revoke = () => ozmap.api<void>(`users/${id}`, { method: 'PATCH', body: { apiKey: newToken } });
  return { token: name, newToken, revoke };
}

const metrics = async () => (await fetch(`${journalled.subgraph.root}/metrics`)).text();

const asked = (mutation: string, contractCode: string, more: object = {}, token = 'demo') =>
  journalled.run(mutation, { contractCode, ...more }, { token });

describe('While OZmap is away', () => {
  it('a filter that cannot be is told at once, also to a token of which nobody knows now what it sees', async () => {
    const { token } = await newUser('filter', { seen: false });
    await ozmap.fault({ fault: 'reset-before', match: { path: '^/api/v2/projects' } });
    const list = (contractCode: string) =>
      journalled.subgraph.query(
        'query ($filter: IntegrationOperationFilter) { integrationOperations(filter: $filter) { edges { cursor } } }',
        { filter: { contractCode } },
        { token },
      );
    const told = [(await list('')).errors, (await list('A-1')).errors].map(([error]) => error?.extensions?.code);
    expect(told).toEqual(['BAD_USER_INPUT', 'UPSTREAM_UNAVAILABLE']);
  });

  it('activation, update, cancellation and withdrawal are QUEUED without a client, and carried out in order when it is back', async () => {
    const { reserve, boxes, ended, history, clientOf } = journalled;
    await reserve('Q-1', boxes[0]);
    await reserve('Q-2', boxes[1]);
    await goAway();
    const life = [
      await asked('activateClient', 'Q-1'),
      await asked('updateClient', 'Q-1', { name: 'Outro nome' }),
      await asked('cancelClient', 'Q-1'),
    ];
    const withdrawal = await asked('withdrawReservation', 'Q-2');
    expect(life.map(({ client, problem, operation }) => [client ?? null, problem, operation?.state])).toEqual(
      life.map(() => [null, null, 'QUEUED']),
    );
    expect(withdrawal).toMatchObject({ problem: null, operation: { state: 'QUEUED' } });
    const waiting = await metrics();
    expect(waiting).toContain('journal_operations_open{state="QUEUED"} 4');
    expect(waiting).toMatch(/^journal_oldest_queued_seconds (0\.[0-9]*[1-9]|[1-9])/m);
    await comeBack();
    for (const { operation } of [...life, withdrawal])
      expect(await ended(operation?.id)).toMatchObject({ state: 'APPLIED' });
    expect((await history('Q-1')).map(({ action }) => action)).toEqual([
      'client.cancel',
      'client.update',
      'client.activate',
      'port.reserve',
    ]);
    expect([await clientOf('Q-1'), await clientOf('Q-2')]).toEqual([undefined, undefined]);
    await expect.poll(metrics).toContain('journal_operations_open{state="QUEUED"} 0');
    const done = await metrics();
    expect(done).toContain('journal_operations_finished_total{action="client.cancel",state="APPLIED"} 1');
    expect(done).toMatch(/^journal_lease_wait_seconds_count{outcome="taken"} [1-9]/m);
    const homes = await ozmap.all<{ observation: string | null }>('properties');
    expect(homes.filter(({ observation }) => observation?.includes('[CNT Q-1]'))).toHaveLength(1);
  });

  it('whatever takes a port is refused at once, and leaves nothing that could be carried out later', async () => {
    const { reserve, boxes, run, operation } = journalled;
    await reserve('Q-3', boxes[2]);
    await goAway();
    const [, , box] = boxes;
    const place = { boxId: box?.id, location: box && besides(box) };
    const refused = [
      await run('reservePort', { contractCode: 'Q-4', ...place }),
      await run('changePort', { contractCode: 'Q-3', boxId: boxes[3]?.id }),
      await run('relocateClient', { contractCode: 'Q-3', ...place }),
    ];
    expect(refused.map(({ problem }) => problem?.code)).toEqual(refused.map(() => 'UPSTREAM_UNAVAILABLE'));
    await comeBack();
    for (const { problem } of refused)
      expect(['FAILED', 'REFUSED']).toContain((await operation(problem?.operationId))?.state);
  });

  it('a token that OZmap never vouched for gets UPSTREAM_UNAVAILABLE', async () => {
    await goAway();
    const { data, errors } = await journalled.subgraph.query<{ activateClient: unknown }, object>(
      'mutation { activateClient(input: { contractCode: "Q-1" }) { problem { code } } }',
      {},
      { token: 'never-seen' },
    );
    const code = (data?.activateClient as { problem: { code: string } } | undefined)?.problem.code;
    expect([code, ...errors.map(({ extensions }) => extensions?.code)]).toContain('UPSTREAM_UNAVAILABLE');
  });

  it('nothing is sent for a caller of whom OZmap does not say what it sees: nobody could find out a lost answer', async () => {
    const seller = await newUser('estreia', { seen: false });
    await ozmap.fault({ fault: 'status', status: 503, match: { method: 'GET', path: '^/api/v2/projects' } });
    const lead = { name: 'Interessada', phone: '31 5555 0001', location: { lat: -19.93, lng: -44.05 } };
    const leads = async () => (await ozmap.all('prospects')).length;
    const before = await leads();
    const refused = await journalled.run('createProspect', lead, { token: seller.token });
    expect(refused).toMatchObject({ problem: { code: 'UPSTREAM_UNAVAILABLE' }, operation: null });
    expect(await leads()).toBe(before);
    await comeBack();
    expect(await journalled.run('createProspect', lead, { token: seller.token })).toMatchObject({
      operation: { state: 'APPLIED' },
    });
    expect(await leads()).toBe(before + 1);
  });

  it('a token that OZmap vouched for lately is taken, and checked again before its command is carried out', async () => {
    const { reserve, boxes, ended, clientOf } = journalled;
    await reserve('Q-5', boxes[4]);
    const seller = await newUser('vendas');
    await outOfCache();
    await goAway();
    const queued = await asked('activateClient', 'Q-5', {}, seller.token);
    expect(queued.operation).toMatchObject({ state: 'QUEUED', actor: 'vendas' });
    await seller.revoke();
    await comeBack();
    expect(await ended(queued.operation?.id, seller.newToken)).toMatchObject({
      state: 'FAILED',
      problem: { code: 'FORBIDDEN' },
      steps: [],
    });
    expect(await clientOf('Q-5')).toMatchObject({ implanted: false });
  });

  it('a token that was revoked meanwhile is refused as soon as OZmap is back', async () => {
    const seller = await newUser('revogado');
    const who = async () => {
      const { errors } = await journalled.subgraph.query(
        '{ integrationOperations(first: 1) { edges { cursor } } }',
        {},
        { token: seller.token },
      );
      return errors[0]?.extensions?.code ?? 'taken';
    };
    await outOfCache();
    await goAway();
    expect(await who()).toBe('taken');
    await seller.revoke();
    await comeBack();
    expect(await who()).toBe('UNAUTHENTICATED');
  });
});
