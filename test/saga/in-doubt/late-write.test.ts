import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { SEND, type Write, WriteTooLateError } from '../../../src/domain/write.js';
import { byHand } from '../../support/by-hand.js';
import type { Coded, FakePlant } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal } from '../../support/open-journal.js';

/** Half of it may pass between the intent of a write and its sending. */
const TTL_MS = 400;

const [engine] = engines;
let place: Place;
let journal: TestJournal;

beforeAll(async () => {
  place = (await engine?.place()) as Place;
  journal = await openJournal(place, { settings: { leaseTtlMs: TTL_MS } });
});
afterAll(async () => {
  await journal.stop();
  await place.remove();
});

/** A write that waits for its place so long, each time it is sent. */
function waiting(plant: FakePlant, contractCode: string, waits: Pick<number[], 'shift'>): Write<void> {
  const write = plant.write('PATCH', `ftth-clients/${contractCode}`, () => plant.names.set(contractCode, 'x'));
  return {
    ...write,
    [SEND]: async (canStillSend) => {
      await new Promise((done) => setTimeout(done, waits.shift() ?? 0));
      if (!canStillSend?.()) throw new WriteTooLateError();
      return write[SEND]();
    },
  };
}

const nameAfter = (waits: Pick<number[], 'shift'>, meanwhile: () => Promise<unknown> = async () => {}) =>
  byHand<FakePlant, Coded, null>({
    action: 'port.change',
    queueable: false,
    async run({ contractCode }, plant, operation) {
      operation.inProject('sul');
      const sent = operation.step('client.rename', waiting(plant, contractCode, waits));
      await meanwhile();
      await sent;
      return null;
    },
    look: async () => ({ seen: 'absent' }),
  });

it('A write that waited longer than half the life of its leases is declared anew before it is sent', async () => {
  const { operationId } = await journal.run(nameAfter([TTL_MS]), { contractCode: 'w1' });
  expect(journal.plant.log).toEqual(['PATCH ftth-clients/w1']);
  expect(await journal.state(operationId)).toBe('APPLIED');
  const outcomes = (await journal.stepsOf(operationId)).map(({ outcome }) => outcome) ?? [];
  // A busy machine may take too long more than once.
  expect([new Set(outcomes.slice(0, -1)), outcomes.at(-1)]).toEqual([new Set(['NOT_SENT']), 'DONE']);
});

it('A write is declared anew where the clock was set back meanwhile: nobody knows how long it waited', async () => {
  const setBack = () => {
    if (!vi.isFakeTimers()) vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 1_000 });
    return 0;
  };
  const { operationId } = await journal.run(nameAfter({ shift: setBack }), { contractCode: 'w5' });
  vi.useRealTimers();
  expect((await journal.stepsOf(operationId)).map(({ outcome }) => outcome)).toEqual(['NOT_SENT', 'DONE']);
});

it('A write that waited while its operation went to another run is never sent', async () => {
  const takeOver = () =>
    journal.execute(`update operation set run_id = gen_random_uuid() where contract_code = 'w2' and state = 'PENDING'`);
  const lost = journal.run(nameAfter([TTL_MS], takeOver), { contractCode: 'w2' });
  await expect(lost).rejects.toMatchObject({ code: 'CONFLICT', reason: 'BUSY' });
  expect(journal.plant.names.has('w2')).toBe(false);
});

it('A write that never gets its place in time ends as not sent, and its key may be used again', async () => {
  const waits = Array.from({ length: 10 }, () => TTL_MS / 2 + 20);
  const lost = journal.run(nameAfter(waits), { contractCode: 'w3' }, { key: 'w3' });
  await expect(lost).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  expect(await journal.run(nameAfter([]), { contractCode: 'w3' }, { key: 'w3' })).toMatchObject({ state: 'APPLIED' });
  expect(journal.plant.log.filter((line) => line.endsWith('w3'))).toHaveLength(1);
});

it('A run that lost one of its leases sends no further write', async () => {
  const twice = byHand<FakePlant, Coded, null>({
    action: 'port.change',
    queueable: false,
    async run(_input, plant, operation) {
      operation.inProject('sul');
      const write = (path: string) => plant.write('PATCH', path, () => {});
      await operation.step('property.move', write('w4/first'));
      await journal.execute(`delete from lease where resource = 'box:w4'`);
      await operation.step('drop.delete', write('w4/second'));
      return null;
    },
    look: async () => ({ seen: 'absent' }),
  });
  const cutShort = journal.run(twice, { contractCode: 'w4' }, { boxIds: ['w4'] });
  await expect(cutShort).rejects.toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
  expect(journal.plant.log.filter((line) => line.includes('w4'))).toEqual(['PATCH w4/first']);
});

it('Writes that a command starts at once are sent one after the other', async () => {
  const both = byHand<FakePlant, Coded, null>({
    action: 'port.change',
    queueable: false,
    async run(_input, plant, operation) {
      operation.inProject('sul');
      const paths = ['w6/first', 'w6/second'];
      await Promise.all(
        paths.map((path) =>
          operation.step(
            'property.move',
            plant.write('PATCH', path, () => {}),
          ),
        ),
      );
      return null;
    },
    look: async () => ({ seen: 'absent' }),
  });
  const { operationId } = await journal.run(both, { contractCode: 'w6' });
  expect((await journal.stepsOf(operationId)).map(({ outcome }) => outcome)).toEqual(['DONE', 'DONE']);
});
