import { isPlanned } from '../map/box-shapes.js';
import type { Action } from './actions.js';
import { distanceM, type LatLng } from './geometry.js';
import { NOTHING_DRAWN, type OzlocState, type Place, type Position, type Viability } from './state.js';

/** A marker put this far from its address refines it; farther it is another place. */
const SAME_ADDRESS_M = 100;
/** Two answers this close are the same door. */
const SAME_DOOR_M = 20;

/** The client's position and what is on offer there. */
export function reducePosition(state: OzlocState, action: Action): OzlocState {
  switch (action.type) {
    case 'search.typed':
      return { ...state, search: { ...state.search, text: action.text, status: 'idle' } };
    case 'search.status':
      return { ...state, search: { ...state.search, status: action.status } };
    case 'position.grabbed':
      return { ...state, previousPosition: stepBack(state), tapped: null };
    case 'position.tapped':
      return { ...state, tapped: action.at };
    case 'position.moved': {
      const before = action.sameStep ? state.previousPosition : stepBack(state);
      return { ...moved(state, action.to), previousPosition: before };
    }
    case 'position.undone': {
      const { previousPosition: before, form } = state;
      if (!before) return state;
      const { formAddress, ...position } = before;
      return { ...at(state, position), form: { ...form, address: formAddress }, previousPosition: null };
    }
    case 'position.corrected': {
      const { position } = state;
      if (!position) return state;
      const { lat, lng } = action.to;
      return at(state, { ...position, lat, lng, corrected: { lat: position.lat, lng: position.lng } });
    }
    case 'position.asTyped': {
      if (!state.position?.corrected) return state;
      const { corrected, ...position } = state.position;
      return at(state, { ...position, ...corrected, asTyped: true });
    }
    case 'position.chosen':
      return { ...found(state, action.place, action.only ?? false), drawing: NOTHING_DRAWN };
    case 'viability.started':
      return {
        ...state,
        nearest: [],
        viability: { ...state.viability, status: 'loading', trouble: null, asked: action.asked },
      };
    case 'viability.answered':
      return answered({ ...state, aside: null }, action.answer, action.byAddress);
    case 'viability.failed':
      return failed(state, action.trouble);
    default:
      return state;
  }
}

/** The position before the next step, with what the form says of it. */
function stepBack({ position, previousPosition, form }: OzlocState): OzlocState['previousPosition'] {
  return position ? { ...position, formAddress: form.address } : previousPosition;
}

function at(state: OzlocState, position: Position): OzlocState {
  return { ...state, position, candidates: [], tapped: null, search: { ...state.search, status: 'idle' } };
}

/** To a point without an address of its own. It keeps the one that it refines; what was written of another place goes. */
function moved(state: OzlocState, to: Extract<Action, { type: 'position.moved' }>['to']): OzlocState {
  const { position: before, form } = state;
  const known = before?.address ?? null;
  const address = known && distanceM(known, to) <= SAME_ADDRESS_M ? known : null;
  const next = at(state, { ...to, precision: 'PIN', address });
  const stays = !before || address !== null || distanceM(known ?? before, to) <= SAME_ADDRESS_M;
  return stays ? next : { ...next, form: { ...form, address: '' }, filledAddress: '' };
}

/** Nearest first; of those that are shown at the same distance, what hangs on its pole before what is only planned. */
function inOrder({ boxes, ...answer }: Viability): Viability {
  const late = ({ box }: Viability['boxes'][number]) => Number(isPlanned(box.status));
  const metres = ({ distanceM }: Viability['boxes'][number]) => Math.round(distanceM);
  return { ...answer, boxes: [...boxes].sort((a, b) => metres(a) - metres(b) || late(a) - late(b)) };
}

function answered(state: OzlocState, given: Viability, byAddress: boolean): OzlocState {
  const answer = inOrder(given);
  const viability = { ...state.viability, status: 'ready' as const, answer, trouble: null };
  if (!byAddress) return { ...state, viability, candidates: [] };
  if (answer.location) return { ...found({ ...state, viability }, answer.location, false), drawing: NOTHING_DRAWN };
  const status = answer.candidates.length > 0 ? ('idle' as const) : ('not-found' as const);
  const search = { ...state.search, status };
  return { ...state, viability, search, candidates: answer.candidates, ...NO_PLACE };
}

/** The client stands nowhere. */
export const NO_PLACE = { position: null, previousPosition: null, tapped: null };

/** Of a search that failed nothing of the place before stays: it would stand below another place's name. */
function failed(state: OzlocState, trouble: Extract<Action, { type: 'viability.failed' }>['trouble']): OzlocState {
  const { asked } = state.viability;
  const status = state.search.status === 'busy' ? ('idle' as const) : state.search.status;
  const search = { ...state.search, status };
  const viability = { status: 'failed' as const, answer: null, trouble, asked };
  return { ...state, search, viability, ...(asked !== null && NO_PLACE) };
}

/** At a place that has an address. `only`: it was not what was asked for, but nothing else is like it. */
function found(state: OzlocState, place: Place, only: boolean): OzlocState {
  const { lat, lng, accuracyM, precision, formattedAddress } = place;
  // A link to a map or degrees were typed: where it is, not what the place is called.
  if (precision === 'PIN' && !formattedAddress)
    return { ...moved(state, { lat, lng, accuracyM, source: 'pin' }), previousPosition: null };
  const address = { label: formattedAddress ?? state.search.text, lat, lng };
  const position: Position = { lat, lng, accuracyM, precision, source: 'geocoder', address, only };
  const form = { ...state.form, address: addressOfSale(state, address) };
  return { ...at(state, position), previousPosition: null, form, filledAddress: address.label };
}

/** What the ERP gave or a person wrote stays while it can be meant of this place. */
function addressOfSale({ form, filledAddress, position: before }: OzlocState, now: LatLng & { label: string }): string {
  if (form.address === '' || form.address === filledAddress) return now.label;
  const same = !before || before.address?.label === now.label || distanceM(before, now) <= SAME_DOOR_M;
  return same ? form.address : now.label;
}
