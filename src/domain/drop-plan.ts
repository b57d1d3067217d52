import { BadUserInputError, ConflictError } from '../errors/app-error.js';
import { type Coordinates, distanceM, pathLengthM } from './geo.js';

/** An inner point of a drawn drop this near to a pole or point is on it. */
export const SNAP_TO_POLE_M = 5;
/** The ends of a drawn drop lie this near to the client and to the box. */
const SNAP_TO_END_M = 10;
/** A drawn drop with more points than this is no drop. */
const DROP_PATH_MAX_POINTS = 200;

/** A pole or a point: what a drop may pass over. */
export interface NetworkNode {
  id: string;
  location: Coordinates;
}

/** A drop as it will be asked of OZmap. */
export interface DropPlan {
  /** From the client to the box, without the ends. */
  poleIds: string[];
  /** From the client over the poles to the box. */
  lengthM: number;
}

/**
 * Turns a drawn path, from the client to the box, into the poles it passes.
 *
 * Errors:  BAD_USER_INPUT (fewer than two points, too many) · CONFLICT DROP_OFF_NETWORK with the index of the first point that lies
 *          on nothing: an inner point over 5 m from any pole or point, an end over 10 m from the client or the box.
 */
export function planDrop(drawn: {
  location: Coordinates;
  boxLocation: Coordinates | null;
  path: readonly Coordinates[];
  nodes: readonly NetworkNode[];
}): DropPlan {
  const { location, path, nodes } = drawn;
  const [first, last] = [path[0], path.at(-1)];
  if (!first || !last || path.length < 2) {
    throw new BadUserInputError('a drawn drop has at least two points', [{ field: 'dropPath', actual: path.length }]);
  }
  if (path.length > DROP_PATH_MAX_POINTS) {
    const detail = { field: 'dropPath', limit: DROP_PATH_MAX_POINTS, actual: path.length };
    throw new BadUserInputError('a drawn drop has too many points', [detail]);
  }
  const boxLocation = drawn.boxLocation ?? last;
  assertNear(first, location, 0);
  const under = path.slice(1, -1).map((point, index) => nodeUnder(point, nodes, index + 1));
  assertNear(last, boxLocation, path.length - 1);
  // Points that follow each other on one pole pass it once.
  const passed = under.filter((node, index) => node.id !== under[index - 1]?.id);
  return {
    poleIds: passed.map((node) => node.id),
    lengthM: pathLengthM([location, ...passed.map((node) => node.location), boxLocation]),
  };
}

/** Errors: CONFLICT DROP_TOO_LONG with the project's limit and the length. A project without limit takes any length. */
export function assertDropLength(lengthM: number, limitM: number | null): void {
  if (limitM === null || lengthM <= limitM) return;
  throw new ConflictError('DROP_TOO_LONG', 'the drop is longer than the project allows', [
    { field: 'dropLengthM', limit: limitM, actual: round(lengthM) },
  ]);
}

/** The only place that knows that we say client → box and OZmap says box → property (inferred: reference/ozmap.md 3.1, `drop_poles`). */
export function inOzmapOrder(poleIdsFromClient: readonly string[]): string[] {
  return [...poleIdsFromClient].reverse();
}

/** Errors: CONFLICT DROP_OFF_NETWORK. */
function nodeUnder(point: Coordinates, nodes: readonly NetworkNode[], index: number): NetworkNode {
  const node = nearest(point, nodes);
  const actual = node && distanceM(point, node.location);
  if (!node || actual === undefined || actual > SNAP_TO_POLE_M) throw offNetwork(index, SNAP_TO_POLE_M, actual);
  return node;
}

function nearest(point: Coordinates, nodes: readonly NetworkNode[]): NetworkNode | undefined {
  let best: NetworkNode | undefined;
  let bestM = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const away = distanceM(point, node.location);
    if (away < bestM) [best, bestM] = [node, away];
  }
  return best;
}

function assertNear(point: Coordinates, end: Coordinates, index: number): void {
  const away = distanceM(point, end);
  if (away > SNAP_TO_END_M) throw offNetwork(index, SNAP_TO_END_M, away);
}

/** First which point, counted from 0, then how far off it lies. */
function offNetwork(index: number, limit: number, actual: number | undefined): ConflictError {
  return new ConflictError('DROP_OFF_NETWORK', `point ${index} of the drop lies on nothing`, [
    { field: 'dropPath', value: String(index), actual: index },
    { field: 'distanceM', limit, ...(actual === undefined ? {} : { actual: round(actual) }) },
  ]);
}

function round(metres: number): number {
  return Math.round(metres * 100) / 100;
}
