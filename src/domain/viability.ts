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
