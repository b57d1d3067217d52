import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeAtOnce } from '../../support/at-once.js';
import { failureOf } from '../../support/failure-of.js';
import { activate, rename, reserve, withdraw } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { maria, openJournal, type TestJournal, TOKEN, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

/** Some seconds of settling, on a busy machine. */
const PATIENCE_MS = 25_000;

describeAtOnce(engines, 'A write whose answer is lost, on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;
  let seen = ['sul', 'norte'];

  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place, { backgroundProjectIds: async () => seen });
    await journal.start();
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  const lose = async (work: Promise<unknown>) => {
    const failure = await failureOf(work);
    expect(failure).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
    return failure.operationId ?? '';
  };

  it('is UNKNOWN, too, where an answer came that nobody understands', async () => {
    journal.plant.next('garbled');
    const id = await lose(journal.run(rename, { contractCode: 'u12', name: 'x' }));
    await until(async () => (await journal.state(id)) === 'APPLIED');
  });

  it('is UNKNOWN, and APPLIED once it is seen', async () => {
    journal.plant.next('lost-after');
    const id = await lose(journal.run(rename, { contractCode: 'u1', name: 'x' }, { key: 'u1' }));
    expect(await journal.state(id)).toBe('UNKNOWN');
    await until(async () => (await journal.state(id)) === 'APPLIED');
    expect(await journal.run(rename, { contractCode: 'u1', name: 'x' }, { key: 'u1' })).toEqual({
      state: 'APPLIED',
      outcome: { name: 'x' },
      operationId: id,
    });
    expect(journal.plant.log.filter((line) => line.endsWith('/u1'))).toHaveLength(1);
  });

  it('is the same operation to a repeated key, and keeps others off the contract', async () => {
    journal.plant.next('lost-before');
    const id = await lose(journal.run(rename, { contractCode: 'u2', name: 'x' }, { key: 'u2' }));
    expect(await lose(journal.run(rename, { contractCode: 'u2', name: 'x' }, { key: 'u2' }))).toBe(id);
    expect(await lose(journal.run(rename, { contractCode: 'u2', name: 'x' }))).toBe(id);
    expect(await failureOf(journal.run(activate, { contractCode: 'u2' }))).toMatchObject({
      code: 'CONFLICT',
      reason: 'IN_PROGRESS',
      operationId: id,
    });
  });

  it('is FAILED only after it stayed absent, and never sent again', async () => {
    journal.plant.next('lost-before');
    const startedAt = Date.now();
    const id = await lose(journal.run(reserve, { contractCode: 'u3', boxId: 'b3' }));
    await until(async () => (await journal.state(id)) === 'FAILED');
    expect(Date.now() - startedAt).toBeGreaterThan(1_000);
    expect(journal.plant.held.has('u3')).toBe(false);
    expect((await journal.findOperation(id, viewer))?.problem).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('is APPLIED when OZmap applies it late', async () => {
    journal.plant.next({ lateMs: 600 });
    const id = await lose(journal.run(reserve, { contractCode: 'u4', boxId: 'b4' }));
    await until(async () => (await journal.state(id)) === 'APPLIED');
    expect(journal.plant.log.filter((line) => line === 'POST properties')).toHaveLength(1);
  });

  it('is carried out by its key where it stayed absent, as its refusal says', async () => {
    const again = () => journal.run(reserve, { contractCode: 'u13', boxId: 'b13' }, { key: 'u13' });
    journal.plant.next('lost-before');
    const id = await lose(again());
    await until(async () => (await journal.state(id)) === 'FAILED');
    const { state, operationId } = await again();
    expect([state, journal.plant.held.get('u13')]).toEqual(['APPLIED', 'b13']);
    expect(operationId).not.toBe(id);
    expect((await again()).operationId).toBe(operationId);
  });

  it('is carried on when part of it was seen, each write once', async () => {
    journal.plant.next('ok', 'lost-before');
    const id = await lose(journal.run(activate, { contractCode: 'u5' }));
    await until(async () => (await journal.state(id)) === 'APPLIED');
    expect(journal.plant.log.filter((line) => line.includes('/u5'))).toEqual([
      'PATCH ftth-clients/u5',
      'PATCH ftth-clients/u5/name',
    ]);
    expect((await journal.stepsOf(id)).map(({ outcome }) => outcome)).toEqual(['DONE', 'UNKNOWN', 'DONE']);
  });

  it('is not judged while OZmap is away', async () => {
    journal.plant.next('lost-before');
    const id = await lose(journal.run(rename, { contractCode: 'u6', name: 'x' }));
    journal.plant.away = true;
    await new Promise((done) => setTimeout(done, 1_500));
    expect(await journal.state(id)).toBe('UNKNOWN');
    journal.plant.away = false;
    await until(async () => (await journal.state(id)) === 'FAILED');
  });

  it('of a command cut short after a write counts as unknown too', async () => {
    journal.plant.next('ok', 'unsent');
    const id = await lose(journal.run(activate, { contractCode: 'u7' }));
    await until(async () => (await journal.state(id)) === 'APPLIED');
  });

  it('may be tried again once it failed, as the same operation', async () => {
    journal.plant.next('lost-before');
    const id = await lose(journal.run(rename, { contractCode: 'u8', name: 'x' }));
    await until(async () => (await journal.state(id)) === 'FAILED');
    const by = { session: journal.plant, token: TOKEN, actor: maria };
    expect(
      await failureOf(journal.retry(id, { ...by, viewer: { ownerId: 'u2', projectIds: ['norte'] } })),
    ).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await journal.retry(id, { ...by, viewer })).toMatchObject({ state: 'APPLIED', operationId: id });
    expect(await failureOf(journal.retry(id, { ...by, viewer }))).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('is not tried again once a command that came after it was carried out', async () => {
    journal.plant.next('lost-before');
    const id = await lose(journal.run(rename, { contractCode: 'u21', name: 'old' }));
    await until(async () => (await journal.state(id)) === 'FAILED', PATIENCE_MS);
    await journal.run(rename, { contractCode: 'u21', name: 'new' });
    const again = journal.retry(id, { session: journal.plant, token: TOKEN, actor: maria, viewer });
    expect(await failureOf(again)).toMatchObject({ code: 'BAD_USER_INPUT', operationId: id });
    expect(journal.plant.names.get('u21')).toBe('new');
    expect(await journal.state(id)).toBe('FAILED');
  });

  it('is remembered by its operation also where it could not be found out in time', async () => {
    journal.plant.next('lost-after');
    const id = await lose(journal.run(reserve, { contractCode: 'u20', boxId: 'b20' }));
    seen = [];
    await journal.execute(
      `update operation set requested_at = now() - interval '73 hours', attempts = 101, due_at = now() where id = '${id}'`,
    );
    await until(async () => (await journal.state(id)) === 'FAILED', PATIENCE_MS);
    expect((await journal.findSnapshots([id], viewer))[0]?.facts).toMatchObject({ boxId: 'b20' });
    seen = ['sul', 'norte'];
  });

  it('is not judged by a background that cannot see what its caller saw, and ends with that once it is too old', async () => {
    await journal.run(reserve, { contractCode: 'u9', boxId: 'b9' });
    seen = ['norte'];
    journal.plant.next('lost-before');
    const id = await lose(journal.run(withdraw, { contractCode: 'u9' }));
    // To whom does not see it, it looks gone.
    journal.plant.held.delete('u9');
    await until(
      async () => (await journal.execute(`select 1 from operation where id = '${id}' and attempts > 1`)).length > 0,
    );
    expect(await journal.state(id)).toBe('UNKNOWN');
    await journal.execute(
      `update operation set requested_at = now() - interval '73 hours', attempts = 101, due_at = now() where id = '${id}'`,
    );
    await until(async () => (await journal.state(id)) === 'FAILED');
    expect((await journal.findOperation(id, viewer))?.problem).toMatchObject({ code: 'FORBIDDEN' });
    seen = ['sul', 'norte'];
  });
});
