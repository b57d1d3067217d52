import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeAtOnce } from '../../support/at-once.js';
import { byHand } from '../../support/by-hand.js';
import { failureOf } from '../../support/failure-of.js';
import { activate, type Coded, FakePlant, fakeCommands, rename, reserve, withdraw } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

/** Notes how many facts it was given. */
const withNote = byHand<FakePlant, Coded, null>({
  action: 'client.cancel',
  queueable: true,
  async run(_input, plant, operation, facts) {
    operation.inProject('sul');
    operation.note({ sawFacts: Object.keys(facts).length, noted: true }, 1);
    await operation.step(
      'client.delete',
      plant.write('DELETE', 'ftth-clients/1', () => {}),
    );
    return null;
  },
  look: async () => ({ seen: 'absent' }),
});

describeAtOnce(engines, 'With OZmap away, the journal on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;
  let plant: FakePlant;
  let seen: string[];

  beforeAll(async () => {
    place = await engine.place();
    plant = new FakePlant();
    journal = await openJournal(place, {
      plant,
      commands: [...fakeCommands, withNote],
      backgroundProjectIds: () => plant.read(() => seen),
    });
    await journal.start();
  });
  beforeEach(() => {
    plant.away = true;
    seen = ['sul', 'norte'];
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  const ended = (id: string | null) =>
    until(async () => ['APPLIED', 'REFUSED', 'FAILED'].includes((await journal.state(id ?? '')) ?? ''), 20_000);

  it('accepts what may wait, refuses what takes a port, and carries it out in order when OZmap is back', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const queued = [];
    for (const name of names)
      for (const contractCode of ['q1', 'q2']) queued.push(await journal.run(rename, { contractCode, name }));
    expect(queued.every(({ state }) => state === 'QUEUED')).toBe(true);
    expect(await failureOf(journal.run(reserve, { contractCode: 'q3', boxId: 'b' }))).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    expect(await failureOf(journal.run(reserve, { contractCode: 'q1', boxId: 'b' }))).toMatchObject({
      reason: 'IN_PROGRESS',
    });
    expect((await journal.health()).queued).toBe(8);
    plant.away = false;
    for (const { operationId } of queued) await ended(operationId);
    for (const contractCode of ['q1', 'q2']) {
      const page = await journal.listOperations({ contractCode, states: ['APPLIED'] }, { first: 10 }, viewer);
      expect(page.edges.map(({ node }) => node.state)).toEqual(['APPLIED', 'APPLIED', 'APPLIED', 'APPLIED']);
      expect(plant.log.filter((line) => line.endsWith(contractCode))).toHaveLength(4);
      expect(plant.names.get(contractCode)).toBe('d');
    }
  });

  it('puts a new command behind those that wait, though OZmap may be back', async () => {
    await journal.run(rename, { contractCode: 'q4', name: 'first' });
    const held = new FakePlant();
    const second = await journal.run(rename, { contractCode: 'q4', name: 'second' }, { plant: held });
    expect(second.state).toBe('QUEUED');
    expect(held.log).toEqual([]);
    plant.away = false;
    await until(async () => (await journal.state(second.operationId ?? '')) === 'APPLIED', 20_000);
    expect(plant.names.get('q4')).toBe('second');
  });

  it('answers a repeated command with the operation that waits', async () => {
    const first = await journal.run(activate, { contractCode: 'q5' }, { key: 'q5' });
    expect(await journal.run(activate, { contractCode: 'q5' }, { key: 'q5' })).toEqual(first);
    expect(await journal.run(activate, { contractCode: 'q5' })).toEqual(first);
  });

  it('refuses a caller of whom OZmap never said what it sees', async () => {
    const failure = await failureOf(journal.run(activate, { contractCode: 'q6' }, { token: 'never seen' }));
    expect(failure).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('starts afresh from how things stand when OZmap is back', async () => {
    plant.away = false;
    plant.next('unsent');
    const { state, operationId } = await journal.run(withNote, { contractCode: 'q12' });
    expect(state).toBe('QUEUED');
    await ended(operationId);
    expect((await journal.findSnapshots([operationId ?? ''], viewer))[0]?.facts).toEqual({ sawFacts: 0, noted: true });
  });

  it('ends what OZmap refuses once it is back', async () => {
    const { operationId } = await journal.run(withdraw, { contractCode: 'q7' });
    plant.away = false;
    await until(async () => (await journal.state(operationId ?? '')) === 'REFUSED', 20_000);
    expect((await journal.findOperation(operationId ?? '', viewer))?.problem).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('fails what the background may not do for the caller', async () => {
    const wide = await journal.run(rename, { contractCode: 'q8', name: 'x' });
    await journal.rememberToken('norte', { ownerId: 'u3', ownerName: 'n', projectIds: ['norte'] });
    const elsewhere = await journal.run(rename, { contractCode: 'q9', name: 'x' }, { token: 'norte' });
    await journal.rememberToken('revoked', { ownerId: 'u4', ownerName: 'r', projectIds: ['sul'] });
    const revoked = await journal.run(rename, { contractCode: 'q10', name: 'x' }, { token: 'revoked' });
    await journal.forgetToken('revoked');
    seen = ['norte'];
    plant.away = false;
    const problem = async (id: string | null) => (await journal.findOperation(id ?? '', viewer))?.problem?.code;
    for (const { operationId } of [wide, elsewhere, revoked]) await ended(operationId);
    expect(await journal.state(wide.operationId ?? '')).toBe('FAILED');
    expect(await problem(wide.operationId)).toBe('FORBIDDEN');
    expect(await problem(elsewhere.operationId)).toBe('FORBIDDEN');
    expect(await problem(revoked.operationId)).toBe('FORBIDDEN');
    expect(plant.log.filter((line) => /q8|q9|q10/.test(line))).toEqual([]);
  });

  it('fails what waited too long, and carries it out where it comes again by its key', async () => {
    const ask = () => journal.run(activate, { contractCode: 'q11' }, { key: 'q11' });
    const { operationId } = await ask();
    // A turn of its job may be under way: then it does not wait at this moment.
    await until(async () => {
      const aged = await journal.execute(`update operation set queued_at = now() - interval '73 hours'
        where contract_code = 'q11' and state = 'QUEUED' returning 1`);
      return aged.length === 1;
    });
    plant.away = false;
    await ended(operationId);
    expect(await journal.findOperation(operationId ?? '', viewer)).toMatchObject({
      state: 'FAILED',
      problem: { code: 'UPSTREAM_UNAVAILABLE' },
    });
    expect(plant.active.has('q11')).toBe(false);
    expect(await ask()).toMatchObject({ state: 'APPLIED' });
    expect(plant.active.has('q11')).toBe(true);
  });
});
