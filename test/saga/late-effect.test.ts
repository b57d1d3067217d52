import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiversAt } from '../../src/domain/events.js';
import { describeAtOnce } from '../support/at-once.js';
import { FakePlant, rename, reserve } from '../support/fake-plant.js';
import { engines, type Place } from '../support/journal-engines.js';
import { openJournal, type TestJournal, viewer } from '../support/open-journal.js';
import { until } from '../support/until.js';

const URL_OF_NOBODY = 'http://127.0.0.1:9/events';
const settings = { outcomeSettleS: 0.3, lookAgainS: 3, webhookRetryMs: 60_000 };
const receivers = () => receiversAt([URL_OF_NOBODY], `whsec_${Buffer.alloc(32).toString('base64')}`);

describeAtOnce(engines, 'An operation that was closed as not applied, on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;
  const plant = new FakePlant();
  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place, { plant, settings, receivers });
    await journal.start();
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  const closed = async (contractCode: string) => {
    plant.next('lost-before');
    const lost = await journal.run(reserve, { contractCode, boxId: 'b' }).catch((error: unknown) => error);
    const { operationId } = lost as { operationId: string };
    await until(async () => (await journal.state(operationId)) === 'FAILED');
    return operationId;
  };
  const lateEffectOf = async (id: string) => (await journal.findOperation(id, viewer))?.lateEffectAt;
  const eventsOf = async (id: string) => {
    const rows = await journal.execute(
      `select body::json ->> 'type' as type from delivery where operation_id = '${id}' order by seq`,
    );
    return (rows as { type: string }[]).map(({ type }) => type);
  };
  const isLookedAtAgain = async (id: string) =>
    (await journal.execute(`select 1 from operation where id = '${id}' and look_again_at is not null`)).length === 1;

  it('tells a late effect as an event of its own, stays FAILED, and is not undone', async () => {
    const id = await closed('e1');
    plant.held.set('e1', 'b');
    await until(async () => (await lateEffectOf(id)) instanceof Date, 15_000);
    expect(await journal.state(id)).toBe('FAILED');
    expect(await eventsOf(id)).toEqual(['operation.failed', 'operation.late_effect']);
    expect(plant.held.get('e1')).toBe('b');
    expect(await isLookedAtAgain(id)).toBe(false);
  });

  it('is looked at no more after its day, where nothing came', async () => {
    const id = await closed('e2');
    await until(async () => !(await isLookedAtAgain(id)), 15_000);
    expect(await lateEffectOf(id)).toBeNull();
    expect(await eventsOf(id)).toEqual(['operation.failed']);
  });

  it('is not said to have come late when a later command did the same', async () => {
    plant.next('lost-before');
    const lost = await journal.run(rename, { contractCode: 'e3', name: 'x' }).catch((error: unknown) => error);
    const { operationId: id } = lost as { operationId: string };
    await until(async () => (await journal.state(id)) === 'FAILED');
    await journal.run(rename, { contractCode: 'e3', name: 'x' });
    await until(async () => !(await isLookedAtAgain(id)), 15_000);
    expect(await lateEffectOf(id)).toBeNull();
  });
});

it('A start looks again at what an earlier process closed as not applied', async () => {
  const [engine] = engines;
  const place = (await engine?.place()) as Place;
  const plant = new FakePlant();
  const open = () => openJournal(place, { plant, settings: { ...settings, lookAgainS: 86_400 } });
  const first = await open();
  await first.start();
  plant.next('lost-before');
  const lost = await first.run(reserve, { contractCode: 's1', boxId: 'b' }).catch((error: unknown) => error);
  const { operationId } = lost as { operationId: string };
  await until(async () => (await first.state(operationId)) === 'FAILED');
  await first.stop();
  plant.held.set('s1', 'b');
  const second = await open();
  await second.start();
  await until(async () => (await second.findOperation(operationId, viewer))?.lateEffectAt instanceof Date);
  await second.stop();
  await place.remove();
});
