import { afterAll, beforeAll, expect, it } from 'vitest';
import { SEND } from '../../../src/domain/write.js';
import { describeAtOnce } from '../../support/at-once.js';
import { failureOf } from '../../support/failure-of.js';
import { activate, rename } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

describeAtOnce(engines, 'When the journal cannot be written, on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;

  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place);
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  const hide = (table: string) => journal.execute(`alter table ${table} rename to hidden`);
  const show = (table: string) => journal.execute(`alter table hidden rename to ${table}`);

  it('nothing is asked or sent', async () => {
    await hide('operation');
    expect(await failureOf(journal.run(rename, { contractCode: 'n1', name: 'x' }))).toMatchObject({
      code: 'JOURNAL_UNAVAILABLE',
    });
    expect((await journal.health()).database).toBe('down');
    await show('operation');
    expect(journal.plant.log).toEqual([]);
    expect(journal.plant.reads).toBe(0);
    expect(await journal.run(rename, { contractCode: 'n1', name: 'x' })).toMatchObject({ state: 'APPLIED' });
  });

  it('between two writes, the second is not sent and the operation is found out later', async () => {
    const plant = journal.plant;
    const write = plant.write.bind(plant);
    plant.write = (method, path, apply) => {
      const one = write(method, path, apply);
      return {
        ...one,
        [SEND]: async () => {
          const sent = await one[SEND]();
          await hide('operation_step');
          return sent;
        },
      };
    };
    const failure = await failureOf(journal.run(activate, { contractCode: 'n2' }));
    expect(failure).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
    expect(plant.active.has('n2')).toBe(true);
    expect(plant.names.has('n2')).toBe(false);
    plant.write = write;
    await show('operation_step');
    await journal.start();
    await until(async () => (await journal.state(failure.operationId ?? '')) === 'APPLIED');
    expect(plant.names.get('n2')).toBe('ativo');
    expect(plant.log.filter((line) => line.endsWith('/n2'))).toHaveLength(1);
  });

  it('after its stop, nothing is asked or sent', async () => {
    await journal.stop();
    const { reads } = journal.plant;
    const failure = await failureOf(journal.run(rename, { contractCode: 'n3', name: 'x' }));
    expect(failure).toMatchObject({ code: 'JOURNAL_UNAVAILABLE' });
    expect(journal.plant.reads).toBe(reads);
    expect((await journal.health()).database).toBe('down');
  });
});
