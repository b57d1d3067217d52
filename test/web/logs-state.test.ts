import { describe, expect, it } from 'vitest';
import {
  LogsNewsDocument,
  LogsOperationsDocument,
  LogsRetryOperationDocument,
} from '../../src/generated/logs-operations.js';
import { createEffects } from '../../src/web/logs/effects/effects.js';
import { NO_FILTERS } from '../../src/web/logs/state/filters.js';
import {
  type LoggedOperation,
  type OperationList,
  reachOfRunning,
  withKept,
  withNewest,
  withOlder,
} from '../../src/web/logs/state/operation-list.js';
import { initialState, type LogsState, readsEveryMs, reduce, TICK_MS } from '../../src/web/logs/state/state.js';
import { type GraphqlClient, RequestFailed } from '../../src/web/shared/graphql-client.js';
import { createStore } from '../../src/web/shared/store.js';

const operation = (id: string, state: LoggedOperation['state'] = 'APPLIED') =>
  ({ id, state, contractCode: null as string | null, changes: [] as LoggedOperation['changes'] }) as LoggedOperation;
const listed = (ids: string, hasOlder = false): OperationList => ({
  operations: [...ids].map((id) => operation(id)),
  hasOlder,
  endCursor: ids.at(-1) ?? null,
});
const idsOf = ({ operations }: OperationList) => operations.map(({ id }) => id).join('');

describe('the list, read again', () => {
  it('gets what is new on top, and keeps what is older than what was read', () => {
    const list = withNewest(listed('fedcba', true), listed('hgfe', true));
    expect(idsOf(list)).toBe('hgfedcba');
    expect(list).toMatchObject({ hasOlder: true, endCursor: 'a' });
  });

  it('hides no gap: where the two do not meet, the older part goes', () => {
    expect(withNewest(listed('cba'), listed('zyx', true))).toEqual(listed('zyx', true));
  });

  it('loses what the search no longer finds', () => {
    expect(idsOf(withNewest(listed('dcba'), listed('db')))).toBe('db');
  });

  it('shows nothing twice when a page overlaps', () => {
    expect(idsOf(withOlder(listed('dcb', true), listed('ba')))).toBe('dcba');
  });

  it('reaches down to the oldest that runs', () => {
    const operations = [operation('d'), operation('c', 'UNKNOWN'), operation('b'), operation('a', 'FAILED')];
    expect(reachOfRunning({ operations, hasOlder: false, endCursor: null })).toBe(2);
  });
});

describe('what is open', () => {
  it('stays in its place though the search no longer finds it', () => {
    const at = (id: string, requestedAt: string) => ({ ...operation(id), requestedAt });
    const list = { operations: [at('c', '3'), at('a', '1')], hasOlder: false, endCursor: 'a' };
    expect(idsOf(withKept(list, [at('b', '2'), at('0', '0'), at('c', '3')]))).toBe('cba0');
  });
});

describe('reading by itself', () => {
  const state = (over: Partial<LogsState> = {}) =>
    initialState({ filters: NO_FILTERS, nowMs: 0, access: 'granted', list: listed('a'), ...over });
  const running = { operations: [operation('a', 'QUEUED')], hasOlder: false, endCursor: 'a' };

  it('is due every second, every 15 s while it fails, and never without access or with “live” off', () => {
    expect(readsEveryMs(state({ list: running }))).toBe(1_000);
    expect(readsEveryMs(state())).toBe(1_000);
    expect(readsEveryMs(state({ list: running, trouble: 'NETWORK' }))).toBe(15_000);
    expect(readsEveryMs(state({ list: running, live: false }))).toBeNull();
    expect(readsEveryMs(state({ list: running, access: 'refused' }))).toBeNull();
  });

  const searched = (search: string) => readsEveryMs(state({ filters: { ...NO_FILTERS, search } }));

  it.each(['', '900001', 'Prado'])(
    'leaves two answers half a second of the 2 s within which the page follows %j',
    (search) => {
      expect((searched(search) ?? 0) + TICK_MS).toBeLessThanOrEqual(1_500);
    },
  );

  it('is due less often where OZmap is asked for a name each time', () => {
    expect([searched('Prado'), searched('900001')]).toEqual([1_250, 1_000]);
  });
});

