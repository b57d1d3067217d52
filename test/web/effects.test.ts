import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProspectEffects } from '../../src/web/ozloc/effects/commands.js';
import type { EffectContext } from '../../src/web/ozloc/effects/context.js';
import { createSaleEffects } from '../../src/web/ozloc/effects/sale.js';
import { createViabilityEffects, REST_MS } from '../../src/web/ozloc/effects/viability.js';
import type { OzlocState } from '../../src/web/ozloc/state/state.js';
import { createIdempotencyKeys, RequestFailed } from '../../src/web/shared/graphql-client.js';
import { anAnswer, aPole, at, HOME, pageAtHome } from './support.js';

interface Sent {
  variables: { input?: Record<string, unknown>; id?: string };
  signal: AbortSignal | undefined;
}

/** A page over answers given in order; what was sent is kept. */
function page(answers: (object | Error)[], over: Partial<OzlocState> = {}) {
  const store = pageAtHome(over);
  const sent: Sent[] = [];
  const refused = vi.fn();
  const context: EffectContext = {
    store,
    client: {
      async request(_document, variables, signal) {
        sent.push({ variables: variables as Sent['variables'], signal });
        const answer = answers.shift();
        if (answer instanceof Error) throw answer;
        return answer as never;
      },
    },
    keys: createIdempotencyKeys('test'),
    tokenRefused: refused,
    wait: async () => undefined,
  };
  return { store, sent, context, refused };
}

const reservation = {
  contractCode: '1',
  client: { contractCode: '1' },
  property: null,
  box: null,
  connection: null,
  drop: null,
};
const problem = (code: string, reason: string | null = null, operationId: string | null = null) => ({
  reservePort: {
    reservation: null,
    problem: { code, reason, message: 'x', operationId, details: [] },
    warnings: [],
    operation: null,
  },
});
const reserved = {
  reservePort: { reservation, problem: null, warnings: [], operation: { id: 'o', state: 'APPLIED' } },
};
const operation = (id: string, state: string, trouble: object | null = null) => ({
  integrationOperation: { id, state, problem: trouble },
});
const chosen: Partial<OzlocState> = { view: 'sale', choice: { kind: 'box', boxId: 'A' } };

function sale(answers: (object | Error)[]) {
  const { store, sent, context, refused } = page(answers, chosen);
  store.dispatch({ type: 'form.changed', patch: { contractCode: ' 1 ', name: 'Bar' } });
  const refresh = vi.fn(async () => undefined);
  return { store, sent, refresh, refused, effects: createSaleEffects(context, refresh) };
}

