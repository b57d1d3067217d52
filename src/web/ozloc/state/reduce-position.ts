import type { Action } from './actions.js';
import type { OzlocState, Position, Viability } from './state.js';

/** Where the client stands and what is on offer there. */
export function reducePosition(state: OzlocState, action: Action): OzlocState {
  switch (action.type) {
    case 'search.typed':
      return { ...state, search: { ...state.search, text: action.text, status: 'idle' } };
    case 'search.status':
      return { ...state, search: { ...state.search, status: action.status } };
    case 'position.moved':
      return moved(state, { ...action.to, precision: 'PIN' });
    case 'position.undone':
      return state.previousPosition ? { ...moved(state, state.previousPosition), previousPosition: null } : state;
    case 'position.chosen': {
      const { lat, lng, accuracyM, precision, formattedAddress } = action.place;
      const next = moved(state, { lat, lng, accuracyM, precision, source: 'geocoder' });
      return fillAddress({ ...next, previousPosition: null }, formattedAddress);
    }
    case 'viability.started':
      return { ...state, viability: { ...state.viability, status: 'loading', trouble: null } };
    case 'viability.answered':
      return answered(state, action.answer, action.byAddress);
    case 'viability.failed':
      return {
        ...state,
        search: { ...state.search, status: state.search.status === 'busy' ? 'idle' : state.search.status },
        viability: { status: 'failed', answer: null, trouble: action.trouble },
      };
    default:
      return state;
  }
}

function moved(state: OzlocState, to: Position): OzlocState {
  const previousPosition = state.position ?? state.previousPosition;
  const search = { ...state.search, status: 'idle' as const };
  return { ...state, position: to, previousPosition, candidates: [], search };
}

function answered(state: OzlocState, answer: Viability, byAddress: boolean): OzlocState {
  const viability = { status: 'ready' as const, answer, trouble: null };
  if (!byAddress) return { ...state, viability, candidates: [] };
  const found = answer.location;
  if (!found) {
    const status = answer.candidates.length > 0 ? ('idle' as const) : ('not-found' as const);
    const search = { ...state.search, status };
    return { ...state, viability, search, candidates: answer.candidates, position: null, previousPosition: null };
  }
  const { lat, lng, accuracyM, precision, formattedAddress } = found;
  const next: OzlocState = {
    ...state,
    viability,
    candidates: [],
    search: { ...state.search, status: 'idle' },
    position: { lat, lng, accuracyM, precision, source: 'geocoder' },
    previousPosition: null,
    drawing: { poles: [], boxId: null },
  };
  return fillAddress(next, formattedAddress);
}

/** The sale's address is what the ERP gave or the seller typed; only what we filled in ourselves is replaced. */
function fillAddress(state: OzlocState, found: string | null): OzlocState {
  const address = found ?? state.search.text;
  if (state.form.address !== '' && state.form.address !== state.filledAddress) return state;
  return { ...state, form: { ...state.form, address }, filledAddress: address };
}