describe('what is set in motion', () => {
  type Answer = (document: object, variables: unknown, signal?: AbortSignal) => Promise<unknown>;
  function pageWith(answer: Answer) {
    const asked: object[] = [];
    const store = createStore(reduce, initialState({ filters: NO_FILTERS, nowMs: 0, access: 'granted' }));
    const client = {
      request: (document: object, variables: unknown, signal?: AbortSignal) => {
        asked.push(document);
        return answer(document, variables, signal);
      },
    } as GraphqlClient;
    const tokenRefused = () => store.dispatch({ type: 'access.refused' });
    let time = 5_000;
    const nowMs = () => time;
    const pass = (ms: number) => {
      time += ms;
    };
    return { store, asked, nowMs, pass, effects: createEffects({ store, client, tokenRefused, nowMs }) };
  }
  const pageOf = (...nodes: LoggedOperation[]) => ({
    integrationOperations: {
      edges: nodes.map((node) => ({ node })),
      pageInfo: { hasNextPage: false, endCursor: null },
    },
  });

  it('shows the last search, whichever answers first', async () => {
    const late: ((value: unknown) => void)[] = [];
    const { store, effects } = pageWith(() => new Promise((resolve) => late.push(resolve)));
    const first = effects.search({ ...NO_FILTERS, contract: '1' });
    const second = effects.search({ ...NO_FILTERS, contract: '2' });
    late[1]?.(pageOf(operation('b')));
    late[0]?.(pageOf(operation('a')));
    await Promise.all([first, second]);
    expect(idsOf(store.get().list)).toBe('b');
  });

  it('forgets the list when the token is no longer accepted', async () => {
    const { store, effects } = pageWith(async () => pageOf(operation('a')));
    await effects.search(NO_FILTERS);
    const refused = pageWith(async () => Promise.reject(new RequestFailed('UNAUTHENTICATED')));
    refused.store.dispatch({ type: 'search.loaded', list: store.get().list, nowMs: 1 });
    await refused.effects.refresh();
    expect(refused.store.get()).toMatchObject({ access: 'refused', list: { operations: [] } });
  });

  it('shows a retried operation as it came back, then reads again', async () => {
    const { store, effects, asked } = pageWith(async (document) =>
      document === LogsRetryOperationDocument
        ? { retryOperation: { operation: operation('a', 'PENDING'), problem: null } }
        : pageOf(operation('a', 'PENDING')),
    );
    store.dispatch({
      type: 'search.loaded',
      list: { operations: [operation('a', 'FAILED')], hasOlder: false, endCursor: null },
      nowMs: 1,
    });
    await effects.retry('a');
    expect(store.get()).toMatchObject({ retries: {}, list: { operations: [{ state: 'PENDING' }] } });
    expect(asked).toEqual([LogsRetryOperationDocument, LogsOperationsDocument]);
  });

  /** The page after a search, a second later at each tick; what it asks meanwhile. */
  async function following(found: LoggedOperation[], filters = NO_FILTERS) {
    let now = found;
    const page = pageWith(async () => pageOf(...now));
    await page.effects.search(filters);
    const asks = () => page.asked.splice(0).filter((document) => FOLLOWED.includes(document));
    asks();
    return {
      ...page,
      async tick(then: LoggedOperation[], seconds = 1) {
        now = then;
        page.pass(seconds * 1_000);
        page.effects.tick();
        await expect.poll(() => page.store.get().readAtMs).toBe(page.nowMs());
        return asks();
      },
    };
  }
  const FOLLOWED: object[] = [LogsNewsDocument, LogsOperationsDocument];

  it('asks for news each second, and reads all again only where there are some', async () => {
    const page = await following([operation('a')]);
    expect(await page.tick([operation('a')])).toEqual([LogsNewsDocument]);
    expect(await page.tick([operation('b'), operation('a')])).toEqual([LogsNewsDocument, LogsOperationsDocument]);
    expect(idsOf(page.store.get().list)).toBe('ba');
    const again = { ...operation('b'), finishedAt: 'later' } as unknown as LoggedOperation;
    expect(await page.tick([again, operation('a')])).toEqual([LogsNewsDocument, LogsOperationsDocument]);
    expect(await page.tick([again, operation('a')])).toEqual([LogsNewsDocument]);
  });

  it('reads all of what still runs, write by write, and now and then all of what has ended', async () => {
    const page = await following([operation('a', 'PENDING')]);
    expect(await page.tick([operation('a', 'PENDING')])).toEqual([LogsOperationsDocument]);
    expect(await page.tick([operation('a')])).toEqual([LogsOperationsDocument]);
    expect(await page.tick([operation('a')])).toEqual([LogsNewsDocument]);
    expect(await page.tick([operation('a')], 15)).toEqual([LogsOperationsDocument]);
  });

  it('asks nothing while an answer is on its way, nor before a second has passed', async () => {
    let answer: (value: unknown) => void = () => {};
    const page = pageWith(() => new Promise((resolve) => (answer = resolve)));
    const search = page.effects.search(NO_FILTERS);
    answer(pageOf(operation('a')));
    await search;
    page.asked.length = 0;
    page.pass(999);
    page.effects.tick();
    expect(page.asked).toEqual([]);
    page.pass(1);
    for (let tick = 0; tick < 20; tick++) {
      page.effects.tick();
      page.pass(250);
    }
    expect(page.asked).toEqual([LogsNewsDocument]);
  });

  it('tells nothing that was read before something newer was asked', async () => {
    const late: ((value: unknown) => void)[] = [];
    const { store, effects } = pageWith(async (document) =>
      document === LogsOperationsDocument ? pageOf() : new Promise((resolve) => late.push(resolve)),
    );
    store.dispatch({ type: 'search.loaded', list: listed('a'), nowMs: 1 });
    store.dispatch({ type: 'operation.toggled', id: 'a' });
    const first = effects.refresh();
    await expect.poll(() => late.length).toBe(1);
    const second = effects.refresh();
    await expect.poll(() => late.length).toBe(2);
    late[1]?.({ integrationOperation: operation('a', 'APPLIED') });
    late[0]?.({ integrationOperation: operation('a', 'PENDING') });
    await Promise.all([first, second]);
    expect(store.get().list.operations).toEqual([operation('a', 'APPLIED')]);
  });

  it('says that a retry did not arrive', async () => {
    const { store, effects } = pageWith(async () => Promise.reject(new RequestFailed('NETWORK')));
    await effects.retry('a');
    expect(store.get().retries).toEqual({ a: { status: 'refused', problem: null, code: 'NETWORK' } });
  });
});
