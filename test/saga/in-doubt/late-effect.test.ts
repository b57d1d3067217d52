import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { receiversAt } from '../../../src/domain/events.js';
import { UpstreamUnexpectedEffectError } from '../../../src/errors/app-error.js';
import type { Command } from '../../../src/saga/command.js';
import { defineSaga } from '../../../src/saga/engine.js';
import { done, untouched } from '../../../src/saga/saga.js';
import { describeAtOnce } from '../../support/at-once.js';
import { FakePlant, fakeCommands, rename, reserve } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { maria, openJournal, type TestJournal, TOKEN, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

/** As commands are: what to look for is not in what was asked, but in what was planned. */
const STATE = z.object({ contractCode: z.string(), boxId: z.string() });
const connect = defineSaga<
  FakePlant,
  { contractCode: string },
  z.infer<typeof STATE>,
  string | null,
  { contractCode: string }
>({
  action: 'port.change',
  queueable: false,
  state: STATE,
  version: 1,
  plan: async ({ contractCode }) => ({ projectId: 'sul', state: { contractCode, boxId: 'c' }, view: null }),
  read: ({ contractCode }, plant) => plant.read(() => plant.held.get(contractCode) ?? null),
  judge: (box, { contractCode, boxId }) =>
    box === boxId ? done({ contractCode }) : untouched(new UpstreamUnexpectedEffectError('not there', [])),
  steps: [
    {
      name: 'property.connect',
      due: (box) => box === null,
      write: (_box, { contractCode, boxId }, plant) =>
        plant.write('PATCH', 'properties/1', () => plant.held.set(contractCode, boxId)),
    },
  ],
});

const URL_OF_NOBODY = 'http://127.0.0.1:9/events';
const settings = { outcomeSettleS: 0.3, lookAgainS: 1.5, webhookRetryMs: 60_000 };
const receivers = () => receiversAt([URL_OF_NOBODY], `whsec_${Buffer.alloc(32).toString('base64')}`);

describeAtOnce(engines, 'An operation that was closed as not applied, on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;
  const plant = new FakePlant();
  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place, { plant, settings, receivers, commands: [...fakeCommands, connect] });
    await journal.start();
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  const closed = async (contractCode: string, command: Command<FakePlant, never, object> = reserve) => {
    plant.next('lost-before');
    const lost = await journal.run(command, { contractCode, boxId: 'b' }).catch((error: unknown) => error);
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

  it('is found by what it had planned, also where that is not what was asked', async () => {
    const id = await closed('e4', connect);
    plant.held.set('e4', 'c');
    await until(async () => (await lateEffectOf(id)) instanceof Date, 15_000);
    expect(await journal.state(id)).toBe('FAILED');
  });

  it('is planned anew where it is tried again before anything came', async () => {
    const id = await closed('e5', connect);
    const retried = await journal.retry(id, { session: plant, token: TOKEN, actor: maria, viewer });
    expect(retried.state).toBe('APPLIED');
    expect(plant.held.get('e5')).toBe('c');
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
