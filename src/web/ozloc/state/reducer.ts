import type { TicketSession } from '../session.js';
import type { Action } from './actions.js';
import { reduceDrawing } from './reduce-drawing.js';
import { reducePosition } from './reduce-position.js';
import { reduceSale, restarted } from './reduce-sale.js';
import { isOver } from './selectors.js';
import type { OzlocState } from './state.js';

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
    case 'surroundings.loaded':
      return { ...state, surroundings: action.boxes };
    default:
      return reduceSale(reduceDrawing(reducePosition(state, action), action), action);
  }
}

/** The same contract's sale goes on where it stood, unless it was made; another one begins anew. */
function withSession(before: OzlocState, session: Omit<TicketSession, 'token'>): OzlocState {
  const { contractCode, name, address, tags, relocate } = session;
  if (before.contractFixed && before.form.contractCode === contractCode && !isOver(before)) return { ...before, tags };
  const state = before.contractFixed ? restarted(before) : before;
  return {
    ...state,
    contractFixed: true,
    mode: relocate ? 'relocate' : 'sell',
    tags,
    search: { text: address ?? '', status: 'idle' },
    form: { ...state.form, contractCode, name: name ?? '', address: address ?? '' },
  };
}
