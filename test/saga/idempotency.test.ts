import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '../support/failure-of.js';
import { activate, FakePlant, rename, reserve, withdraw } from '../support/fake-plant.js';
import { engines, type Place, postgres } from '../support/journal-engines.js';
import { maria, openJournal, type TestJournal } from '../support/open-journal.js';
import { until } from '../support/until.js';

describe.each(engines)('Repeating a command on $name', (engine) => {
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

  it('answers the same key and input with the stored outcome, without any request', async () => {
    const first = await journal.run(rename, { contractCode: 'i1', name: 'x' }, { key: 'k1' });
    const reads = journal.plant.reads;
    const second = await journal.run(rename, { name: 'x', contractCode: 'i1' }, { key: 'k1' });
    expect(second).toEqual(first);
    expect(journal.plant.reads).toBe(reads);
    expect(journal.plant.log.filter((line) => line.endsWith('/i1'))).toHaveLength(1);
  });

  it('refuses the same key with another input, contract or action', async () => {
    await journal.run(rename, { contractCode: 'i2', name: 'x' }, { key: 'k2' });
    for (const work of [
      () => journal.run(rename, { contractCode: 'i2', name: 'y' }, { key: 'k2' }),
      () => journal.run(rename, { contractCode: 'i2b', name: 'x' }, { key: 'k2' }),
      () => journal.run(activate, { contractCode: 'i2' }, { key: 'k2' }),
    ])
      expect(await failureOf(work())).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  it('keeps the keys of different owners apart', async () => {
    await journal.run(rename, { contractCode: 'i3', name: 'x' }, { key: 'k3' });
    const other = { ...maria, ownerId: 'u2' };
    await expect(
      journal.run(rename, { contractCode: 'i3b', name: 'y' }, { key: 'k3', actor: other }),
    ).resolves.toMatchObject({
      state: 'APPLIED',
    });
  });

  it('answers IN_PROGRESS with the operation while the key is running', async () => {
    const plant = new FakePlant({ latencyMs: 150 });
    const first = journal.run(rename, { contractCode: 'i4', name: 'x' }, { key: 'k4', plant });
    const failure = await failureOf(journal.run(rename, { contractCode: 'i4', name: 'x' }, { key: 'k4', plant }));
    expect(failure).toMatchObject({ code: 'CONFLICT', reason: 'IN_PROGRESS' });
    expect(failure.operationId).toBe((await first).operationId);
  });

  it('answers each of several at once with what is stored, once the key has ended', async () => {
    const ask = () => journal.run(rename, { contractCode: 'i14', name: 'x' }, { key: 'k14' });
    const first = await ask();
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([first, first, first]);
  });

  it('throws a stored refusal again, as it was', async () => {
    const plant = new FakePlant({ ports: 0 });
    const run = () => journal.run(reserve, { contractCode: 'i5', boxId: 'b' }, { key: 'k5', plant });
    const first = await failureOf(run());
    const reads = plant.reads;
    const second = await failureOf(run());
    expect(second).toMatchObject({ code: 'CONFLICT', reason: 'BOX_FULL', details: [{ field: 'boxId', value: 'b' }] });
    expect(second.operationId).toBe(first.operationId);
    expect(plant.reads).toBe(reads);
  });

  it('lets a key be used again when OZmap was away and nothing was done', async () => {
    const plant = new FakePlant();
    plant.away = true;
    const run = () => journal.run(reserve, { contractCode: 'i6', boxId: 'b' }, { key: 'k6', plant });
    expect(await failureOf(run())).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    plant.away = false;
    expect(await run()).toMatchObject({ state: 'APPLIED' });
  });

  it('answers a repeated command without key with the operation that applied it, while it still stands', async () => {
    const first = await journal.run(activate, { contractCode: 'i7' });
    expect(await journal.run(activate, { contractCode: 'i7' })).toEqual(first);
    expect(journal.plant.log.filter((line) => line.includes('/i7'))).toHaveLength(2);
  });

  it('answers it from the journal while OZmap is away', async () => {
    const plant = new FakePlant();
    const first = await journal.run(activate, { contractCode: 'i11' }, { plant });
    plant.away = true;
    expect(await journal.run(activate, { contractCode: 'i11' }, { plant })).toEqual(first);
  });

  it('tells it to no other token while OZmap is away, unless that token was last seen to see the project', async () => {
    const plant = new FakePlant();
    const first = await journal.run(rename, { contractCode: 'i12', name: 'x' }, { plant });
    plant.away = true;
    const ask = (ownerId: string) =>
      journal.run(
        rename,
        { contractCode: 'i12', name: 'x' },
        { plant, token: `token-of-${ownerId}`, actor: { ...maria, ownerId } },
      );
    expect(await failureOf(ask('stranger'))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    const remember = (ownerId: string, projectIds: string[]) =>
      journal.rememberToken(`token-of-${ownerId}`, { ownerId, ownerName: ownerId, projectIds });
    await remember('neighbour', ['sul']);
    expect(await ask('neighbour')).toEqual(first);
    await remember('northerner', ['norte']);
    expect(await ask('northerner')).toMatchObject({ state: 'QUEUED', outcome: null });
  });

  it('runs a repeated command without key when somebody undid it in OZmap', async () => {
    const first = await journal.run(rename, { contractCode: 'i8', name: 'x' });
    journal.plant.names.set('i8', 'somebody else');
    const second = await journal.run(rename, { contractCode: 'i8', name: 'x' });
    expect(second.operationId).not.toBe(first.operationId);
    expect(journal.plant.names.get('i8')).toBe('x');
  });

  it('asks again, and runs nothing, when another did the same while it looked', async () => {
    const plant = new FakePlant();
    const ask = () => journal.run(rename, { contractCode: 'i13', name: 'x' }, { plant });
    await ask();
    plant.names.set('i13', 'somebody else');
    const read = plant.read.bind(plant);
    let other: ReturnType<typeof ask> | undefined;
    plant.read = async (what) => {
      const seen = await read(what);
      if (other) return seen;
      other = ask();
      await other;
      return seen;
    };
    expect(await ask()).toEqual(await other);
    expect(plant.log).toHaveLength(2);
  });

  it('reserves again after a withdrawal, the command being the same', async () => {
    const first = await journal.run(reserve, { contractCode: 'i9', boxId: 'b9' });
    await journal.run(withdraw, { contractCode: 'i9' });
    const second = await journal.run(reserve, { contractCode: 'i9', boxId: 'b9' });
    expect(second).toMatchObject({ state: 'APPLIED', outcome: { boxId: 'b9' } });
    expect(second.operationId).not.toBe(first.operationId);
    expect(journal.plant.held.get('i9')).toBe('b9');
  });

  it('forgets a key after its days', async () => {
    await journal.run(rename, { contractCode: 'i10', name: 'x' }, { key: 'k10' });
    const forgetful = engine.name === 'PostgreSQL' ? await openJournal(place, { settings: { keyDays: 0 } }) : null;
    if (!forgetful) return;
    await until(
      async () => (await forgetful.run(rename, { contractCode: 'i10', name: 'y' }, { key: 'k10' })).state === 'APPLIED',
    );
    await forgetful.stop();
  });
});

describe.skipIf(!postgres)('A key that comes to two processes on one PostgreSQL', () => {
  let place: Place;
  let journals: TestJournal[];
  beforeAll(async () => {
    if (!postgres) return;
    place = await postgres.place();
    journals = [await openJournal(place), await openJournal(place)];
  });
  afterAll(async () => {
    for (const journal of journals) await journal.stop();
    await place.remove();
  });

  it('is carried out by one, and every repetition is told the one operation there is', async () => {
    const [one, two] = journals as [TestJournal, TestJournal];
    const plant = new FakePlant({ latencyMs: 300 });
    const send = (journal: TestJournal) => journal.run(rename, { contractCode: 'p1', name: 'x' }, { key: 'p1', plant });
    const first = send(one);
    await until(() => plant.reads === 1);
    const repeated = await Promise.all([failureOf(send(two)), failureOf(send(two)), failureOf(send(one))]);
    const { operationId } = await first;
    expect(repeated).toMatchObject(repeated.map(() => ({ reason: 'IN_PROGRESS', operationId })));
    expect(await send(two)).toEqual(await first);
    expect(plant.log).toHaveLength(1);
  });
});
