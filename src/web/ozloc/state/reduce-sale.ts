import type { Action } from './actions.js';
import { isUnderWay } from './selectors.js';
import { EMPTY_FORM, type ExistingClient, type OzlocState } from './state.js';

const IDLE = { status: 'idle' as const, trouble: null };

/** From the chosen box to the reservation, the moved client or the prospect. */
export function reduceSale(state: OzlocState, action: Action): OzlocState {
  switch (action.type) {
    case 'sale.chosen':
      return { ...state, view: 'sale', choice: action.choice, submission: IDLE, hotBoxId: null };
    case 'sale.left':
      // While something is under way its end must be seen.
      if (isUnderWay(state.submission.status)) return state;
      return { ...state, view: 'list', choice: null, submission: IDLE };
    case 'form.changed':
      return { ...state, form: { ...state.form, ...action.patch } };
    case 'submission.started':
      return { ...state, submission: { status: 'sending', trouble: null }, sent: action.sent };
    case 'submission.waiting':
      return { ...state, submission: { status: 'waiting', trouble: action.trouble } };
    case 'submission.refused':
      return { ...state, submission: { status: 'refused', trouble: action.trouble }, sent: null };
    case 'sale.done':
      return { ...state, view: 'done', outcome: action.outcome, submission: IDLE, sent: null };
    case 'sale.restarted':
      return restarted(state);
    case 'sale.closed':
      return closed(state);
    case 'existing.loading':
      return { ...state, existing: { status: 'loading', client: null } };
    case 'existing.loaded':
      return withExisting(state, action.client);
    case 'existing.failed':
      return { ...state, existing: { status: 'failed', client: null } };
    case 'prospect.opened':
      return { ...state, view: 'prospect', submission: IDLE };
    case 'prospect.left':
      if (isUnderWay(state.submission.status)) return state;
      return { ...state, view: 'list', submission: IDLE };
    case 'prospect.created':
      return { ...state, view: 'prospect-done', submission: IDLE, sent: null };
    default:
      return state;
  }
}

function withExisting(state: OzlocState, client: ExistingClient | null): OzlocState {
  if (!client) return { ...state, existing: { status: 'missing', client: null } };
  const name = state.form.name || (client.name ?? '');
  return { ...state, existing: { status: 'found', client }, form: { ...state.form, name } };
}

/** The sale by link is over: what was typed about a person goes, what was sold stays on screen. */
function closed(state: OzlocState): OzlocState {
  return {
    ...state,
    access: 'ended',
    search: { text: '', status: 'idle' },
    candidates: [],
    previousPosition: null,
    filledAddress: '',
    existing: { status: 'none', client: null },
    form: { ...EMPTY_FORM, contractCode: state.form.contractCode },
  };
}

/** Ready for the next sale; who may ask and for which tags stays. */
export function restarted(state: OzlocState): OzlocState {
  return {
    ...state,
    view: 'list',
    choice: null,
    outcome: null,
    submission: IDLE,
    sent: null,
    drawing: { poles: [], boxId: null },
    position: null,
    previousPosition: null,
    candidates: [],
    viability: { status: 'idle', answer: null, trouble: null },
    search: { text: '', status: 'idle' },
    filledAddress: '',
    form: EMPTY_FORM,
  };
}
