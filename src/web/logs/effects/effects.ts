import {
  type ExtendReservationInput,
  LogsCountsDocument,
  LogsExtendReservationDocument,
  LogsNamesDocument,
  LogsNewsDocument,
  LogsOperationDocument,
  LogsOperationsDocument,
  LogsRetryOperationDocument,
  type LogsRetryOperationMutation,
  LogsTransferClientDocument,
  type TransferClientInput,
} from '../../../generated/logs-operations.js';
import { codeOf, createIdempotencyKeys, type GraphqlClient } from '../../shared/graphql-client.js';
import type { Store } from '../../shared/store.js';
import { type Filters, filterOf } from '../state/filters.js';
import {
  boxesOf,
  EMPTY_LIST,
  type LoggedOperation,
  listOf,
  markOf,
  type OperationList,
  reachOfRunning,
  withNewest,
} from '../state/operation-list.js';
import { type Action, type LogsState, type Retry, readsEveryMs } from '../state/state.js';

/** What a person asks for a contract that stands in OZmap. */
export type Move = { kind: 'extend'; input: ExtendReservationInput } | { kind: 'transfer'; input: TransferClientInput };

type RetryEnded = Extract<Action, { type: 'retry.ended' }>;

const PAGE = 20;
/** The most that the journal gives at once. */
const MAX_PAGE = 100;
const CLOCK_MS = 10_000;
const NAMES_AGAIN_MS = 15_000;
/** What changes of an operation after its end, as what is found out late, is read as often as this. */
const ALL_AGAIN_MS = 15_000;
const COUNTS_AGAIN_MS = 2_000;

/** What effects work with: the state, the subgraph, and time. */
export interface EffectContext {
  store: Store<LogsState, Action>;
  client: GraphqlClient;
  /** The token is of no more use. */
  tokenRefused(): void;
  nowMs(): number;
}

/** Everything that a person's action, or time, sets in motion beyond the state itself. */
export interface Effects {
  search(filters: Filters): Promise<void>;
  /** Reads the newest part again, down to the oldest operation that still runs. */
  refresh(): Promise<void>;
  older(): Promise<void>;
  retry(id: string): Promise<void>;
  /** Carries it out once: asked again with the same input after a lost answer it is the same command. Null: done; else why not. */
  move(move: Move): Promise<Extract<Retry, { status: 'refused' }> | null>;
  /** Called four times a second while the page can be seen: asks for news when that is due. */
  tick(): void;
}

