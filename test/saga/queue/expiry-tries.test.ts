import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireReservations } from '../../../src/commands/expire-reservations.js';
import { UpstreamUnavailableError } from '../../../src/errors/app-error.js';
import type { OperationRecord } from '../../../src/saga/reads/records.js';
import { failureOf } from '../../support/failure-of.js';
import { reserve } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { maria, openJournal, type TestJournal, TOKEN, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const [engine] = engines;

describe.runIf(engine)('The withdrawal of an expired reservation', () => {
  let place: Place;
  let journal: TestJournal;

  beforeAll(async () => {
    if (!engine) return;
    place = await engine.place();
    // An hour until a reservation ends, and one until the next try: they are over when a test says so.
    journal = await openJournal(place, { scheduled: [expireReservations({ ttlHours: 1, firstPauseMs: 3_600_000 })] });
    await journal.start();
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  const withdrawals = async (contractCode: string): Promise<OperationRecord[]> =>
    (
      await journal.listOperations({ contractCode, actions: ['reservation.withdraw'] }, { first: 30 }, viewer)
    ).edges.map(({ node }) => node);
  const ended = (contractCode: string, ...states: string[]) =>
    until(async () => (await withdrawals(contractCode)).map(({ state }) => state).join() === states.join());
  const theHourPasses = (contractCode: string) =>
    journal.execute(`update operation set due_at = now(), expires_at = now()
      where contract_code = '${contractCode}' and action = 'port.reserve'`);
  const postponed = (contractCode: string) =>
    until(async () => {
      const rows = await journal.execute(`select 1 from operation where contract_code = '${contractCode}'
        and due_at > now() + interval '10 minutes'`);
      return rows.length === 1;
    });

  it('is tried again, as another operation, after its write was lost', async () => {
    await journal.run(reserve, { contractCode: 't1', boxId: 'b' });
    journal.plant.next('lost-before');
    await theHourPasses('t1');
    await ended('t1', 'FAILED');
    await postponed('t1');
    await theHourPasses('t1');
    await ended('t1', 'APPLIED', 'FAILED');
    expect(journal.plant.held.has('t1')).toBe(false);
  });

  it('makes room for the others while OZmap refuses it, and is given up in the end', async () => {
    await journal.run(reserve, { contractCode: 't2', boxId: 'b2' });
    journal.plant.next('refuse');
    await theHourPasses('t2');
    await ended('t2', 'REFUSED');
    await postponed('t2');
    await journal.run(reserve, { contractCode: 't3', boxId: 'b2' });
    await theHourPasses('t3');
    await ended('t3', 'APPLIED');
    expect(await withdrawals('t2')).toHaveLength(1);
    await journal.execute(`update operation set attempts = 15 where contract_code = 't2' and due_at is not null`);
    journal.plant.next('refuse');
    await theHourPasses('t2');
    const isSettled = async () =>
      (
        await journal.execute(
          `select 1 from operation where contract_code = 't2' and expires_at is not null and due_at is null`,
        )
      ).length === 1;
    await until(isSettled);
    expect(journal.plant.held.has('t2')).toBe(true);
  });

  it('is never given up for the time that OZmap is away', () => {
    const { afterFailure } = expireReservations({ ttlHours: 1 });
    expect(afterFailure(new UpstreamUnavailableError('away'), 99)).toMatchObject({ counts: false });
  });

  it('withdraws nobody else\u2019s reservation when its failed operation is tried again by hand', async () => {
    await journal.run(reserve, { contractCode: 't4', boxId: 'b4' });
    journal.plant.next('lost-before');
    await theHourPasses('t4');
    await ended('t4', 'FAILED');
    journal.plant.held.set('t4', 'another box');
    const [failed] = await withdrawals('t4');
    const by = { session: journal.plant, token: TOKEN, actor: maria, viewer };
    expect(await failureOf(journal.retry(failed?.id ?? '', by))).toMatchObject({ code: 'NOT_FOUND' });
    expect(journal.plant.held.get('t4')).toBe('another box');
  });
});
