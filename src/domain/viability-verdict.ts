import type { Verdict, ViabilityMode, ViabilityReason } from './viability.js';

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
  /** Distances in metres of the boxes that OZmap offers. */
  offeredDistancesM: readonly number[];
  refusedCount: number;
  /** OZmap's maximum number of boxes in a list; null when unknown. */
  maxBoxes: number | null;
  /** The edge of a condominium that OZmap considers passes through the error circle. */
  edgeInsideError: boolean;
}

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
export function isCertain(boxDistanceM: number, search: Search, edgeInsideError: boolean): boolean {
  if (search.errorM === 0) return true;
  if (needsPinOutright(search, edgeInsideError)) return false;
  return search.mode === 'POLES' || (search.radiusM !== null && boxDistanceM + search.errorM <= search.radiusM);
}

/** Does the answer change within the location's error? Never VIABLE without OZmap's own yes. */
export function judge(search: Search, findings: Findings): Judgement {
  const { viable, offeredDistancesM, refusedCount, maxBoxes } = findings;
  const truncated = maxBoxes !== null && offeredDistancesM.length + refusedCount >= maxBoxes;
  const no = (): Judgement => ({
    verdict: 'NOT_VIABLE',
    reasons: [whyNot(offeredDistancesM.length, refusedCount)],
  });

  if (search.errorM === 0) return viable ? { verdict: 'VIABLE', reasons: [] } : no();
  const needsPin = (...more: ViabilityReason[]): Judgement => ({
    verdict: 'NEEDS_PIN',
    reasons: ['LOCATION_IMPRECISE', ...more],
  });
  if (needsPinOutright(search, findings.edgeInsideError)) return needsPin();
  // A small error where poles decide: the verdict at the point stands.
  if (search.mode === 'POLES') return viable ? { verdict: 'VIABLE', reasons: [] } : no();
  if (search.radiusM === null) return needsPin();
  if (viable) {
    const certain = offeredDistancesM.some((distanceM) => isCertain(distanceM, search, findings.edgeInsideError));
    return certain ? { verdict: 'VIABLE', reasons: [] } : needsPin();
  }
  // OZmap looked at its nearest boxes only: one further off may well serve some point of the circle.
  return truncated ? needsPin('LIST_TRUNCATED') : no();
}

function needsPinOutright(search: Search, edgeInsideError: boolean): boolean {
  return search.errorM > search.polePinMaxM && (search.mode === 'POLES' || edgeInsideError);
}

function whyNot(offered: number, refused: number): ViabilityReason {
  if (offered > 0) return 'OTHER';
  return refused > 0 ? 'ALL_BOXES_REFUSED' : 'NO_BOX_IN_RANGE';
}
