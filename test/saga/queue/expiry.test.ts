import { afterAll, beforeAll, expect, it } from 'vitest';
import { expireReservations } from '../../../src/commands/expire-reservations.js';
import { defineChain } from '../../../src/saga/chain.js';
import { describeAtOnce } from '../../support/at-once.js';
import { activate, extend, type FakePlant, fakeCommands, reserve, transfer } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const TTL_MS = 800;

/** Activates as what the contract is declared to be. */
const declare = defineChain<FakePlant, { contractCode: string }, Record<string, never>, Record<string, never>>({
  action: 'contract.declare',
  queueable: true,
  version: 1,
  commands: [activate],
  plan: async ({ contractCode }) => ({ links: [{ action: 'client.activate', input: { contractCode } }], noted: {} }),
  outcome: () => ({}),
});

describeAtOnce(engines, 'Reservations that end by themselves, on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;

  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place, {
      commands: [...fakeCommands, declare],
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

  it('stay when a declaration activated them, and nobody is told that they end', async () => {
    await journal.run(reserve, { contractCode: 'declared', boxId: 'declared' });
    await journal.run(declare, { contractCode: 'declared' });
    await new Promise((done) => setTimeout(done, 2 * TTL_MS));
    expect(await actors('declared')).toEqual([
      ['contract.declare', 'api-cnt', 'APPLIED'],
      ['port.reserve', 'api-cnt', 'APPLIED'],
    ]);
  });

  it('are left alone when another one stands under the same code', async () => {
    await journal.run(reserve, { contractCode: 'x4', boxId: 'b' });
    journal.plant.held.set('x4', 'another box');
    await until(async () => (await actors('x4'))[0]?.[2] === 'REFUSED');
    expect(journal.plant.held.get('x4')).toBe('another box');
  });

  it('end when they were extended to, later or sooner, and no earlier', async () => {
    await journal.run(reserve, { contractCode: 'x6', boxId: 'b6' });
    const until6 = new Date(Date.now() + 3 * TTL_MS);
    await journal.run(extend, { contractCode: 'x6', until: until6.toISOString() });
    expect((await journal.findReservations(['x6'])).get('x6')?.expiresAt).toEqual(until6);
    await until(() => !journal.plant.held.has('x6'));
    expect(Date.now()).toBeGreaterThanOrEqual(until6.getTime());
    expect((await actors('x6')).map(([action]) => action)).toEqual([
      'reservation.withdraw',
      'reservation.extend',
      'port.reserve',
    ]);
  });

  it('end under the contract that they were handed over to, whose timeline shows the transfer', async () => {
    await journal.run(reserve, { contractCode: 'x7', boxId: 'b7' });
    const expiresAt = (await journal.findReservations(['x7'])).get('x7')?.expiresAt?.toISOString() ?? null;
    await journal.run(transfer, { contractCode: 'x7', newContractCode: 'x8', expiresAt });
    const known = await journal.findReservations(['x7', 'x8']);
    expect([known.has('x7'), known.get('x8')?.expiresAt?.toISOString()]).toEqual([false, expiresAt]);
    await until(() => !journal.plant.held.has('x8'));
    await until(async () => (await actors('x8'))[0]?.[2] === 'APPLIED');
    expect((await actors('x8')).map(([action]) => action)).toEqual(['reservation.withdraw', 'client.transfer']);
    expect((await actors('x7')).map(([action]) => action)).toEqual(['client.transfer', 'port.reserve']);
  });

  it('stay when they are extended while their withdrawal waits for its turn', async () => {
    await journal.run(reserve, { contractCode: 'x9', boxId: 'b9' });
    // The extension has the contract until after the time is over; the withdrawal was claimed before it ended.
    journal.plant.latencyMs = TTL_MS + 400;
    const later = new Date(Date.now() + 60_000).toISOString();
    await journal.run(extend, { contractCode: 'x9', until: later });
    journal.plant.latencyMs = 1;
    await until(async () => (await actors('x9'))[0]?.[0] === 'reservation.withdraw');
    await until(async () => (await actors('x9'))[0]?.[2] === 'REFUSED');
    expect(journal.plant.held.has('x9')).toBe(true);
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
