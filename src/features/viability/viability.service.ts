import type { Coordinates } from '../../domain/geo.js';
import type { RefusalDetail } from '../../domain/refusal.js';
import type { Verdict, ViabilityMode, ViabilityReason } from '../../domain/viability.js';
import type { AddressQuery, GeocodedLocation, Geocoder } from '../../geocoding/geocoder.js';
import type { RefusedViabilityBox, ViabilityBox } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** Where, and how to look: an address or a location; with both, the location decides and the address is kept as text. */
export interface ViabilityRequest {
  address?: AddressQuery;
  location?: Coordinates;
  /** How far off `location` may be; 0 (a pin) when absent. */
  accuracyM?: number;
  mode?: ViabilityMode;
  /** May narrow OZmap's search radius, never widen it. */
  radiusM?: number;
  tags?: string[];
}

/** A box that OZmap would sell. `certain`: in range from every point of the location's error circle. */
export interface BoxOffer {
  boxId: string;
  box: ViabilityBox;
  distanceM: number;
  freePorts: number;
  dropLengthM: number | null;
  certain: boolean;
}

/** A box that OZmap would not sell, and why. */
export interface BoxRefusal {
  boxId: string;
  box: RefusedViabilityBox;
  distanceM: number;
  reasons: RefusalDetail[];
}

/** The answer to one address, knowing its own error. */
export interface ViabilityResult {
  viable: boolean;
  verdict: Verdict;
  reasons: ViabilityReason[];
  mode: ViabilityMode;
  location: GeocodedLocation | null;
  candidates: GeocodedLocation[];
  boxes: BoxOffer[];
  refusedBoxes: BoxRefusal[];
  /** Homes without a client near here whose drop may be used again. */
  reusablePropertyIds: string[];
  checkedAt: Date;
  validUntil: Date;
}

/** Tells whether an address can be served, by the parameters set in OZmap. */
export class ViabilityService {
  constructor(readonly deps: { session: Session; geocoder: Geocoder }) {}

  /**
   * One address, one answer, at most one viability call.
   *
   * Errors: UPSTREAM_UNAVAILABLE · UPSTREAM_UNEXPECTED_SHAPE · BAD_USER_INPUT (neither address nor location).
   */
  async check(_request: ViabilityRequest): Promise<ViabilityResult> {
    throw new Error('being built');
  }
}
