import type { Session } from '../../commands/session.js';
import { type Coordinates, distanceM } from '../../domain/geo.js';
import { type RefusalDetail, refusalDetails } from '../../domain/refusal.js';
import {
  asksRim,
  effectiveRadiusM,
  isCertain,
  judge,
  type Search,
  type Verdict,
  type ViabilityMode,
  type ViabilityReason,
} from '../../domain/viability.js';
import type { GeocodedLocation, Geocoder } from '../../geocoding/geocoder.js';
import type { ServiceArea } from '../../geocoding/service-area.js';
import type { RefusedViabilityBox, ViabilityAnswer, ViabilityBox, ViabilityBuilding } from '../../ozmap/types.js';
import type { SaleScope } from '../ozloc/sale-scope.js';
import { ask, askRim, hasEdgeInsideError, tagIdsOf } from './ask-ozmap.js';
import { locate, type ViabilityRequest } from './request-location.js';

/** What an offer's drop passes. */
export interface OfferedWay {
  location: Coordinates;
  /** From the box to the home; null: straight, or not known. */
  dropPoleIds: readonly string[] | null;
  /** OZmap's own length, where the way is not known. */
  lengthM: number | null;
}

/** A box that OZmap would sell. `certain`: in range from every point of the location's error circle. */
interface BoxOffer {
  box: ViabilityBox;
  distanceM: number;
  freePorts: number;
  way: OfferedWay;
  certain: boolean;
}

/** A box that OZmap would not sell, and why. */
interface BoxRefusal {
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
  buildings: ViabilityBuilding[];
  /** Homes without a client near here whose drop may be used again. */
  reusablePropertyIds: string[];
  /** What was asked of OZmap; null where nothing was, for want of a place that is exact enough. */
  search: Search | null;
  checkedAt: Date;
  validUntil: Date;
}

/** No search radius is as wide: whatever OZmap holds, the answer changes within such an error. */
const TOO_VAGUE_M = 5_000;

const NOTHING = { boxes: [], refusedBoxes: [], buildings: [], reusablePropertyIds: [], search: null };

/** Decides whether an address can be served, by the parameters set in OZmap. */
export class ViabilityService {
  /** `sale`: what the answers are held to. */
  constructor(readonly deps: { session: Session; geocoder: Geocoder; area?: ServiceArea; sale?: SaleScope | null }) {}

  /**
   * One address, one answer, exactly one viability call (none where there is no usable location; five in pole mode for a location with an error).
   *
   * Errors: UPSTREAM_UNAVAILABLE · UPSTREAM_UNEXPECTED_SHAPE · BAD_USER_INPUT (neither address nor location) · FORBIDDEN OUTSIDE_SALE.
   */
  async check(request: ViabilityRequest): Promise<ViabilityResult> {
    const { session, geocoder, area, sale } = this.deps;
    const config = await session.systemConfig();
    const mode = request.mode ?? (config.viabilityMode === 'poles' ? 'POLES' : 'RADIUS');
    const [located, tagIds] = await Promise.all([
      locate(request, geocoder, area),
      tagIdsOf(request.tags, session.ozmap),
    ]);
    const checkedAt = session.now();
    const shared = {
      mode,
      checkedAt,
      validUntil: new Date(checkedAt.getTime() + session.policy.viabilityValidMinutes * 60_000),
    };
    if (located.location === null) {
      const nowhere = { viable: false, verdict: 'UNKNOWN', location: null } as const;
      return { ...shared, ...nowhere, ...NOTHING, reasons: [located.reason], candidates: located.candidates };
    }

    const { location } = located;
    if (location.accuracyM > Math.min(sale?.radiusM ?? TOO_VAGUE_M, TOO_VAGUE_M)) {
      // Anywhere in a town: its boxes are none of the sale's business, OZmap need not list them, and the verdict could be nothing else.
      const vague = { viable: false, verdict: 'NEEDS_PIN', location } as const;
      return { ...shared, ...vague, ...NOTHING, candidates: [], reasons: ['LOCATION_IMPRECISE'] };
    }
    await sale?.admit(location);
    const search: Search = {
      mode,
      errorM: location.accuracyM,
      radiusM: effectiveRadiusM(config.viabilityRadiusM, session.policy.viabilityRadiusM, request.radiusM),
      polePinMaxM: session.policy.polePinMaxM,
    };
    const [whole, rim] = await Promise.all([
      ask(session.ozmap, location, search, tagIds),
      asksRim(search) ? askRim(session.ozmap, location, search, tagIds) : [],
    ]);
    const answer = request.radiusM === undefined ? whole : narrowed(whole, location, request.radiusM + search.errorM);
    const edgeInsideError = await hasEdgeInsideError(session.ozmap, location, search, config, whole);
    const findings = {
      viable: answer.viable,
      offered: answer.boxes,
      refusedCount: answer.refusedBoxes.length,
      maxBoxes: config.viabilityMaxBoxes,
      edgeInsideError,
      rim,
    };
    const { verdict, reasons } = judge(search, findings);
    return {
      ...shared,
      viable: verdict === 'VIABLE',
      verdict,
      reasons,
      location,
      candidates: [],
      boxes: answer.boxes.map((box) => ({
        box,
        distanceM: box.distanceM,
        freePorts: box.availability,
        way: {
          location: { lat: location.lat, lng: location.lng },
          dropPoleIds: box.dropPoleIds,
          lengthM: box.dropLengthM,
        },
        certain: isCertain(box, search, findings),
      })),
      refusedBoxes: answer.refusedBoxes.map((box) => ({
        box,
        distanceM: box.distanceM,
        reasons: refusalDetails(box),
      })),
      buildings: answer.buildings,
      search,
      reusablePropertyIds: answer.propertyIds,
    };
  }
}

/** What is left within the caller's own, narrower radius: measured straight, also where OZmap measures along the poles. */
function narrowed(answer: ViabilityAnswer, location: Coordinates, radiusM: number): ViabilityAnswer {
  const within = (box: { location: Coordinates | null; distanceM: number }) =>
    Math.min(box.distanceM, box.location ? distanceM(location, box.location) : box.distanceM) <= radiusM;
  const boxes = answer.boxes.filter(within);
  return {
    ...answer,
    viable: answer.viable && (boxes.length > 0 || answer.boxes.length === 0),
    boxes,
    refusedBoxes: answer.refusedBoxes.filter(within),
  };
}
