import type { Action } from './actions.js';
import { reduceDrawing } from './reduce-drawing.js';
import { reducePosition } from './reduce-position.js';
import { reduceSale } from './reduce-sale.js';
import type { OzlocState } from './state.js';

/** The page after one more thing has happened. Pure. */
export function reduce(state: OzlocState, action: Action): OzlocState {
  switch (action.type) {
    case 'access.changed':
      return { ...state, access: action.access };
    case 'session.opened': {
      const { contractCode, name, address, tags, relocate } = action.session;
      return {
        ...state,
        contractFixed: true,
        mode: relocate ? 'relocate' : 'sell',
        tags,
        search: { text: address ?? '', status: 'idle' },
        form: { ...state.form, contractCode, name: name ?? '', address: address ?? '' },
      };
    }
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