describe('confirming', () => {
  it('sends once, however often it is pressed', async () => {
    const { effects, sent, store } = sale([reserved, reserved]);
    await Promise.all([effects.submit(), effects.submit(), effects.submit()]);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.variables.input).toMatchObject({ contractCode: '1', boxId: 'A', location: HOME, name: 'Bar' });
    expect(store.get()).toMatchObject({ view: 'done', outcome: { kind: 'reserved' } });
  });

  it('sends once where the outcome is unknown, looks until it has ended, and tells what stands', async () => {
    const { effects, sent, store } = sale([
      problem('UPSTREAM_OUTCOME_UNKNOWN', null, 'op'),
      operation('op', 'UNKNOWN'),
      operation('op', 'PENDING'),
      operation('op', 'APPLIED'),
      { reservation },
    ]);
    await effects.submit();
    expect(store.get().view).toBe('done');
    expect(sent.filter(({ variables }) => variables.input)).toHaveLength(1);
  });

  it('tells why where the outcome was unknown and nothing stands in the end', async () => {
    const failed = { ...problem('CONFLICT', 'BOX_FULL').reservePort.problem, operationId: 'op' };
    const { effects, store } = sale([
      problem('UPSTREAM_OUTCOME_UNKNOWN', null, 'op'),
      operation('op', 'FAILED', failed),
    ]);
    await effects.submit();
    expect(store.get()).toMatchObject({
      view: 'sale',
      submission: { status: 'refused', trouble: { reason: 'BOX_FULL' } },
    });
  });

  it('waits for the other command on the contract to end, whatever comes of it, and then sends its own again', async () => {
    const { effects, sent, store } = sale([
      problem('CONFLICT', 'IN_PROGRESS', 'other'),
      operation('other', 'APPLIED'),
      reserved,
    ]);
    await effects.submit();
    expect(store.get().view).toBe('done');
    const keys = sent.flatMap(({ variables }) => variables.input?.idempotencyKey ?? []);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('keeps its key when the access was lost, so that the same command goes on with a new link', async () => {
    const { effects, sent } = sale([new RequestFailed('NETWORK'), new RequestFailed('UNAUTHENTICATED'), reserved]);
    await effects.submit();
    await effects.submit();
    expect(new Set(sent.map(({ variables }) => variables.input?.idempotencyKey)).size).toBe(1);
  });

  it('repeats the same command when the answer got lost on the way', async () => {
    const { effects, sent, store } = sale([new RequestFailed('NETWORK'), reserved]);
    await effects.submit();
    expect(store.get().view).toBe('done');
    expect(sent[0]?.variables).toEqual(sent[1]?.variables);
  });

  it('keeps what was typed and drawn when it is refused, asks the list again, and takes a new key for a new try', async () => {
    const { effects, sent, store, refresh } = sale([problem('CONFLICT', 'PORT_TAKEN'), reserved]);
    store.dispatch({ type: 'drawing.started' });
    store.dispatch({ type: 'drawing.pole', pole: aPole('1', 30) });
    store.dispatch({ type: 'drawing.closed', boxId: 'A' });
    await effects.submit();
    expect(store.get()).toMatchObject({
      view: 'sale',
      form: { name: 'Bar' },
      drawing: { poles: [{ id: '1' }], boxId: 'A' },
      submission: { status: 'refused', trouble: { reason: 'PORT_TAKEN' } },
    });
    expect(refresh).toHaveBeenCalledOnce();
    await effects.submit();
    expect(sent[1]?.variables.input?.dropPath).toEqual(sent[0]?.variables.input?.dropPath);
    expect(sent[0]?.variables.input?.dropPath).toHaveLength(3);
    expect(sent[0]?.variables.input?.idempotencyKey).not.toBe(sent[1]?.variables.input?.idempotencyKey);
  });

  it('says that the access is over', async () => {
    const { effects, refused } = sale([new RequestFailed('UNAUTHENTICATED')]);
    await effects.submit();
    expect(refused).toHaveBeenCalledOnce();
  });
});

describe('keeping a lead', () => {
  const created = {
    createProspect: { prospect: { id: 'p' }, problem: null, operation: { id: 'o', state: 'APPLIED' } },
  };
  const refusedBy = (code: string, operationId: string | null = null) => ({
    createProspect: { prospect: null, problem: { ...problem(code).reservePort.problem, operationId }, operation: null },
  });

  function lead(answers: (object | Error)[]) {
    const { store, sent, context } = page(answers, { view: 'prospect' });
    store.dispatch({ type: 'form.changed', patch: { name: 'Sítio', phone: '31' } });
    const inputs = () => sent.map(({ variables }) => variables.input ?? {}).filter((input) => 'location' in input);
    return { store, inputs, effects: createProspectEffects(context) };
  }

  it('sends one lead, however often it is pressed', async () => {
    const { effects, inputs, store } = lead([created, created]);
    await Promise.all([effects.createProspect(), effects.createProspect()]);
    expect(inputs()).toMatchObject([
      { name: 'Sítio', phone: '31', location: HOME, idempotencyKey: expect.any(String) },
    ]);
    expect(store.get().view).toBe('prospect-done');
  });

  it('repeats the same lead when the answer got lost on the way', async () => {
    const { effects, inputs, store } = lead([new RequestFailed('NETWORK'), created]);
    await effects.createProspect();
    expect(store.get().view).toBe('prospect-done');
    expect(inputs()).toHaveLength(2);
    expect(inputs()[0]).toEqual(inputs()[1]);
  });

  it('looks how it ended where OZmap did not confirm, and stays in sight meanwhile', async () => {
    const { effects, inputs, store } = lead([
      refusedBy('UPSTREAM_OUTCOME_UNKNOWN', 'op'),
      operation('op', 'UNKNOWN'),
      operation('op', 'APPLIED'),
    ]);
    const seen: string[] = [];
    store.subscribe(({ view, submission }) => {
      if (submission.status !== 'waiting') return;
      if (seen.length === 0) store.dispatch({ type: 'prospect.left' });
      seen.push(view);
    });
    await effects.createProspect();
    expect(inputs()).toHaveLength(1);
    expect(seen).toContain('prospect');
    expect(seen).not.toContain('list');
    expect(store.get().view).toBe('prospect-done');
  });

  it('is the same lead at the next press where its end is not sure, and a new one where it was refused', async () => {
    const { effects, inputs } = lead([
      new RequestFailed('UNAUTHENTICATED'),
      refusedBy('UPSTREAM_REFUSED'),
      refusedBy('UPSTREAM_REFUSED'),
    ]);
    for (let press = 0; press < 3; press += 1) await effects.createProspect();
    const [first, second, third] = inputs().map(({ idempotencyKey }) => idempotencyKey);
    expect(second).toBe(first);
    expect(third).not.toBe(second);
  });
});

describe('idempotency keys', () => {
  it('are one per thing asked', () => {
    const keys = createIdempotencyKeys('test');
    const first = keys.keyFor({ a: 1 });
    expect(keys.keyFor({ a: 1 })).toBe(first);
    expect(keys.keyFor({ a: 2 })).not.toBe(first);
    keys.forget(first);
    expect(keys.keyFor({ a: 1 })).not.toBe(first);
  });
});

describe('asking what is on offer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('waits until the position rests, and asks once', async () => {
    const { store, sent, context } = page([{ viability: anAnswer() }]);
    const effects = createViabilityEffects(context);
    for (const step of [1, 2, 3]) {
      store.dispatch({ type: 'position.moved', to: { ...at(step), accuracyM: 0, source: 'pin' } });
      effects.positionChanged();
      await vi.advanceTimersByTimeAsync(REST_MS - 100);
    }
    expect(sent).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(sent.map(({ variables }) => variables.input)).toEqual([{ location: at(3) }]);
    expect(store.get().viability.status).toBe('ready');
  });

  it('cancels the question before, and ignores its answer', async () => {
    const { sent, context } = page([{ viability: anAnswer() }, { viability: anAnswer() }], { tags: ['norte'] });
    const effects = createViabilityEffects(context);
    const first = effects.search('Rua A, 10');
    const second = effects.search('Rua B, 20');
    await Promise.all([first, second]);
    expect(sent[0]?.signal?.aborted).toBe(true);
    expect(sent[1]).toMatchObject({ variables: { input: { address: 'Rua B, 20', tags: ['norte'] } } });
  });

  it('asks for the token when one is needed first, and then goes on with what was asked', async () => {
    const { store, sent, context } = page([{ viability: anAnswer() }], { access: 'needed', position: null });
    const effects = createViabilityEffects(context);
    expect(effects.resume()).toBe(false);
    await effects.search('Rua A, 10');
    expect(sent).toHaveLength(0);
    expect(store.get().access).toBe('asked');
    store.dispatch({ type: 'access.changed', access: 'granted' });
    expect(effects.resume()).toBe(true);
    expect(sent[0]?.variables.input).toEqual({ address: 'Rua A, 10' });
    expect(effects.resume()).toBe(false);
  });

  it('where nothing is on offer tells the nearest box and the nearest beyond planning, unless they come late', async () => {
    const box = (id: string, eastM: number, status: string) => ({ box: { id, name: id, ...at(eastM), status } });
    const boxes = [box('1', 90, 'DRAFT'), box('2', 95, 'DRAFT'), box('3', 99, 'IMPLANTED'), box('4', 120, 'IMPLANTED')];
    const nothing = { viability: anAnswer({ boxes: [] }) };
    let come = (_: object) => {};
    const late = new Promise<object>((resolve) => {
      come = resolve;
    });
    const { store, context } = page([nothing, { boxes }, nothing, late]);
    const told = () => store.get().nearest.map(({ id }) => id);
    const effects = createViabilityEffects(context);
    await effects.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(told()).toEqual(['1', '3']);
    await effects.refresh();
    store.dispatch({ type: 'position.moved', to: { ...at(500), accuracyM: 0, source: 'pin' } });
    come({ boxes });
    await vi.advanceTimersByTimeAsync(0);
    expect(told()).toEqual([]);
  });

  it('takes coordinates for a place, not for an address', async () => {
    const { store, sent, context } = page([{ viability: anAnswer() }], { position: null });
    await createViabilityEffects(context).search('-19.5, -44.25');
    expect(sent[0]?.variables.input).toEqual({ location: { lat: -19.5, lng: -44.25 } });
    expect(store.get().position).toMatchObject({ accuracyM: 0, source: 'pin' });
  });
});
