import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimQueued, postpone, settle } from '../../../src/saga/sql/claims.js';
import { claimOperation } from '../../../src/saga/sql/open.js';
import type { Database } from '../../../src/store/database.js';
import { newId } from '../../../src/store/ids.js';
import { openDatabase } from '../../../src/store/open-database.js';
import { byHand } from '../../support/by-hand.js';
import { type Coded, FakePlant, fakeCommands, rename } from '../../support/fake-plant.js';
import { engines, type Place, postgres } from '../../support/journal-engines.js';
import { openJournal, type TestJournal } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const opened: TestJournal[] = [];
let place: Place;

afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.stop()));
  await place.remove();
});

async function open(options: Parameters<typeof openJournal>[1]): Promise<TestJournal> {
  const journal = await openJournal(place, options);
  opened.push(journal);
  return journal;
}

/** Accepted while OZmap is away, in this order; gives back their ids. */
async function accept(journal: TestJournal, ...contractCodes: string[]): Promise<string[]> {
  journal.plant.away = true;
  const ids: string[] = [];
  for (const [n, contractCode] of contractCodes.entries())
    ids.push((await journal.run(rename, { contractCode, name: `${n}` })).operationId ?? '');
  return ids;
}

describe.each(engines)('Claims of queued operations on $name', (engine) => {
  let database: Database;
  const me = newId();
  const known = fakeCommands.map(({ action }) => ({ action, version: 0 }));
  const claim = (limit = 10) =>
    claimQueued(database.db, { known, processId: me, deadAfterMs: 1_000, claimMs: 60_000, limit });

  beforeEach(async () => {
    place = await engine.place();
    const journal = await openJournal(place);
    await accept(journal, 'c1', 'c1', 'c2', 'c1', 'c3');
    await journal.stop();
    database = await openDatabase(place.database);
    await database.db.updateTable('operation').set({ due_at: new Date() }).execute();
  });
  afterEach(() => database.close());

  it('take of each contract the one that waits longest, and none that is claimed', async () => {
    const first = await claim(2);
    const rest = await claim();
    expect([...first, ...rest].map(({ contract_code }) => contract_code).sort()).toEqual(['c1', 'c2', 'c3']);
    const oldest = await database.db
      .selectFrom('operation')
      .select('id')
      .where('contract_code', '=', 'c1')
      .orderBy('queued_at')
      .executeTakeFirst();
    expect([...first, ...rest].map(({ id }) => id)).toContain(oldest?.id);
    expect(await claim()).toEqual([]);
  });

  it('leave out a contract with an operation in doubt', async () => {
    const [row] = (await claim()).filter(({ contract_code }) => contract_code === 'c1');
    await database.db
      .updateTable('operation')
      .set({ state: 'UNKNOWN', due_at: null })
      .where('id', '=', row?.id ?? '')
      .execute();
    expect(await claim()).toEqual([]);
  });

  it('have no effect any more once they were lost', async () => {
    const [lost] = await claim(1);
    if (!lost) throw new Error('nothing was claimed');
    await database.db.updateTable('operation').set({ due_at: new Date() }).where('id', '=', lost.id).execute();
    const [held] = (await claim()).filter(({ id }) => id === lost.id);
    await postpone(database.db, 'operation', lost, { inMs: 3_600_000 });
    await settle(database.db, lost);
    const run = { id: lost.id, from: 'QUEUED' as const, runId: newId(), processId: me };
    expect(await claimOperation(database.db, { ...run, claim: lost.claim })).toBeNull();
    expect(await claimOperation(database.db, { ...run, claim: held?.claim })).toMatchObject({ state: 'PENDING' });
  });
});

describe.runIf(engines[0])('A queued operation', () => {
  beforeEach(async () => {
    if (engines[0]) place = await engines[0].place();
  });

  it('is carried out though the process that had claimed it is gone', async () => {
    const journal = await open({});
    const [id = ''] = await accept(journal, 's1');
    journal.plant.away = false;
    await journal.start();
    await journal.execute(`update operation set due_at = now() + interval '0.3 s' where state = 'QUEUED'`);
    await until(async () => (await journal.state(id)) === 'APPLIED');
  });
});

/** Stops before its write until it is let go. */
class Gate {
  readonly entered = Promise.withResolvers<void>();
  readonly left = Promise.withResolvers<void>();

  readonly command = byHand<FakePlant, Coded, null>({
    action: 'client.cancel',
    queueable: true,
    run: async (_input, plant, operation) => {
      await plant.read(() => {});
      operation.inProject('sul');
      this.entered.resolve();
      await this.left.promise;
      await operation.step(
        'client.delete',
        plant.write('DELETE', 'ftth-clients/1', () => {}),
      );
      return null;
    },
    look: async () => ({ seen: 'absent' }),
  });
}

describe.runIf(postgres)('A queued operation that one of two processes has begun', () => {
  beforeEach(async () => {
    if (postgres) place = await postgres.place();
  });

  it('is not begun by the other, and is carried out once after OZmap was away again', async () => {
    const plant = new FakePlant();
    const gate = new Gate();
    const options = { plant, commands: [...fakeCommands, gate.command], settings: { queueRetryMaxS: 1 } };
    const first = await open(options);
    plant.away = true;
    const { operationId } = await first.run(gate.command, { contractCode: 's2' });
    plant.away = false;
    await first.start();
    await gate.entered.promise;
    const second = await open(options);
    await second.start();
    const looks = () => second.statements.filter((text) => text.includes(' as queue')).length;
    await until(() => looks() >= 3);
    plant.away = true;
    gate.left.resolve();
    await until(async () => (await first.state(operationId ?? '')) === 'QUEUED');
    plant.away = false;
    await until(async () => (await first.state(operationId ?? '')) === 'APPLIED', 20_000);
    expect(plant.log).toHaveLength(1);
  });
});
