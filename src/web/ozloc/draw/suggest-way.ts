import { distanceM, type LatLng, pathLengthM } from '../state/geometry.js';
import { boxLocation, dropLimitM, offerOf } from '../state/selectors.js';
import type { Offer, OzlocState, Pole } from '../state/state.js';
import { ON_POLE_M } from './draw-targets.js';

/** A drop that hangs on poles all the way. */
export interface Way {
  poles: Pole[];
  lengthM: number;
}

/** From pole to pole; between two streets lies farther. */
const SPAN_MAX_M = 75;
/** From the client to the first pole. */
const FIRST_SPAN_MAX_M = 90;
/** A box hangs on a pole, or is drawn beside it. */
const AT_BOX_M = 12;
/** Long spans cost more than their metres: a cable goes along the street, not across the block. */
const cost = (metres: number) => metres ** 1.5;

/** The way along the poles from the client, or from where the drawing has come to, to a box; null: there is none, or none short enough. */
export function suggestWay(state: OzlocState, boxId: string): Way | null {
  const { position, poles, view, drawing } = state;
  const box = boxLocation(state, boxId);
  if (!position || !box) return null;
  const drawn = view === 'draw' ? drawing.poles : [];
  const open = poles.list.filter(({ id }) => !drawn.some((pole) => pole.id === id));
  const rest = shortest(drawn.at(-1) ?? position, box, open)?.filter((pole) => distanceM(pole, box) >= ON_POLE_M);
  if (!rest || rest.length === 0) return null;
  const way = [...drawn, ...rest];
  const lengthM = pathLengthM([position, ...way, box]);
  const limit = dropLimitM(state, boxId);
  return limit !== null && lengthM > limit ? null : { poles: way, lengthM };
}

interface Reached {
  cost: number;
  from: Pole | null;
}

/** Dijkstra's, over some hundred poles. */
function shortest(client: LatLng, box: LatLng, poles: readonly Pole[]): Pole[] | null {
  const reached = new Map<Pole, Reached>();
  const done = new Set<Pole>();
  spread({ at: client, from: null, cost: 0, within: FIRST_SPAN_MAX_M }, poles, reached);
  for (let next = cheapest(reached, done); next; next = cheapest(reached, done)) {
    if (distanceM(next, box) <= AT_BOX_M) return wayTo(next, reached);
    done.add(next);
    const open = poles.filter((pole) => !done.has(pole));
    spread({ at: next, from: next, cost: reached.get(next)?.cost ?? 0, within: SPAN_MAX_M }, open, reached);
  }
  return null;
}

/** Notes which poles are reached from a point more cheaply than before. */
function spread(
  { at, from, cost: before, within }: Reached & { at: LatLng; within: number },
  poles: readonly Pole[],
  reached: Map<Pole, Reached>,
): void {
  for (const pole of poles) {
    const span = distanceM(at, pole);
    const total = before + cost(span);
    if (span <= within && total < (reached.get(pole)?.cost ?? Number.POSITIVE_INFINITY))
      reached.set(pole, { cost: total, from });
  }
}

function cheapest(reached: Map<Pole, Reached>, done: Set<Pole>): Pole | null {
  let best: Pole | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [pole, { cost }] of reached) {
    if (done.has(pole) || cost >= least) continue;
    best = pole;
    least = cost;
  }
  return best;
}

function wayTo(last: Pole, reached: Map<Pole, Reached>): Pole[] {
  const way: Pole[] = [];
  for (let pole: Pole | null = last; pole; pole = reached.get(pole)?.from ?? null) way.unshift(pole);
  return way;
}

/** Where the drop may end: at the box that was chosen, or at any on offer, nearest to where the drawing stands first. */
export function endsOf(state: OzlocState, target: string | null): Offer[] {
  if (target) return [offerOf(state, target)].filter((offer) => offer !== null);
  const last = state.drawing.poles.at(-1) ?? state.position;
  const away = ({ box }: Offer) => {
    const at = boxLocation(state, box.id);
    return last && at ? distanceM(last, at) : Number.POSITIVE_INFINITY;
  };
  return [...(state.viability.answer?.boxes ?? [])].sort((a, b) => away(a) - away(b));
}
