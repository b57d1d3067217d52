import { expect, it } from 'vitest';
import { describeAtOnce } from '../../support/at-once.js';
import { failureOf } from '../../support/failure-of.js';
import { rename, reserve } from '../../support/fake-plant.js';
import { engines } from '../../support/journal-engines.js';
import { openJournal } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

/** Some seconds of settling, on a busy machine. */
const PATIENCE_MS = 25_000;

/** The id of the operation whose write this left in doubt. */
const lost = async (work: Promise<unknown>) => (await failureOf(work)).operationId ?? '';

describeAtOnce(engines, 'The time in which a lost write may still be applied, on $name', (engine) => {
  it('begins when the answer was given up', async () => {
    const place = await engine.place();
    const patient = await openJournal(place, { settings: { outcomeSettleS: 2 } });
    await patient.start();
    patient.plant.latencyMs = 1_500;
    patient.plant.next({ lateMs: 1_400 });
    const id = await lost(patient.run(reserve, { contractCode: 'u9', boxId: 'b9' }));
    patient.plant.latencyMs = 1;
    await until(async () => /^(APPLIED|FAILED)$/.test((await patient.state(id)) ?? ''), PATIENCE_MS);
    expect([await patient.state(id), patient.plant.held.has('u9')]).toEqual(['APPLIED', true]);
    await patient.stop();
    await place.remove();
  });

  it('ends with one more look, right after it', async () => {
    const place = await engine.place();
    const patient = await openJournal(place, { settings: { outcomeSettleS: 5 } });
    await patient.start();
    patient.plant.next('lost-before');
    const id = await lost(patient.run(rename, { contractCode: 'u10', name: 'x' }));
    const put = `select attempts, extract(epoch from due_at - last_write_at)::float8 as after_s from operation where id = '${id}'`;
    const rows = async () => (await patient.execute(put)) as { attempts: number; after_s: number }[];
    await until(
      async () => ((await rows())[0]?.attempts ?? 0) >= 3 && ((await rows())[0]?.after_s ?? 9) < 9,
      PATIENCE_MS,
    );
    expect((await rows())[0]?.after_s).toBeLessThan(5.5);
    await patient.stop();
    await place.remove();
  });

  if (engine.name === 'PGlite') {
    // Only a process that is alone on its database knows that nobody else is looking.
    it('is not waited for after a start: what a dead process left is looked at at once', async () => {
      const place = await engine.place();
      const dead = await openJournal(place);
      dead.plant.next('lost-after');
      const id = await lost(dead.run(rename, { contractCode: 'u11', name: 'x' }));
      await dead.execute(`update operation set due_at = now() + interval '1 hour', attempts = 9 where id = '${id}'`);
      await dead.stop();
      const next = await openJournal(place, { plant: dead.plant });
      await next.start();
      await until(async () => (await next.state(id)) === 'APPLIED', PATIENCE_MS);
      await next.stop();
      await place.remove();
    });
  }
});
