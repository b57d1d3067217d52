import type { TicketSession } from '../session.js';
import type { Action } from './actions.js';
import { reduceDrawing } from './reduce-drawing.js';
import { NO_PLACE, reducePosition } from './reduce-position.js';
import { isOver, isUnderWay, located } from './selectors.js';
import { EMPTY_FORM, type ExistingClient, NOBODY, NOTHING_DRAWN, type OzlocState } from './state.js';

const IDLE = { status: 'idle' as const, trouble: null };

/** From the chosen box to the reservation, the moved client or the prospect. */
export function reduceSale(state: OzlocState, action: Action): OzlocState {
  switch (action.type) {
    case 'sale.chosen':
      // Of a client whom OZmap does not know nothing can be moved, also where his answer came after the list.
      if (state.existing.status === 'missing') return state;
      return { ...state, view: 'sale', choice: action.choice, submission: IDLE, hotBoxId: null };
    case 'port.chosen':
      if (state.choice?.kind !== 'box') return state;
      return { ...state, choice: { ...state.choice, target: action.target }, submission: IDLE };
    case 'sale.left':
      // While something is under way its end must be seen.
      if (isUnderWay(state.submission.status)) return state;
      return { ...state, view: 'list', choice: null, submission: IDLE };
    case 'form.changed':
      return { ...state, form: { ...state.form, ...action.patch }, ...answered(state, action.patch) };
    case 'submission.started':
      return { ...state, submission: { status: 'sending', trouble: null }, sent: action.sent };
    case 'submission.waiting':
      return { ...state, submission: { status: 'waiting', trouble: action.trouble } };
    case 'submission.refused':
      return { ...state, submission: { status: 'refused', trouble: action.trouble }, sent: null };
    case 'sale.done':
      return { ...state, view: 'done', outcome: action.outcome, submission: IDLE, sent: null };
    case 'reservation.extended':
      return extended(state, action);
    case 'sale.restarted':
      return restarted(state);
    case 'sale.closed':
      return { ...closed(state), access: 'ended' };
    case 'move.begun':
      return { ...state, view: 'list' };
    case 'sale.asNew':
      return { ...state, mode: 'sell', existing: NOBODY };
    case 'sale.resumed':
      return { ...state, ...action.part };
    case 'existing.loading':
      return { ...state, existing: { status: 'loading', client: null } };
    case 'existing.loaded':
      return withExisting(state, action.client);
    case 'existing.failed':
      return { ...state, existing: { status: 'failed', client: null } };
    case 'prospect.opened':
      return { ...state, view: 'prospect', submission: IDLE, knownLead: null };
    case 'prospect.left':
      if (isUnderWay(state.submission.status)) return state;
      return { ...state, view: 'list', submission: IDLE };
    case 'prospect.found':
      return { ...state, submission: IDLE, sent: null, knownLead: action.lead };
    case 'prospect.created':
      return { ...state, view: 'prospect-done', submission: IDLE, sent: null, lead: action.lead };
    default:
      return state;
  }
}

/** What was refused for the code that stood there is not said of another one, nor of another person that he is known. */
function answered({ submission }: OzlocState, patch: Partial<OzlocState['form']>): Partial<OzlocState> {
  const { contractCode, name, phone } = patch;
  return {
    ...(contractCode !== undefined && submission.status === 'refused' && { submission: IDLE }),
    ...((name ?? phone) !== undefined && { knownLead: null }),
  };
}

function withExisting(state: OzlocState, client: ExistingClient | null): OzlocState {
  if (!client) return { ...state, aside: null, existing: { status: 'missing', client: null } };
  const name = state.form.name || (client.name ?? '');
  const existing = { status: 'found' as const, client: placed(client) };
  return { ...state, aside: null, existing, form: { ...state.form, name } };
}

/** A flat without a place of its own stands where its building does. */
function placed(client: ExistingClient): ExistingClient {
  const { property } = client;
  if (!property?.building || located(property)) return client;
  const { lat, lng } = property.building;
  return { ...client, property: { ...property, lat, lng } };
}

/** Of what was just reserved, or of the client who is to move. */
function extended(
  state: OzlocState,
  { contractCode, expiresAt }: { contractCode: string; expiresAt: string },
): OzlocState {
  const { existing } = state;
  const outcome = state.outcome?.reservation.contractCode === contractCode ? state.outcome : null;
  const client = state.form.contractCode === contractCode &&
    existing.client?.reservation && { ...existing.client, reservation: { expiresAt } };
  return {
    ...state,
    outcome: outcome ? { ...outcome, reservation: { ...outcome.reservation, expiresAt } } : state.outcome,
    existing: client ? { ...existing, client } : existing,
  };
}

/** Of a sale that was made: what was typed about a person goes, what was sold stays on screen. */
export function closed(state: OzlocState): OzlocState {
  return {
    ...state,
    search: { text: '', status: 'idle' },
    candidates: [],
    previousPosition: null,
    filledAddress: '',
    existing: NOBODY,
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
    lead: null,
    knownLead: null,
    submission: IDLE,
    sent: null,
    drawing: NOTHING_DRAWN,
    ...NO_PLACE,
    candidates: [],
    existing: NOBODY,
    nearest: [],
    viability: { status: 'idle', answer: null, trouble: null, asked: null },
    search: { text: '', status: 'idle' },
    filledAddress: '',
    form: EMPTY_FORM,
    aside: null,
  };
}

/** The page after one more thing has happened. Pure. */
export function reduce(state: OzlocState, action: Action): OzlocState {
  switch (action.type) {
    case 'access.changed':
      return { ...state, access: action.access, canGoOn: action.canGoOn ?? false };
    case 'session.opened':
      return withSession(state, action.session);
    case 'key.dismissed':
      return { ...state, keyRefused: false };
    case 'box.hot':
      return state.hotBoxId === action.boxId ? state : { ...state, hotBoxId: action.boxId };
    case 'box.asked':
      return { ...state, view: 'list', choice: null, askedBoxId: action.boxId, hotBoxId: action.boxId };
    case 'nearest.found':
      return { ...state, nearest: action.boxes };
    case 'surroundings.loaded':
      return { ...state, surroundings: action.boxes };
    case 'map.looked':
      return { ...state, look: action.look };
    default:
      return reduceSale(reduceDrawing(reducePosition(state, action), action), action);
  }
}

/** The same contract's sale goes on where it stood, unless it was made; another one begins anew. */
function withSession(before: OzlocState, session: Omit<TicketSession, 'token'>): OzlocState {
  const { contractCode, name, address, tags, relocate, openerOrigin, returnUrl, state: given } = session;
  const caller = {
    ...(openerOrigin && { openerOrigin }),
    ...(returnUrl && { returnUrl }),
    ...(given && { state: given }),
  };
  const mode = relocate ? 'relocate' : 'sell';
  const isSame = before.form.contractCode === contractCode && before.mode === mode;
  if (before.contractFixed && isSame && !isOver(before)) return { ...before, tags, caller };
  // Also of a sale that a token began in this tab: its place and its customer are others.
  const state = restarted(before);
  return {
    ...state,
    contractFixed: true,
    caller,
    mode,
    tags,
    search: { text: address ?? '', status: 'idle' },
    form: { ...state.form, contractCode, name: name ?? '', address: address ?? '' },
  };
}
