import type { Session } from '../../commands/session.js';
import { type Coordinates, distanceM, pointAt } from '../../domain/geo.js';
import { type RefusalDetail, refusalDetails } from '../../domain/refusal.js';
import {
  asksRim,
  distanceToAreaM,
  edgeWithin,
  effectiveRadiusM,
  isCertain,
  judge,
  RIM_BEARINGS,
  type RimAnswer,
  type Search,
  searchRadiusM,
  type Verdict,
  type ViabilityMode,
  type ViabilityReason,
} from '../../domain/viability.js';
import { BadUserInputError, ForbiddenError, UpstreamRefusedError } from '../../errors/app-error.js';
import type { GeocodedLocation, Geocoder } from '../../geocoding/geocoder.js';
import type { ServiceArea } from '../../geocoding/service-area.js';
import type {
  HorizontalCondominium,
  RefusedViabilityBox,
  SystemConfig,
  ViabilityAnswer,
  ViabilityBox,
  ViabilityBuilding,
} from '../../ozmap/types.js';
import { isOzmapId } from '../arguments.js';
import type { SaleScope } from '../ozloc/sale-scope.js';
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

/** A gated community, and metres to its edge; 0 inside. */
export interface CondominiumNear {
  condominium: HorizontalCondominium;
  distanceM: number;
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
    const [located, tagIds] = await Promise.all([locate(request, geocoder, area), tagIdsOf(request.tags, session)]);
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
      this.ask(location, search, tagIds),
      asksRim(search) ? this.askRim(location, search, tagIds) : [],
    ]);
    const answer = request.radiusM === undefined ? whole : narrowed(whole, location, request.radiusM + search.errorM);
    const edgeInsideError = await this.edgeInsideError(location, search, config, whole);
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

  /**
   * Gated communities that reach into the search radius around a place and its error, nearest first: one request. Null where OZmap does not list them
   * to this token.
   */
  async condominiums({
    location,
    search,
  }: Pick<ViabilityResult, 'location' | 'search'>): Promise<CondominiumNear[] | null> {
    if (location === null || search === null) return [];
    const all = await unlessRefused(this.deps.session.ozmap.findHorizontalCondominiums());
    const withinM = (search.radiusM ?? 0) + search.errorM;
    const near = all?.flatMap((condominium) => {
      const distanceM = distanceToAreaM(condominium.polygon, location);
      return distanceM <= withinM ? [{ condominium, distanceM }] : [];
    });
    return near?.sort((a, b) => a.distanceM - b.distanceM) ?? null;
  }

  private ask(location: Coordinates, search: Search, tags: readonly string[]): Promise<ViabilityAnswer> {
    const { ozmap } = this.deps.session;
    const radiusM = searchRadiusM(search);
    const query = {
      location: { lat: location.lat, lng: location.lng },
      ...(radiusM === undefined ? {} : { radiusM }),
      ...(tags.length > 0 ? { tags } : {}),
    };
    return search.mode === 'POLES' ? ozmap.viabilityByPoles(query) : ozmap.viabilityByRadius(query);
  }

  /** OZmap's word around the location: the way along the poles may begin at another pole there. */
  private askRim(location: GeocodedLocation, search: Search, tags: readonly string[]): Promise<RimAnswer[]> {
    return Promise.all(
      RIM_BEARINGS.map(async (bearing) => {
        const { viable, boxes } = await this.ask(pointAt(location, bearing, search.errorM), search, tags);
        return { viable, offeredIds: new Set(boxes.map(({ id }) => id)) };
      }),
    );
  }

  /** Asked only where it can matter: an error too large to overlook, on an OZmap that considers condominiums, or that names them itself. */
  private async edgeInsideError(
    location: GeocodedLocation,
    search: Search,
    config: SystemConfig,
    answer: ViabilityAnswer,
  ): Promise<boolean> {
    if (search.errorM <= search.polePinMaxM || search.mode === 'POLES') return false;
    const named = [...answer.boxes, ...answer.refusedBoxes].some((box) => box.condominiumIds.length > 0);
    if (!(config.considersHorizontalCondominiums ?? named)) return false;
    const condominiums = await this.deps.session.ozmap.findHorizontalCondominiums();
    return condominiums.some((condominium) => edgeWithin(condominium.polygon, location, search.errorM));
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

/**
 * What OZmap takes for these tags, given by id or name: one request where there are any. Of a name that several have, all. Where OZmap does not
 * list its tags, ids are taken at their word.
 *
 * Errors: BAD_USER_INPUT that tells which tag is none.
 */
async function tagIdsOf(given: readonly string[] | undefined, { ozmap }: Session): Promise<string[]> {
  const asked = (given ?? []).map((tag) => tag.trim()).filter((tag) => tag !== '');
  if (asked.length === 0) return [];
  const known = await unlessRefused(ozmap.findTags());
  const idsOf = (tag: string): string[] => {
    if (known === null) return isOzmapId(tag) ? [tag] : [];
    return known
      .filter(({ id, name }) => id === tag || (name !== null && folded(name) === folded(tag)))
      .map(({ id }) => id);
  };
  const ids = asked.flatMap((tag) => {
    const found = idsOf(tag);
    if (found.length > 0) return found;
    const field = `tags[${given?.findIndex((one) => one.trim() === tag)}]`;
    throw new BadUserInputError('OZmap has no such tag', [{ field }]);
  });
  return [...new Set(ids)];
}

/** Null where OZmap does not list what is asked for to this token. */
function unlessRefused<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((error: unknown) => {
    if (error instanceof UpstreamRefusedError || error instanceof ForbiddenError) return null;
    throw error;
  });
}

function folded(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
