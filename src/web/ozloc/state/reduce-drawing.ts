import type { Action } from './actions.js';
import { distanceM, type LatLng, pathLengthM } from './geometry.js';
import { boxLocation, dropLimitM, offerOf, pathTo } from './selectors.js';
import { NOTHING_DRAWN, type OzlocState } from './state.js';

/** Drawing the drop: poles between client and box, closed by a box, never longer than the project takes. */
export function reduceDrawing(state: OzlocState, action: Action): OzlocState {
  switch (action.type) {
    case 'drawing.started': {
      if (!state.position) return state;
      const boxId = state.choice?.kind === 'box' ? state.choice.boxId : null;
      const kept = state.drawing.boxId === boxId ? state.drawing.poles : [];
      const drawing = { ...NOTHING_DRAWN, poles: kept };
      const drawFrom = state.view === 'sale' ? ('sale' as const) : ('list' as const);
      return { ...state, view: 'draw', drawFrom, drawing, drawnBefore: state.drawing, drawHint: null };
    }
    case 'drawing.pole':
      return addPole(state, action.pole);
    case 'drawing.closed':
      return close(state, action.boxId);
    case 'drawing.taken':
      return close({ ...state, drawing: { ...NOTHING_DRAWN, poles: action.poles } }, action.boxId);
    case 'drawing.missed':
      return { ...state, drawHint: 'off-network' };
    case 'drawing.undone':
      return { ...state, drawing: { ...state.drawing, poles: state.drawing.poles.slice(0, -1) }, drawHint: null };
    case 'drawing.left':
      return { ...state, view: state.drawFrom, drawing: state.drawnBefore, drawHint: null };
    case 'drawing.removed':
      return { ...state, drawing: NOTHING_DRAWN };
    case 'poles.loading':
      return { ...state, poles: { ...state.poles, status: 'loading' } };
    case 'poles.loaded':
      return { ...state, poles: { status: 'ready', list: action.poles } };
    case 'poles.failed':
      return { ...state, poles: { ...state.poles, status: 'failed' } };
    default:
      return state;
  }
}

function addPole(state: OzlocState, pole: OzlocState['poles']['list'][number]): OzlocState {
  const { poles } = state.drawing;
  if (poles.some(({ id }) => id === pole.id)) return { ...state, drawHint: 'repeated' };
  const limit = dropLimitM(state, aimedBox(state));
  if (limit !== null && pathLengthM(pathTo(state, pole)) > limit) return { ...state, drawHint: 'too-long' };
  return { ...state, drawing: { ...NOTHING_DRAWN, poles: [...poles, pole] }, drawHint: leadsAway(state, pole) };
}

function close(state: OzlocState, boxId: string): OzlocState {
  const end = boxLocation(state, boxId);
  if (!end || !offerOf(state, boxId)) return { ...state, drawHint: 'off-network' };
  const limit = dropLimitM(state, boxId);
  if (limit !== null && pathLengthM(pathTo(state, end)) > limit) return { ...state, drawHint: 'too-long' };
  const submission = { status: 'idle' as const, trouble: null };
  return {
    ...state,
    view: 'sale',
    choice: aimedBox(state) === boxId ? state.choice : { kind: 'box', boxId },
    drawing: { ...state.drawing, boxId, end },
    drawHint: null,
    submission,
  };
}

/** The box that the drawing is meant for, when it began from a chosen one. */
export function aimedBox(state: OzlocState): string | null {
  return state.choice?.kind === 'box' ? state.choice.boxId : null;
}

/** How much farther from the box a pole may be than where the drawing stands: streets have corners. */
const DETOUR_M = 10;

/** A step away from the box is often a wrong one; it is said, not refused. */
function leadsAway(state: OzlocState, pole: LatLng): 'away' | null {
  const box = boxLocation(state, aimedBox(state));
  const last = state.drawing.poles.at(-1) ?? state.position;
  return box && last && distanceM(pole, box) > distanceM(last, box) + DETOUR_M ? 'away' : null;
}
