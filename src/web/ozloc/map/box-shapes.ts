import type { ImplantationStatus } from '../../../generated/operations.js';

/** How full a box is, as far as the sale cares. */
export type Occupancy = 'free' | 'last' | 'refused' | 'other';
export const OCCUPANCIES: readonly Occupancy[] = ['free', 'last', 'refused', 'other'];

/** The shape of a status, as an SVG path in a field of 24 by 24: one look tells them apart, in grey too. */
export const BOX_SHAPES: Readonly<Record<ImplantationStatus, string>> = {
  IMPLANTED: 'M6 3h12a3 3 0 0 1 3 3v12a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3Z',
  NOT_IMPLANTED: 'M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Z',
  CERTIFIED: 'M7 2.5h10L22.5 12 17 21.5H7L1.5 12Z',
  DRAFT: 'M12 1.5 22.5 12 12 22.5 1.5 12Z',
};

/** It sells, but it hangs on no pole yet. */
export function isPlanned(status: ImplantationStatus | null): boolean {
  return status === 'NOT_IMPLANTED' || status === 'DRAFT';
}

/** What an offer with so many free ports looks like. */
export function occupancyOf(freePorts: number): Occupancy {
  return freePorts <= 1 ? 'last' : 'free';
}
