/** Why OZmap does not offer a box, in stable words. */
export const REFUSAL_REASONS = [
  'NO_FREE_PORT',
  'DRAFT',
  'NO_SERVICE_EQUIPMENT',
  'DROP_TOO_LONG',
  'TAG_MISMATCH',
  'OUTSIDE_CONDOMINIUM',
  'OUT_OF_RANGE',
  'OTHER',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** One reason with what was measured, in metres where OZmap tells. `message` is OZmap's own text. */
export interface RefusalDetail {
  code: RefusalReason;
  message: string | null;
  limitM: number | null;
  actualM: number | null;
}
