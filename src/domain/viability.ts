import { type Coordinates, distanceM, METRES_PER_DEGREE } from './geo.js';

/** How boxes are searched: in a straight line, or along the poles. */
export const VIABILITY_MODES = ['RADIUS', 'POLES'] as const;
export type ViabilityMode = (typeof VIABILITY_MODES)[number];

/** NEEDS_PIN: the answer changes within the location's error. UNKNOWN: there is no usable location. */
export const VERDICTS = ['VIABLE', 'NEEDS_PIN', 'NOT_VIABLE', 'UNKNOWN'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a verdict is not a plain yes. */
export const VIABILITY_REASONS = [
  'NO_BOX_IN_RANGE',
  'ALL_BOXES_REFUSED',
  'ADDRESS_NOT_FOUND',
  'ADDRESS_AMBIGUOUS',
  'OUTSIDE_SERVICE_AREA',
  'LOCATION_IMPRECISE',
  'LIST_TRUNCATED',
  'OTHER',
] as const;
export type ViabilityReason = (typeof VIABILITY_REASONS)[number];

/** What is known before OZmap is asked. */
export interface Search {
  mode: ViabilityMode;
  /** How far off the location may be; 0 without error. */
  errorM: number;
  /** OZmap's search radius, narrowed by the caller where he asked for it; null when nobody knows it. */
  radiusM: number | null;
  /** `POLE_PIN_MAX_M`. */
  polePinMaxM: number;
}

/** What came back, as far as the verdict depends on it. */
export interface Findings {
  /** OZmap's own word. */
  viable: boolean;
  /** The boxes that OZmap offers. */
  offered: readonly { id: string; distanceM: number }[];
  refusedCount: number;
  /** OZmap's maximum number of boxes in a list; null when unknown. */
  maxBoxes: number | null;
  /** The edge of a condominium that OZmap considers passes through the error circle. */
  edgeInsideError: boolean;
  /** Pole mode: OZmap's word at points of the circle's rim; empty where the location has no error. */
  rim: readonly RimAnswer[];
}

/** OZmap's word at one point of the rim. */
export interface RimAnswer {
  viable: boolean;
  /** Ids of the boxes that it offers there. */
  offeredIds: ReadonlySet<string>;
}

/** In pole mode the nearest pole may be another one elsewhere in the circle: OZmap is asked at these bearings of its rim, too, in degrees. */
export const RIM_BEARINGS = [45, 135, 225, 315] as const;

/** Beyond this error no rim is asked: a pole of OZmap's own search would not lie within it. */
const RIM_MAX_M = 100;

export interface Judgement {
  verdict: Verdict;
  reasons: ViabilityReason[];
}

/**
 * The radius that counts: OZmap's own, else the configured one. The caller may narrow it, never widen it; a caller's radius alone is no
 * knowledge of OZmap's.
 */
export function effectiveRadiusM(
  ozmapM: number | null,
  configuredM: number | null,
  requestedM: number | undefined,
): number | null {
  const known = ozmapM ?? configuredM;
  return known === null || requestedM === undefined ? known : Math.min(known, requestedM);
}

/** The `radius` to send: none for an exact location (OZmap's own rules decide), the widened one where the location has an error. */
export function searchRadiusM(search: Search): number | undefined {
  if (search.mode === 'POLES' || search.errorM === 0 || search.radiusM === null) return undefined;
  return search.radiusM + search.errorM;
}

/** True when the box is in range from every point of the error circle. */
export function isCertain(
  box: { id: string; distanceM: number },
  search: Search,
  { edgeInsideError, rim }: Pick<Findings, 'edgeInsideError' | 'rim'>,
): boolean {
  if (search.errorM === 0) return true;
  if (needsPinOutright(search, edgeInsideError)) return false;
  if (search.mode === 'POLES') return rim.every(({ offeredIds }) => offeredIds.has(box.id));
  return search.radiusM !== null && box.distanceM + search.errorM <= search.radiusM;
}

/** Whether OZmap is to be asked at the rim as well. */
export function asksRim({ mode, errorM }: Search): boolean {
  return mode === 'POLES' && errorM > 0 && errorM <= RIM_MAX_M;
}

/** Does the answer change within the location's error? Never VIABLE without OZmap's own yes. */
export function judge(search: Search, findings: Findings): Judgement {
  const { viable, offered, refusedCount, maxBoxes, rim } = findings;
  const truncated = maxBoxes !== null && offered.length + refusedCount >= maxBoxes;
  const no = (): Judgement => ({ verdict: 'NOT_VIABLE', reasons: [whyNot(offered.length, refusedCount)] });

  if (search.errorM === 0) return viable ? { verdict: 'VIABLE', reasons: [] } : no();
  const needsPin = (...more: ViabilityReason[]): Judgement => ({
    verdict: 'NEEDS_PIN',
    reasons: ['LOCATION_IMPRECISE', ...more],
  });
  if (needsPinOutright(search, findings.edgeInsideError)) return needsPin();
  if (search.mode === 'POLES') {
    if (rim.some((answer) => answer.viable !== viable)) return needsPin();
    return viable ? { verdict: 'VIABLE', reasons: [] } : no();
  }
  if (search.radiusM === null) return needsPin();
  if (viable) {
    const certain = offered.some((box) => isCertain(box, search, findings));
    return certain ? { verdict: 'VIABLE', reasons: [] } : needsPin();
  }
  // OZmap looked at its nearest boxes only: one further off may well serve some point of the circle.
  return truncated ? needsPin('LIST_TRUNCATED') : no();
}

function needsPinOutright(search: Search, edgeInsideError: boolean): boolean {
  if (search.mode === 'POLES') return search.errorM > RIM_MAX_M;
  return search.errorM > search.polePinMaxM && edgeInsideError;
}

function whyNot(offered: number, refused: number): ViabilityReason {
  if (offered > 0) return 'OTHER';
  return refused > 0 ? 'ALL_BOXES_REFUSED' : 'NO_BOX_IN_RANGE';
}

/**
 * True when the edge of a horizontal condominium passes through the circle: then the address may lie on either side of a wall
 * that decides which boxes serve it.
 */
export function edgeWithin(ring: readonly Coordinates[], centre: Coordinates, radiusM: number): boolean {
  return legsOf(ring).some(([from, to]) => distanceToLegM(centre, from, to) <= radiusM);
}

/** Metres from a point to an area within a ring; 0 inside. */
export function distanceToAreaM(ring: readonly Coordinates[], point: Coordinates): number {
  const legs = legsOf(ring);
  const crossed = legs.filter(([from, to]) => {
    const along = (point.lat - to.lat) / (from.lat - to.lat);
    return to.lat > point.lat !== from.lat > point.lat && point.lng < to.lng + along * (from.lng - to.lng);
  });
  // A way out of the area crosses its edge an odd number of times.
  return crossed.length % 2 === 1 ? 0 : Math.min(...legs.map(([from, to]) => distanceToLegM(point, from, to)));
}

/** From corner to corner, the one back to the first included. */
function legsOf(ring: readonly Coordinates[]): [from: Coordinates, to: Coordinates][] {
  return ring.map((corner, at) => [ring.at(at - 1) ?? corner, corner]);
}

/** Distance from a point to a straight leg, on a plane laid at the point: exact to centimetres over a city. */
function distanceToLegM(point: Coordinates, from: Coordinates, to: Coordinates): number {
  const scale = Math.cos((point.lat * Math.PI) / 180);
  const ax = (from.lng - point.lng) * scale * METRES_PER_DEGREE;
  const ay = (from.lat - point.lat) * METRES_PER_DEGREE;
  const dx = (to.lng - from.lng) * scale * METRES_PER_DEGREE;
  const dy = (to.lat - from.lat) * METRES_PER_DEGREE;
  const lengthSquared = dx * dx + dy * dy;
  if (lengthSquared === 0) return distanceM(point, from);
  const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / lengthSquared));
  return Math.hypot(ax + along * dx, ay + along * dy);
}
