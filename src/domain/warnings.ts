/** Every code of a payload's `warnings`: it was done, but look at this. */
export const WARNING_CODES = [
  'NOT_IMPLANTED_IN_OZMAP',
  'NO_PROPERTY',
  'DROP_DISCONNECTED',
  'OBSERVATION_OVERWRITTEN',
  'LEFT_AS_IT_IS',
  'OLDER_DECLARATION',
  'NOT_UPDATED',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];
