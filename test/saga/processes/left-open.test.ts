import { afterAll, beforeAll, expect, it } from 'vitest';
import { activate, FakePlant, rename } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const [engine] = engines;
let place: Place;
let journal: TestJournal;

beforeAll(async () => {
  place = (await engine?.place()) as Place;
  journal = await openJournal(place, { settings: { leaseTtlMs: 400 } });
  await journal.start();
});
afterAll(async () => {
  await journal.stop();
  await place.remove();
});

/** What stays of an operation whose opening was committed while the answer to the COMMIT was cut off: a row that no run knows of. */
const leaveOpen = async (contractCode: string, { sent }: { sent: boolean }) => {
  const { operationId } = await journal.run(rename, { contractCode, name: 'before' });
  if (!sent) await journal.execute(`delete from operation_step where operation_id = '${operationId}'`);
  await journal.execute(`update operation set state = 'PENDING', outcome = null, finished_at = null, run_id = gen_random_uuid(),
    process_id = (select id from process) where id = '${operationId}'`);
  return operationId ?? '';
};

it('An operation that this process left open is found out, and its contract is free again', async () => {
  const id = await leaveOpen('l1', { sent: true });
  await until(async () => (await journal.state(id)) === 'APPLIED');
  expect(await journal.run(rename, { contractCode: 'l1', name: 'after' })).toMatchObject({ state: 'APPLIED' });
});

it('Of an operation that is taken up again, a step that OZmap acknowledged stays so', async () => {
  const { operationId } = await journal.run(activate, { contractCode: 'l4' });
  const step = `update operation_step set outcome = 'UNKNOWN', status = null where operation_id = '${operationId}' and seq = 1`;
  await journal.execute(step);
  await journal.execute(`update operation set state = 'PENDING', outcome = null, finished_at = null, run_id = gen_random_uuid(),
    process_id = (select id from process) where id = '${operationId}'`);
  await until(async () => (await journal.state(operationId ?? '')) === 'APPLIED');
  expect((await journal.stepsOf(operationId)).map(({ outcome }) => outcome)).toEqual(['UNKNOWN', 'DONE']);
});

it('An operation left open before anything was sent has failed', async () => {
  const id = await leaveOpen('l2', { sent: false });
  await until(async () => (await journal.state(id)) === 'FAILED');
  expect((await journal.findOperation(id, viewer))?.problem).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
});

it('An operation at work is left to its run, however long that takes', async () => {
  const slow = new FakePlant({ latencyMs: 1_500 });
  expect(await journal.run(rename, { contractCode: 'l3', name: 'x' }, { plant: slow })).toMatchObject({
    state: 'APPLIED',
  });
  expect(slow.log).toEqual(['PATCH ftth-clients/l3']);
});