export function createEffects({ store, client, tokenRefused, nowMs }: EffectContext): Effects {
  const keys = createIdempotencyKeys('logs');
  let running: AbortController | null = null;
  /** How many readings have begun: an older answer is not shown after a newer one. */
  let readings = 0;
  /** OZmap, when it is away, is not asked for names with every reading. */
  let namesFromMs = 0;
  /** The newest part as it was read last, and when. */
  let seen = { mark: '', atMs: 0 };
  let countedAtMs = 0;

  async function listed(
    filters: Filters,
    page: { first: number; after: string | null },
    signal: AbortSignal,
  ): Promise<OperationList> {
    if (filters.operation) {
      const { integrationOperation } = await client.request(LogsOperationDocument, { id: filters.operation }, signal);
      return { ...EMPTY_LIST, operations: integrationOperation ? [integrationOperation] : [] };
    }
    const variables = { filter: filterOf(filters, nowMs()), ...page };
    const { integrationOperations } = await client.request(LogsOperationsDocument, variables, signal);
    return integrationOperations ? listOf(integrationOperations) : EMPTY_LIST;
  }

  async function read(first: number, after: string | null): Promise<OperationList | null> {
    const list = await alone((signal) => listed(store.get().filters, { first, after }, signal));
    if (list && after === null) seen = { mark: markOf(list.operations), atMs: nowMs() };
    return list;
  }

  /** One reading at a time; a newer one takes the place of the one before. */
  async function alone<Answer>(ask: (signal: AbortSignal) => Promise<Answer>): Promise<Answer | null> {
    running?.abort();
    readings += 1;
    const mine = new AbortController();
    running = mine;
    try {
      const answer = await ask(mine.signal);
      return mine.signal.aborted ? null : answer;
    } catch (error) {
      if (!mine.signal.aborted) failed(error);
      return null;
    } finally {
      if (running === mine) running = null;
    }
  }

  /** Names of what came new into the list: one request for any number of operations; the list does not wait for them. */
  async function name(): Promise<void> {
    const { list, names } = store.get();
    const unknown = (ids: (string | null)[], known: object) =>
      [...new Set(ids.filter((id) => id !== null && !(id in known)))] as string[];
    const contractCodes = unknown(
      list.operations.map(({ contractCode }) => contractCode),
      names.clients,
    );
    const boxIds = unknown(list.operations.flatMap(boxesOf), names.boxes);
    if (contractCodes.length + boxIds.length === 0 || nowMs() < namesFromMs) return;
    namesFromMs = nowMs() + NAMES_AGAIN_MS;
    const found = await client.request(LogsNamesDocument, { contractCodes, boxIds }).catch(() => null);
    if (!found) return;
    namesFromMs = 0;
    const now = store.get().names;
    const clients = Object.fromEntries(contractCodes.map((code, at) => [code, found.clients?.[at] ?? null]));
    const boxes = Object.fromEntries(boxIds.map((id, at) => [id, found.boxesById?.[at] ?? null]));
    store.dispatch({
      type: 'names.loaded',
      names: { clients: { ...now.clients, ...clients }, boxes: { ...now.boxes, ...boxes } },
    });
  }

  /** The totals of the day, or of what is searched in; the list does not wait for them, and does without. */
  async function count(): Promise<void> {
    const { filters } = store.get();
    if (filters.operation) return;
    countedAtMs = nowMs();
    const filter = filterOf({ ...filters, state: null, period: filters.period ?? 'today' }, nowMs());
    const counted = await client.request(LogsCountsDocument, { filter }).catch(() => null);
    const counts = counted?.integrationOperationCounts;
    if (counts && store.get().filters === filters) store.dispatch({ type: 'counts.loaded', counts });
  }

  function failed(error: unknown) {
    const code = codeOf(error);
    if (code === 'UNAUTHENTICATED') tokenRefused();
    else store.dispatch({ type: 'request.failed', code, nowMs: nowMs() });
  }

  async function refresh() {
    store.dispatch({ type: 'asked', nowMs: nowMs() });
    const first = Math.min(MAX_PAGE, Math.max(PAGE, reachOfRunning(store.get().list)));
    const reading = read(first, null);
    const mine = readings;
    const list = await reading;
    if (!list) return;
    // Other states than those that are searched for change as well, and their totals with them.
    if (store.get().filters.state !== null || isNews(list)) void count();
    const kept = await readKept(list);
    if (readings === mine) store.dispatch({ type: 'newest.loaded', list, kept, nowMs: nowMs() });
    void name();
  }

  /** Reads again what may have changed: nothing, where a question that is much cheaper says so. */
  async function follow() {
    const { filters, list, trouble } = store.get();
    const known = seen.mark;
    // What runs is told write by write.
    const all = nowMs() - seen.atMs >= ALL_AGAIN_MS || reachOfRunning(list) > 0 || trouble !== null;
    if (all || filters.operation) return refresh();
    store.dispatch({ type: 'asked', nowMs: nowMs() });
    const variables = { filter: filterOf(filters, nowMs()), first: PAGE };
    const news = await alone((signal) => client.request(LogsNewsDocument, variables, signal));
    if (!news) return;
    if (markOf((news.integrationOperations?.edges ?? []).map(({ node }) => node)) !== known) return refresh();
    store.dispatch({ type: 'nothing.new', nowMs: nowMs() });
    if (filters.state !== null && nowMs() - countedAtMs >= COUNTS_AGAIN_MS) void count();
    void name();
  }

  /** Whether a reading tells anything that is not on the page yet. */
  function isNews({ operations }: OperationList): boolean {
    const shown = store.get().list.operations;
    return operations.some(({ id, state }, at) => shown[at]?.id !== id || shown[at]?.state !== state);
  }

  /** An open operation that the search no longer finds: a failed one that was tried again, say. It stays until closed. */
  async function readKept(newest: OperationList): Promise<LoggedOperation[]> {
    const { list, openIds } = store.get();
    const found = new Set(withNewest(list, newest).operations.map(({ id }) => id));
    const lost = list.operations.filter(({ id }) => openIds.includes(id) && !found.has(id));
    return Promise.all(
      lost.map(async (operation) => {
        const answer = await client.request(LogsOperationDocument, { id: operation.id }).catch(() => null);
        return answer?.integrationOperation ?? operation;
      }),
    );
  }

  return {
    async search(filters) {
      store.dispatch({ type: 'search.started', filters, nowMs: nowMs() });
      const list = await read(PAGE, null);
      if (list) store.dispatch({ type: 'search.loaded', list, nowMs: nowMs() });
      void name();
      void count();
    },
    refresh,
    async older() {
      if (store.get().loading !== 'no') return;
      store.dispatch({ type: 'older.started' });
      const list = await read(PAGE, store.get().list.endCursor);
      if (list) store.dispatch({ type: 'older.loaded', list, nowMs: nowMs() });
      void name();
    },
    async retry(id) {
      if (store.get().retries[id]?.status === 'sending') return;
      store.dispatch({ type: 'retry.started', id });
      try {
        const { retryOperation } = await client.request(LogsRetryOperationDocument, { input: { operationId: id } });
        store.dispatch({ type: 'retry.ended', id, ...endOfRetry(retryOperation) });
        if (store.get().loading === 'no') await refresh();
      } catch (error) {
        const code = codeOf(error);
        store.dispatch({
          type: 'retry.ended',
          id,
          operation: null,
          refusal: { status: 'refused', problem: null, code },
        });
        if (code === 'UNAUTHENTICATED') tokenRefused();
      }
    },
    async move(move) {
      const key = keys.keyFor(move);
      try {
        const { problem = null } = (await sendMove(client, move, key)) ?? {};
        // Only an answer that was lost leaves the key to the next press.
        keys.forget(key);
        if (problem) return { status: 'refused', problem, code: problem.code };
      } catch (error) {
        const code = codeOf(error);
        if (code === 'UNAUTHENTICATED') tokenRefused();
        return { status: 'refused', problem: null, code };
      }
      // What is known of the contract is asked for anew.
      const { clients, ...names } = store.get().names;
      const { [String(move.input.contractCode)]: _, ...others } = clients;
      store.dispatch({ type: 'names.loaded', names: { ...names, clients: others } });
      namesFromMs = 0;
      await refresh();
      return null;
    },
    tick() {
      const state = store.get();
      const everyMs = readsEveryMs(state);
      if (everyMs !== null && running === null && nowMs() - state.askedAtMs >= everyMs) void follow();
      else if (nowMs() - state.nowMs >= CLOCK_MS) store.dispatch({ type: 'clock.moved', nowMs: nowMs() });
    },
  };
}

async function sendMove(client: GraphqlClient, move: Move, idempotencyKey: string) {
  if (move.kind === 'transfer')
    return (await client.request(LogsTransferClientDocument, { input: { ...move.input, idempotencyKey } }))
      .transferClient;
  return (await client.request(LogsExtendReservationDocument, { input: { ...move.input, idempotencyKey } }))
    .extendReservation;
}

function endOfRetry(answer: LogsRetryOperationMutation['retryOperation']): Pick<RetryEnded, 'operation' | 'refusal'> {
  const { operation = null, problem = null } = answer ?? {};
  // Failing again is told by the operation itself; so is that somebody else tried it first.
  const told = operation !== null && (operation.state !== 'FAILED' || operation.problem?.code === problem?.code);
  if (answer && (problem === null || told)) return { operation, refusal: null };
  return { operation, refusal: { status: 'refused', problem, code: problem?.code ?? 'UNEXPECTED' } };
}
