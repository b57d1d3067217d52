import { afterAll, beforeAll, expect, it } from 'vitest';
import { createJournal } from '../../../src/saga/create-journal.js';
import type { JournalLogger } from '../../../src/saga/options.js';
import type { Database } from '../../../src/store/database.js';
import { openDatabase } from '../../../src/store/open-database.js';
import { byHand } from '../../support/by-hand.js';
import { type Coded, FakePlant } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { maria, TOKEN, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const [engine] = engines;
let place: Place;
let database: Database;

beforeAll(async () => {
  place = (await engine?.place()) as Place;
  database = await openDatabase(place.database);
});
afterAll(() => place.remove());

/** Contracts whose run may go on to its write. */
const mayWrite = new Map<string, () => void>();

/** Is seen only by who remembers having sent it. */
const remember = byHand<FakePlant, Coded, null>({
  action: 'client.update',
  queueable: false,
  async run({ contractCode }, plant, operation) {
    operation.inProject('sul');
    await new Promise<void>((go) => mayWrite.set(contractCode, go));
    operation.note({ sent: true }, 1);
    await operation.step(
      'client.rename',
      plant.write('PATCH', `ftth-clients/${contractCode}`, () => plant.names.set(contractCode, 'x')),
    );
    return null;
  },
  look: ({ contractCode }, plant, { sent }) =>
    plant.read(() => (sent && plant.names.has(contractCode) ? { seen: 'applied', outcome: null } : { seen: 'absent' })),
});

it('What a run wrote down after it was taken for dead, and before its operation was taken over, is known to who goes on', async () => {
  const plant = new FakePlant({ latencyMs: 200 });
  const silent: JournalLogger = { info: () => {}, warn: () => {}, error: () => {} };
  const open = (warn: JournalLogger['warn']) =>
    createJournal<FakePlant>({
      database,
      commands: [remember],
      backgroundSession: () => plant,
      backgroundProjectIds: async () => ['sul'],
      logger: { ...silent, warn },
      settings: { tickMs: 50, outcomeSettleS: 1, deadAfterMs: 60_000 },
    });
  const first = await open(silent.warn);
  await first.rememberToken(TOKEN, { ownerId: 'u1', ownerName: 'api-cnt', projectIds: ['sul'] });
  const runs: Promise<unknown>[] = [];
  const start = async (contractCode: string) => {
    const request = { action: remember.action, contractCode, input: { contractCode }, idempotencyKey: null };
    const asked = first.record({ ...request, actor: maria, token: TOKEN, boxIds: [] }, (operation) =>
      remember.run({ contractCode }, plant, operation, {}),
    );
    // Its operation goes to the other process.
    runs.push(asked.catch(() => null));
    await until(() => mayWrite.has(contractCode));
  };
  await start('t1');
  await start('t2');
  // The second process never saw a sign of life of the first. It has read both operations when it takes over the first one: there the other goes on.
  const second = await open(() => mayWrite.get('t2')?.());
  await second.start();
  const page = async () => second.listOperations({ contractCode: 't2' }, { first: 1 }, viewer);
  await until(async () => !['PENDING', 'UNKNOWN'].includes((await page()).edges[0]?.node.state ?? ''), 15_000);
  expect(plant.names.has('t2')).toBe(true);
  expect((await page()).edges[0]?.node).toMatchObject({ state: 'APPLIED' });
  mayWrite.get('t1')?.();
  await Promise.all(runs);
  // Both on one database, which closes with either.
  await second.stop();
});
