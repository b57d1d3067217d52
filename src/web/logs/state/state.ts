import type { IntegrationOperationState } from '../../../generated/logs-operations.js';
import type { DeliveryFilters } from './deliveries.js';
import { asksOzmap, type Filters } from './filters.js';
import {
  changedStates,
  EMPTY_LIST,
  type LoggedOperation,
  type LoggedProblem,
  type Names,
  NO_NAMES,
  type OperationList,
  withKept,
  withNewest,
  withOlder,
  withOperation,
} from './operation-list.js';

/** Everything that the page shows. The token is not in it. */
export interface LogsState {
  access: 'needed' | 'refused' | 'granted';
  /** A key stood in the address; it was taken out and not used. */
  keyRefused: boolean;
  filters: Filters;
  /** What is shown of deliveries to receivers; null: operations are shown. */
  deliveries: DeliveryFilters | null;
  list: OperationList;
  /** `first`: nothing of this search is there yet. */
  loading: 'no' | 'first' | 'older';
  /** Code of the request that failed last; the list may be old then. */
  trouble: string | null;
  openIds: readonly string[];
  names: Names;
  /** Operations of the filters, of today where no period is chosen, by state. */
  counts: Counts;
  retries: Readonly<Record<string, Retry>>;
  /** Reads again by itself. */
  live: boolean;
  /** Operations whose state the last reading changed: said aloud. */
  changed: readonly LoggedOperation[];
  nowMs: number;
  /** When the journal was last asked, successfully or not. */
  askedAtMs: number;
  /** When it last answered. */
  readAtMs: number | null;
}

/** Result of “try again”, until the operation itself shows more. */
export type Retry = { status: 'sending' } | { status: 'refused'; problem: LoggedProblem | null; code: string };

export type Action =
  | { type: 'access.granted' }
  | { type: 'access.refused' }
  | { type: 'key.dismissed' }
  | { type: 'view.changed'; deliveries: DeliveryFilters | null }
  | { type: 'search.started'; filters: Filters; nowMs: number }
  | { type: 'search.loaded' | 'older.loaded'; list: OperationList; nowMs: number }
  /** `kept`: open on the page, though the search no longer finds them. */
  | { type: 'newest.loaded'; list: OperationList; kept: readonly LoggedOperation[]; nowMs: number }
  /** Asked, and told that all stands as it was read. */
  | { type: 'nothing.new'; nowMs: number }
  | { type: 'older.started' }
  | { type: 'asked'; nowMs: number }
  | { type: 'request.failed'; code: string; nowMs: number }
  | { type: 'operation.toggled'; id: string }
  | { type: 'retry.started'; id: string }
  | { type: 'retry.ended'; id: string; operation: LoggedOperation | null; refusal: Retry | null }
  | { type: 'live.changed'; live: boolean }
  | { type: 'names.loaded'; names: Names }
  | { type: 'counts.loaded'; counts: Counts }
  | { type: 'clock.moved'; nowMs: number };

export type Counts = readonly { state: IntegrationOperationState; count: number }[];

export function initialState(over: Pick<LogsState, 'filters' | 'nowMs'> & Partial<LogsState>): LogsState {
  return {
    access: 'needed',
    keyRefused: false,
    deliveries: null,
    list: EMPTY_LIST,
    loading: 'no',
    trouble: null,
    openIds: [],
    names: NO_NAMES,
    counts: [],
    retries: {},
    live: true,
    changed: [],
    askedAtMs: 0,
    readAtMs: null,
    ...over,
  };
}

/** How often it is looked whether something is due. */
export const TICK_MS = 250;
/** With one tick and two answers still below 2 s: twenty rows down an index, and nothing of OZmap. */
const EVERY_MS = 1_000;
/** OZmap looks for a name three times for each answer: as seldom as the 2 s allow. */
const OF_OZMAP_EVERY_MS = 1_250;
const IN_TROUBLE_EVERY_MS = 15_000;

/** How long after one reading the next is due; null while nothing is read by itself. */
export function readsEveryMs(state: LogsState): number | null {
  if (state.access !== 'granted' || !state.live || state.deliveries || state.loading !== 'no') return null;
  if (state.trouble !== null) return IN_TROUBLE_EVERY_MS;
  return asksOzmap(state.filters) ? OF_OZMAP_EVERY_MS : EVERY_MS;
}

/** The page after one more thing has happened. Pure. */
export function reduce(state: LogsState, action: Action): LogsState {
  switch (action.type) {
    case 'access.granted':
      return { ...state, access: 'granted' };
    case 'access.refused':
      return {
        ...state,
        access: 'refused',
        loading: 'no',
        list: EMPTY_LIST,
        openIds: [],
        retries: {},
        names: NO_NAMES,
        counts: [],
      };
    case 'key.dismissed':
      return { ...state, keyRefused: false };
    case 'view.changed':
      return { ...state, deliveries: action.deliveries };
    case 'search.started': {
      const { filters, nowMs } = action;
      const cleared = { list: EMPTY_LIST, counts: [], openIds: [], retries: {}, changed: [], trouble: null };
      return { ...state, ...cleared, filters, loading: 'first', askedAtMs: nowMs, nowMs };
    }
    case 'search.loaded':
      return {
        ...loaded(state, action.nowMs),
        list: action.list,
        openIds: state.filters.operation ? [state.filters.operation] : [],
      };
    case 'older.started':
      return { ...state, loading: 'older' };
    case 'older.loaded':
      return { ...loaded(state, action.nowMs), list: withOlder(state.list, action.list) };
    case 'newest.loaded': {
      const list = withKept(withNewest(state.list, action.list), action.kept);
      return { ...loaded(state, action.nowMs), list, changed: changedStates(state.list, list) };
    }
    // What was said aloud last stays said: there is nothing to say.
    case 'nothing.new':
      return { ...state, nowMs: action.nowMs, readAtMs: action.nowMs };
    case 'asked':
      return { ...state, askedAtMs: action.nowMs };
    case 'request.failed':
      return { ...state, loading: 'no', trouble: action.code, nowMs: action.nowMs };
    case 'operation.toggled':
      return { ...state, openIds: toggled(state.openIds, action.id) };
    case 'retry.started':
      return { ...state, retries: { ...state.retries, [action.id]: { status: 'sending' } } };
    case 'retry.ended': {
      const { [action.id]: _, ...others } = state.retries;
      const retries = action.refusal ? { ...others, [action.id]: action.refusal } : others;
      const list = action.operation ? withOperation(state.list, action.operation) : state.list;
      return { ...state, retries, list, changed: changedStates(state.list, list) };
    }
    case 'live.changed':
      return { ...state, live: action.live };
    case 'names.loaded':
      return { ...state, names: action.names };
    case 'counts.loaded':
      return { ...state, counts: action.counts };
    case 'clock.moved':
      return { ...state, nowMs: action.nowMs };
  }
}

function loaded(state: LogsState, nowMs: number): LogsState {
  return { ...state, loading: 'no', trouble: null, changed: [], nowMs, readAtMs: nowMs };
}

function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((open) => open !== id) : [...ids, id];
}
