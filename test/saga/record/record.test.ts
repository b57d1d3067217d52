import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SEND } from '../../../src/domain/write.js';
import { ConflictError, UpstreamRefusedError } from '../../../src/errors/app-error.js';
import { defineSaga } from '../../../src/saga/engine.js';
import { untouched, wrong } from '../../../src/saga/saga.js';
import { failureOf } from '../../support/failure-of.js';
import { activate, FakePlant, rename, reserve } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

describe.each(engines)('The journal on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;

  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place, { settings: { leaseWaitMs: 3_000 } });
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });
  beforeEach(() => {
    journal.statements.length = 0;
  });

  it('keeps a command, its steps and its end', async () => {
    const recorded = await journal.run(activate, { contractCode: 'a1' });
    expect(recorded).toMatchObject({ state: 'APPLIED', outcome: { contractCode: 'a1' } });
    const operation = await journal.findOperation(recorded.operationId ?? '', viewer);
    expect(operation).toMatchObject({
      action: 'client.activate',
      contractCode: 'a1',
      projectId: 'sul',
      state: 'APPLIED',
      actor: 'api-cnt',
      cntUser: 'maria',
      retriedBy: null,
      problem: null,
    });
    const steps = await journal.stepsOf(recorded.operationId);
    expect(steps).toMatchObject([
      { name: 'client.implant', method: 'PATCH', path: 'ftth-clients/a1', status: 204, outcome: 'DONE' },
      { name: 'client.name', method: 'PATCH', path: 'ftth-clients/a1/name', status: 204, outcome: 'DONE' },
    ]);
    expect(operation?.finishedAt).toBeInstanceOf(Date);
    expect(steps[0]?.at).toBeInstanceOf(Date);
    expect(steps[0]?.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('takes one statement before the first request, one for each write and one after the last', async () => {
    const marks: string[] = [];
    const plant = new FakePlant();
    const read = plant.read.bind(plant);
    plant.read = async (what) => {
      marks.push(`read after ${journal.statements.length}`);
      return read(what);
    };
    await journal.run(activate, { contractCode: 'a2' }, { plant, look: false, key: 'k-a2', boxIds: ['b1'] });
    const sql = journal.statements.map((text) => text.trim().split(/\s+/).slice(0, 2).join(' '));
    const opening = sql.slice(0, Number(marks[0]?.split(' ').at(-1)));
    const rest = sql.slice(opening.length);
    expect(marks).toHaveLength(1);
    expect(opening).toEqual(['select open_at_once($1::uuid,']);
    expect(rest).toEqual(['with held', 'with held', 'with mine']);
  });

  it('has the intent of a write on disk when the write is sent', async () => {
    const seen: unknown[] = [];
    await journal.record(
      {
        action: 'client.update',
        contractCode: 'a3',
        input: {},
        idempotencyKey: null,
        actor: { ownerId: 'u1', ownerName: 'api', cntUser: null },
        token: 't',
        boxIds: [],
      },
      async (operation) => {
        operation.inProject('sul');
        await operation.step('client.rename', {
          method: 'PATCH',
          path: 'ftth-clients/3',
          [SEND]: async () => {
            seen.push(await journal.state(operation.operationId ?? ''));
            seen.push((await journal.stepsOf(operation.operationId)).map(({ outcome }) => outcome));
            return { status: 204, value: undefined };
          },
        });
        return {};
      },
    );
    expect(seen).toEqual(['PENDING', ['SENT']]);
  });

  it('keeps a refusal with its reason and details, and names the operation in it', async () => {
    const plant = new FakePlant({ ports: 0 });
    const failure = await failureOf(journal.run(reserve, { contractCode: 'a4', boxId: 'b4' }, { plant }));
    expect(failure).toMatchObject({ code: 'CONFLICT', reason: 'BOX_FULL' });
    expect(await journal.findOperation(failure.operationId ?? '', viewer)).toMatchObject({
      state: 'REFUSED',
      problem: { code: 'CONFLICT', reason: 'BOX_FULL', details: [{ field: 'boxId', value: 'b4' }] },
    });
  });

  it.each([
    ['REFUSED', 'all that it wrote is taken back', 'taken', async () => null],
    ['REFUSED', 'all is taken back, OZmap having said no', 'no', async () => null],
    ['FAILED', 'it knows no way back', 'stays', undefined],
  ])('ends %s where it is refused after a write and %s', async (state, _, code, compensate) => {
    const halfway = defineSaga<FakePlant, { contractCode: string }, { box: string }, number, object>({
      action: 'port.change',
      queueable: false,
      state: z.object({ box: z.string() }),
      version: 1,
      plan: async () => ({ projectId: 'sul', state: { box: 'b' }, view: 0 }),
      read: async () => 1,
      judge: (writes) => {
        const problem =
          code === 'no' ? new UpstreamRefusedError(422, 'no') : new ConflictError('ALREADY_ACTIVE', 'is active');
        return writes === 0 ? untouched(problem) : wrong(problem);
      },
      steps: [
        { name: 'drop.cut', due: () => true, write: (_view, _state, plant) => plant.write('POST', 'cut', () => {}) },
      ],
      ...(compensate && { compensate }),
    });
    const refused = await failureOf(journal.run(halfway, { contractCode: `halfway-${code}` }));
    expect(refused.code).toBe(code === 'no' ? 'UPSTREAM_REFUSED' : 'CONFLICT');
    expect(await journal.state(refused.operationId ?? '')).toBe(state);
  });

  it('takes text that a database dislikes', async () => {
    const name = 'a\u0000b \ud800 \u2028 🙂 \' " \\';
    const { operationId } = await journal.run(rename, { contractCode: 'a5', name });
    expect((await journal.findSnapshots([operationId ?? ''], viewer))[0]?.input).toEqual({ contractCode: 'a5', name });
  });

  it('keeps null and absence apart', async () => {
    const input = { contractCode: 'a6', name: 'x', observation: null };
    const { operationId } = await journal.run(rename, input);
    expect((await journal.findSnapshots([operationId ?? ''], viewer))[0]?.input).toEqual(input);
  });

  it('lets commands of one contract in one after the other', async () => {
    const plant = new FakePlant({ latencyMs: 5 });
    let inside = 0;
    let most = 0;
    const read = plant.read.bind(plant);
    plant.read = async (what) => {
      inside += 1;
      most = Math.max(most, inside);
      const result = await read(what);
      inside -= 1;
      return result;
    };
    const names = Array.from({ length: 10 }, (_, i) => `n${i}`);
    await Promise.all(names.map((name) => journal.run(rename, { contractCode: 'a7', name }, { plant })));
    expect(most).toBe(1);
    expect(plant.log).toHaveLength(10);
    expect(plant.names.get('a7')).toBe('n9');
  });

  it('refuses with BUSY when a turn does not come in time', async () => {
    const plant = new FakePlant({ latencyMs: 1_600 });
    const first = journal.run(rename, { contractCode: 'a8', name: 'x' }, { plant });
    const failure = await failureOf(journal.run(rename, { contractCode: 'a8', name: 'y' }, { plant }));
    expect(failure).toMatchObject({ code: 'CONFLICT', reason: 'BUSY' });
    await first;
  });

  it('frees its leases whatever happened', async () => {
    journal.plant.next('refuse');
    await failureOf(journal.run(rename, { contractCode: 'a9', name: 'x' }, { boxIds: ['b9'] }));
    await until(
      async () =>
        (await journal.run(rename, { contractCode: 'a9', name: 'y' }, { boxIds: ['b9'] })).state === 'APPLIED',
      500,
    );
  });
});
