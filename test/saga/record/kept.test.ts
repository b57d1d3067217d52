import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ConflictError } from '../../../src/errors/app-error.js';
import type { Keeping } from '../../../src/saga/command.js';
import { describeAtOnce } from '../../support/at-once.js';
import { byHand } from '../../support/by-hand.js';
import { failureOf } from '../../support/failure-of.js';
import { type Coded, FakePlant, fakeCommands, rename } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { maria, openJournal, type TestJournal, TOKEN, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const TTL_MS = 300;

type Move = Coded & { home?: string; from?: string; takesPort?: boolean };

/** Leaves a home and a box that it finds out about: what it keeps, by contract. */
const move = byHand<FakePlant, Move, null>({
  action: 'port.change',
  queueable: false,
  async run({ contractCode, home = null, from = null, takesPort = false }, plant, operation) {
    await plant.read(() => {});
    operation.inProject('sul');
    const keeping: Keeping = { propertyIds: [home], boxIds: [from], takesPort };
    await operation.keep(keeping);
    await plant.read(() => {});
    operation.note({ kept: true }, 1);
    await operation.step(
      'property.move',
      plant.write('PATCH', `properties/${contractCode}`, () => plant.names.set(contractCode, 'moved')),
    );
    return null;
  },
  look: ({ contractCode }, plant) =>
    plant.read(() => (plant.names.has(contractCode) ? { seen: 'applied', outcome: null } : { seen: 'absent' })),
});

describeAtOnce(engines, 'What a command keeps, on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;
  const plant = new FakePlant();
  beforeAll(async () => {
    place = await engine.place();
    const settings = { leaseTtlMs: TTL_MS, outcomeSettleS: 2 };
    journal = await openJournal(place, { plant, commands: [...fakeCommands, move], settings });
    await journal.start();
  });
  afterEach(() => {
    plant.latencyMs = 1;
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  const started = async (input: Move, boxIds: string[] = []) => {
    const run = journal.run(move, input, { boxIds });
    run.catch(() => {});
    const [home] = [input.home ?? ''];
    await until(async () => (await journal.findKeptHomes()).includes(home));
    return { run };
  };

  it('is not for others while its write is in doubt, however long its leases are over, and is free at its end', async () => {
    plant.next({ lateMs: 1_500 });
    await expect(journal.run(move, { contractCode: 'm1', home: 'H1', from: 'B1' })).rejects.toMatchObject({
      code: 'UPSTREAM_OUTCOME_UNKNOWN',
    });
    await new Promise((later) => setTimeout(later, TTL_MS * 2));
    expect(await journal.findKeptHomes()).toEqual(['H1']);
    const other = (keeps: string[], boxIds: string[] = []) =>
      journal.run(rename, { contractCode: `m2-${keeps}${boxIds}`, name: 'x' }, { keeps, boxIds });
    await expect(other(['property:H1'])).rejects.toMatchObject({ code: 'CONFLICT', reason: 'BUSY' });
    await expect(other([], ['B1'])).rejects.toMatchObject({ code: 'CONFLICT', reason: 'BUSY' });
    const found = journal.run(move, { contractCode: 'm3', home: 'H1' });
    await expect(found).rejects.toMatchObject({ code: 'CONFLICT', reason: 'BUSY' });
    await until(async () => (await journal.findKeptHomes()).length === 0);
    expect(await other(['property:H1'])).toMatchObject({ state: 'APPLIED' });
    expect(await other([], ['B1'])).toMatchObject({ state: 'APPLIED' });
  });

  it('is asked for again with the same key once it is free', async () => {
    plant.next({ lateMs: 800 });
    await expect(journal.run(move, { contractCode: 'k1', home: 'K1' })).rejects.toThrow();
    const again = () => journal.run(move, { contractCode: 'k2', home: 'K1' }, { key: 'k2' });
    await expect(again()).rejects.toMatchObject({ reason: 'BUSY' });
    await until(async () => (await journal.findKeptHomes()).length === 0);
    expect(await again()).toMatchObject({ state: 'APPLIED' });
  });

  it('is not taken back by one that failed and is tried again, once it is kept by another', async () => {
    plant.next('lost-before');
    const failed = await failureOf(journal.run(rename, { contractCode: 'f1', name: 'x' }, { keeps: ['property:F'] }));
    const id = failed.operationId ?? '';
    await until(async () => (await journal.state(id)) === 'FAILED');
    plant.next({ lateMs: 1_000 });
    await expect(journal.run(move, { contractCode: 'f2', home: 'F' })).rejects.toThrow();
    const retried = journal.retry(id, { session: plant, token: TOKEN, actor: maria, viewer });
    expect(await failureOf(retried)).toMatchObject({ reason: 'BUSY' });
    await until(async () => (await journal.findKeptHomes()).length === 0);
  });

  it('may be given up by whoever gives a port of the same box back, in doubt or not', async () => {
    plant.next({ lateMs: 1_000 });
    await expect(journal.run(move, { contractCode: 'g1', home: 'G1', from: 'GB' })).rejects.toThrow();
    expect(await journal.run(move, { contractCode: 'g2', home: 'G2', from: 'GB' })).toMatchObject({ state: 'APPLIED' });
    const taker = journal.run(move, { contractCode: 'g3', home: 'G3', from: 'GB', takesPort: true });
    await expect(taker).rejects.toMatchObject({ reason: 'BUSY' });
    await until(async () => (await journal.findKeptHomes()).length === 0);
  });

  it('is waited for while its command is at work', async () => {
    plant.latencyMs = 300;
    const { run } = await started({ contractCode: 'w1', home: 'W1' });
    plant.latencyMs = 1;
    const second = await journal.run(rename, { contractCode: 'w2', name: 'x' }, { keeps: ['property:W1'] });
    expect(second).toMatchObject({ state: 'APPLIED' });
    expect(plant.log.filter((line) => /w[12]$/.test(line))).toEqual(['PATCH properties/w1', 'PATCH ftth-clients/w2']);
    await run;
  });

  it('is waited for by whoever finds out about it on the way, too, where the leases of its command ran out', async () => {
    plant.latencyMs = 300;
    const { run } = await started({ contractCode: 'w3', home: 'W3' });
    const ofRun = "(select run_id from operation where contract_code = 'w3' and state = 'PENDING')";
    await journal.execute(`delete from lease where holder = ${ofRun}`);
    plant.latencyMs = 1;
    expect(await journal.run(move, { contractCode: 'w4', home: 'W3' })).toMatchObject({ state: 'APPLIED' });
    expect(await failureOf(run)).toMatchObject({ reason: 'BUSY' });
  });

  it('keeps no two commands waiting for each other that change boxes', async () => {
    plant.latencyMs = 60;
    const runs = Array.from({ length: 6 }, (_, n) => {
      const [from = '', to = ''] = n % 2 === 0 ? ['S1', 'S2'] : ['S2', 'S1'];
      return journal.run(move, { contractCode: `s${n}`, home: `SH${n}`, from }, { boxIds: [to] });
    });
    expect(await Promise.all(runs)).toMatchObject(runs.map(() => ({ state: 'APPLIED' })));
  });
});

it('A command that wrote in an earlier run and is refused in a later one has failed: something was changed', async () => {
  const [engine] = engines;
  const place = (await engine?.place()) as Place;
  const plant = new FakePlant();
  const twice = byHand<FakePlant, Coded, null>({
    action: 'port.change',
    queueable: false,
    async run({ contractCode }, network, operation, facts) {
      operation.inProject('sul');
      if (facts.sent) throw new ConflictError('CODE_IN_USE', 'in use');
      operation.note({ sent: true }, 1);
      await operation.step(
        'client.restore',
        network.write('PATCH', `properties/${contractCode}`, () => {}),
      );
      throw new (class extends Error {})('cut short');
    },
    look: async () => ({ seen: 'partly' }),
  });
  const journal = await openJournal(place, { plant, commands: [...fakeCommands, twice] });
  await expect(journal.run(twice, { contractCode: 'c1' })).rejects.toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
  await journal.start();
  const states = () => journal.execute(`select state, problem ->> 'reason' as reason from operation`);
  await until(async () => JSON.stringify(await states()).includes('CODE_IN_USE'));
  expect(await states()).toEqual([{ state: 'FAILED', reason: 'CODE_IN_USE' }]);
  await journal.stop();
  await place.remove();
});
