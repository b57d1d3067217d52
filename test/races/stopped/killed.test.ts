import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fleet, pair } from '../../support/fleet.js';
import { readPlant } from '../../support/plant.js';
import { isBuilt, type SpawnedService } from '../../support/spawn-service.js';
import { until } from '../../support/until.js';
import { Boxes } from '../boxes.js';
import { changes, takeInventory } from '../inventory.js';
import { reserveAt, type Told } from '../reserve.js';

/** Longer than the whole test: whoever meets it hangs until it is killed. */
const FOREVER_MS = 300_000;
const READ_BACK = { method: 'GET', path: '^/api/v2/properties\\?.*%22box%22' };
const CHANGE_CLIENT = { method: 'PATCH', path: '^/api/v2/ftth-clients' };
const WITHIN_MS = 60_000;
/** Well before a job would come back for having taken too long, whoever has it. */
const QUEUE_WITHIN_MS = 30_000;

interface Operation {
  state: string;
  action: string;
  problem: { code: string } | null;
}

describe.runIf(isBuilt && pair)('A process that is killed, of two on one PostgreSQL', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    if (pair) fleet = await pair.open({ OUTCOME_SETTLE_S: '1', OZMAP_TIMEOUT_MS: '120000' }, 1);
  });
  afterAll(() => fleet?.stop());

  const carryOut = async (service: SpawnedService, mutation: string, input: object): Promise<Told['operation']> => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { operation { id state } } }`;
    const { data, text } = await service.query<{ it: { operation: Told['operation'] } }, object>(document, { input });
    if (!data) throw new Error(text);
    return data.it.operation;
  };
  const operationsOf = async (service: SpawnedService, contractCode: string): Promise<Operation[]> => {
    const document = `query ($filter: IntegrationOperationFilter) {
      it: integrationOperations(filter: $filter) { edges { node { state action problem { code } } } } }`;
    const { data, text } = await service.query<{ it: { edges: { node: Operation }[] } }, object>(document, {
      filter: { contractCode },
    });
    if (!data) throw new Error(text);
    return data.it.edges.map(({ node }) => node).reverse();
  };

  it('leaves nothing undone: the other ends its commands, the queue goes on, and its keys are answered', async () => {
    const one = fleet.at(0);
    const boxes = new Boxes(one, fleet.ozmap);
    const [queueBox, keyBox] = [(await boxes.offered(1)).box, (await boxes.offered(1)).box];
    const before = await takeInventory(fleet.ozmap);
    const first = await reserveAt(one, queueBox, 'QUEUE', { idempotencyKey: 'first' });

    // OZmap is away, then back; the job of the first command hangs in the only process there is.
    await fleet.ozmap.fault({ fault: 'reset-before', match: { path: '^/api/v2/' } });
    const queued = [
      await carryOut(one, 'activateClient', { contractCode: 'QUEUE' }),
      await carryOut(one, 'updateClient', { contractCode: 'QUEUE', name: 'Nome novo' }),
    ];
    expect(queued).toMatchObject([{ state: 'QUEUED' }, { state: 'QUEUED' }]);
    await fleet.ozmap.clearFaults();
    await fleet.ozmap.fault({ fault: 'delay', delayMs: FOREVER_MS, match: CHANGE_CLIENT, times: 1 });
    await fleet.ozmap.fault({ fault: 'delay', delayMs: FOREVER_MS, match: READ_BACK, times: 1 });
    await until(async () => (await fleet.ozmap.struck()) === 1, WITHIN_MS);

    // A reservation was written, but nobody has heard of it yet.
    const send = (service: SpawnedService) => reserveAt(service, keyBox, 'KEY', { idempotencyKey: 'second' });
    const lost = send(one).catch(() => 'no answer');
    await until(async () => (await fleet.ozmap.struck()) === 2, WITHIN_MS);

    const two = await fleet.join();
    await two.ready();
    expect(await reserveAt(two, queueBox, 'QUEUE', { idempotencyKey: 'first' })).toEqual(first);
    expect((await send(two)).problem).toMatchObject({ code: 'CONFLICT', reason: 'IN_PROGRESS' });
    await one.kill();
    const killedAt = Date.now();
    expect(await lost).toBe('no answer');

    await until(async () => (await send(two)).held === 'KEY', WITHIN_MS);
    const keyAfterMs = Date.now() - killedAt;
    await until(
      async () => (await operationsOf(two, 'QUEUE')).every(({ state }) => state === 'APPLIED'),
      QUEUE_WITHIN_MS,
    );
    process.stdout.write(
      `after the kill the key was answered in ${keyAfterMs} ms, the queue empty in ${Date.now() - killedAt} ms\n`,
    );

    expect((await operationsOf(two, 'QUEUE')).map(({ action }) => action)).toEqual([
      'port.reserve',
      'client.activate',
      'client.update',
    ]);
    expect(await operationsOf(two, 'KEY')).toEqual([{ action: 'port.reserve', state: 'APPLIED', problem: null }]);
    const after = changes(before, await takeInventory(fleet.ozmap));
    expect([after.homes.length, after.drops.length, after.ports.length, after.disturbed]).toEqual([2, 2, 2, []]);
    const { clients } = await readPlant(fleet.ozmap);
    expect(clients.filter(({ code }) => code === 'QUEUE')).toMatchObject([{ implanted: true, name: 'Nome novo' }]);
    expect(clients.filter(({ code }) => code === 'KEY')).toMatchObject([{ implanted: false }]);
  }, 180_000);
});
