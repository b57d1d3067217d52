import { changedStates, EMPTY_LIST, withKept, withNewest, withOlder, withOperation } from './operation-list.js';
import type { Action, LogsState } from './state.js';

/** The page after one more thing has happened. Pure. */
export function reduce(state: LogsState, action: Action): LogsState {
  switch (action.type) {
    case 'access.granted':
      return { ...state, access: 'granted' };
    case 'access.refused':
      return { ...state, access: 'refused', loading: 'no', list: EMPTY_LIST, openIds: [], retries: {} };
    case 'key.dismissed':
      return { ...state, keyRefused: false };
    case 'search.started': {
      const { filters, nowMs } = action;
      const cleared = { list: EMPTY_LIST, openIds: [], retries: {}, changed: [], trouble: null };
      return { ...state, ...cleared, filters, loading: 'first', askedAtMs: nowMs, nowMs };
    }
    case 'search.loaded':
      return { ...loaded(state, action.nowMs), list: action.list };
    case 'older.started':
      return { ...state, loading: 'older' };
    case 'older.loaded':
      return { ...loaded(state, action.nowMs), list: withOlder(state.list, action.list) };
    case 'newest.loaded': {
      const list = withKept(withNewest(state.list, action.list), action.kept);
      return { ...loaded(state, action.nowMs), list, changed: changedStates(state.list, list) };
    }
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
