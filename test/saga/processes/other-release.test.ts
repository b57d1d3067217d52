import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutcomeUnknownError } from '../../../src/errors/app-error.js';
import type { Command } from '../../../src/saga/command.js';
import { byHand } from '../../support/by-hand.js';
import { failureOf } from '../../support/failure-of.js';
import { type Coded, FakePlant } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { maria, openJournal, TOKEN, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

/** A release whose activation holds a state of version `writes`, and goes on with those of the versions `knows`. */
const release = (writes: number, knows: number[]) =>
  byHand<FakePlant, Coded, Coded>({
    action: 'client.activate',
    queueable: true,
    versions: knows,
    async run({ contractCode }, plant, operation, { saga }) {
      operation.inProject('sul');
      if (saga !== undefined && !knows.includes(Number(saga))) throw new Error('not my state');
      await plant.read(() => {});
      operation.note({ saga: writes }, writes);
      const apply = () => plant.active.add(contractCode);
      await operation.step('client.implant', plant.write('PATCH', `ftth-clients/${contractCode}`, apply));
      return { contractCode };
    },
    look: ({ contractCode }, plant, { saga }) => {
      if (!knows.includes(Number(saga))) throw new OutcomeUnknownError('not my state');
      return plant.read(() =>
        plant.active.has(contractCode) ? { seen: 'applied', outcome: { contractCode } } : { seen: 'absent' },
      );
    },
  });

describe.each(engines)('What another release began, on $name', (engine) => {
  let place: Place;
  const plant = new FakePlant();
  const open = (command: Command<FakePlant, Coded, Coded>) => openJournal(place, { plant, commands: [command] });
  let inDoubt = '';
  let failed = '';

  beforeAll(async () => {
    place = await engine.place();
    const newer = await open(release(2, [2]));
    plant.next('lost-after', 'lost-after');
    inDoubt = (await failureOf(newer.run(release(2, [2]), { contractCode: 'v1' }))).operationId ?? '';
    failed = (await failureOf(newer.run(release(2, [2]), { contractCode: 'v2' }))).operationId ?? '';
    await newer.execute(`update operation set state = 'FAILED', finished_at = now() where id = '${failed}'`);
    plant.away = true;
    await newer.run(release(2, [2]), { contractCode: 'v3' });
    plant.away = false;
    await newer.stop();
  });
  afterAll(() => place.remove());

  it('stays open for it, named, and its contract stays closed', async () => {
    const older = await open(release(1, [1]));
    await older.start();
    // What merely waits holds no state: any release carries it out.
    await until(async () => plant.active.has('v3'));
    await older.execute(
      `update operation set requested_at = now() - interval '99 days', attempts = 999 where id = '${inDoubt}'`,
    );
    const dueAt = async () => (await older.execute(`select due_at from operation where id = '${inDoubt}'`))[0];
    const before = await dueAt();
    await new Promise((done) => setTimeout(done, 500));
    expect([await older.state(inDoubt), await dueAt()]).toEqual(['UNKNOWN', before]);
    expect(await older.health()).toMatchObject({
      unknown: 1,
      leftOpen: [{ action: 'client.activate', version: 2, count: 1 }],
    });
    expect(await failureOf(older.run(release(1, [1]), { contractCode: 'v1' }))).toMatchObject({
      code: 'UPSTREAM_OUTCOME_UNKNOWN',
      operationId: inDoubt,
    });
    const by = { session: plant, token: TOKEN, actor: maria, viewer };
    expect(await failureOf(older.retry(failed, by))).toMatchObject({ code: 'BAD_USER_INPUT' });
    await older.stop();
  });

  it('is brought to its end by a release that knows its state', async () => {
    const knowing = await open(release(3, [3, 2]));
    await knowing.start();
    await until(async () => (await knowing.state(inDoubt)) === 'APPLIED');
    expect((await knowing.health()).leftOpen).toEqual([]);
    const by = { session: plant, token: TOKEN, actor: maria, viewer };
    expect(await knowing.retry(failed, by)).toMatchObject({ state: 'APPLIED' });
    await knowing.stop();
  });
});
