import { afterAll, beforeAll, expect, it } from 'vitest';
import { expireReservations } from '../../src/commands/expire-reservations.js';
import { describeAtOnce } from '../support/at-once.js';
import { activate, reserve } from '../support/fake-plant.js';
import { engines, type Place } from '../support/journal-engines.js';
import { openJournal, type TestJournal, viewer } from '../support/open-journal.js';
import { until } from '../support/until.js';

const TTL_MS = 800;

describeAtOnce(engines, 'Reservations that end by themselves, on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;

  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place, {
      scheduled: [expireReservations({ ttlHours: TTL_MS / 3_600_000, firstPauseMs: 100 })],
    });
    await journal.start();
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  const actors = async (contractCode: string) =>
    (await journal.listOperations({ contractCode }, { first: 9 }, viewer)).edges.map(({ node }) => [
      node.action,
      node.actor,
      node.state,
    ]);

  it('carry their end and are withdrawn by the system when it passes', async () => {
    await journal.run(reserve, { contractCode: 'x1', boxId: 'b' });
    const expiresAt = (await journal.findReservations(['x1'])).get('x1')?.expiresAt;
    expect(expiresAt?.getTime()).toBeGreaterThan(Date.now());
    await until(async () => (await actors('x1')).length === 2);
    await until(async () => (await actors('x1'))[0]?.[2] === 'APPLIED');
    expect(await actors('x1')).toEqual([
      ['reservation.withdraw', 'system', 'APPLIED'],
      ['port.reserve', 'api-cnt', 'APPLIED'],
    ]);
    expect(journal.plant.held.has('x1')).toBe(false);
  });

  it('stay when they were activated, here or in OZmap', async () => {
    await journal.run(reserve, { contractCode: 'x2', boxId: 'b' });
    await journal.run(activate, { contractCode: 'x2' });
    await journal.run(reserve, { contractCode: 'x3', boxId: 'b' });
    journal.plant.active.add('x3');
    await until(async () => (await actors('x3'))[0]?.[2] === 'REFUSED');
    await new Promise((done) => setTimeout(done, TTL_MS));
    expect(await actors('x2')).toHaveLength(2);
    expect(await actors('x3')).toHaveLength(2);
    expect([...journal.plant.held.keys()]).toEqual(['x2', 'x3']);
  });

  it('are left alone when another one stands under the same code', async () => {
    await journal.run(reserve, { contractCode: 'x4', boxId: 'b' });
    journal.plant.held.set('x4', 'another box');
    await until(async () => (await actors('x4'))[0]?.[2] === 'REFUSED');
    expect(journal.plant.held.get('x4')).toBe('another box');
  });

  it('wait for OZmap without leaving a trace of every try', async () => {
    await journal.run(reserve, { contractCode: 'x5', boxId: 'b5' });
    journal.plant.away = true;
    await new Promise((done) => setTimeout(done, TTL_MS + 500));
    expect(await actors('x5')).toHaveLength(1);
    journal.plant.away = false;
    await until(() => !journal.plant.held.has('x5'));
  });
});
