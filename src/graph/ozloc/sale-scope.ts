import { type Coordinates, distanceM } from '../../domain/geo.js';
import type { JsonObject } from '../../domain/json.js';
import { ForbiddenError } from '../../errors/app-error.js';
import { isOzmapId } from '../arguments.js';
import type { RequestContext } from '../context.js';

/** What a link is for: a new port, or an existing client that moves to another home. */
export type SaleKind = 'reserve' | 'relocate';

/** One sale, as its bearer opens it. */
export interface OpenedSale {
  contractCode: string;
  kind: SaleKind;
  /** Where it takes place; none while it has not turned out yet. */
  places: readonly Coordinates[];
  /** How far from its places it reaches, metres. */
  radiusM: number;
  /** The command that made the sale, which is over but for reading how it ended; null while nothing was sold. */
  sold: { idempotencyKey: string | null } | null;
  /** Takes one more place, the same for all processes. False: it has as many as it may. Errors: JOURNAL_UNAVAILABLE. */
  addPlace(place: Coordinates): Promise<boolean>;
}

/** What the bearer of a link may do: one kind of sale, for one contract, around its places. */
export class SaleScope {
  readonly contractCode: string;
  readonly kind: SaleKind;
  readonly radiusM: number;
  readonly sold: OpenedSale['sold'];
  private places: readonly Coordinates[];

  constructor(private readonly sale: OpenedSale) {
    ({ contractCode: this.contractCode, kind: this.kind, radiusM: this.radiusM } = sale);
    ({ sold: this.sold, places: this.places } = sale);
  }

  /** True for a point that the sale reaches. */
  covers(point: Coordinates | null): boolean {
    return point !== null && this.touches(point, 0);
  }

  /** Refuses a question about a circle that the sale does not reach. Errors: FORBIDDEN OUTSIDE_SALE. */
  assertTouches(center: Coordinates, radiusM: number): void {
    if (!this.touches(center, radiusM)) throw this.outside();
  }

  /** Lets the client stand at a place: one that the sale reaches, or a new one while it may take more. Errors: FORBIDDEN OUTSIDE_SALE. */
  async admit(place: Coordinates): Promise<void> {
    if (this.covers(place)) return;
    if (!(await this.sale.addPlace(place))) throw this.outside();
    this.places = [...this.places, place];
  }

  private touches(center: Coordinates, radiusM: number): boolean {
    return this.places.some((place) => distanceM(place, center) <= this.radiusM + radiusM);
  }

  private outside(): ForbiddenError {
    const details = [{ field: 'location', limit: this.radiusM }];
    return new ForbiddenError('outside of the sale', 'OUTSIDE_SALE', details);
  }
}

/**
 * Holds a command of a sale's bearer to the sale: the place that it names, or that of the home that it takes over, is one that the sale reaches.
 * One request for a home. Errors: FORBIDDEN OUTSIDE_SALE · UPSTREAM_UNAVAILABLE · JOURNAL_UNAVAILABLE.
 */
export async function assertWithinSale({ sale, loaders }: RequestContext, input: JsonObject): Promise<void> {
  if (!sale) return;
  const { location, propertyId, buildingId } = input as {
    location?: Coordinates | null;
    propertyId?: string | null;
    buildingId?: string | null;
  };
  if (location) await sale.admit(location);
  if (isOzmapId(buildingId)) {
    const building = await loaders.buildings.load(buildingId);
    if (building?.location) await sale.admit(building.location);
    else if (building) throw new ForbiddenError('a building without a place');
  }
  if (!isOzmapId(propertyId)) return;
  const home = await loaders.properties.load(propertyId);
  // A flat may have no coordinates; the building in OZmap's answer has none either.
  const box = home?.location || !home?.boxId ? null : await loaders.boxes.load(home.boxId);
  const place = home?.location ?? box?.location;
  if (place) await sale.admit(place);
  else if (home) throw new ForbiddenError('a home without a place');
}

/** One sale, as a link to the map page opens it. */
export interface Sale {
  contractCode: string;
  name: string | null;
  address: string | null;
  location: { lat: number; lng: number } | null;
  tags: string[];
  /** The client exists and moves to another home. */
  relocate: boolean;
  /** Whose page is told by message what becomes of the sale. */
  openerOrigin?: string | undefined;
  /** Where the page goes in the end, if nobody can be told. */
  returnUrl?: string | undefined;
  /** The caller's own word for this sale, given back with every message. */
  state?: string | undefined;
}

/** On whose behalf the seller works. */
export interface Principal {
  /** The caller's OZmap token. */
  token: string;
  /** The token's owner. */
  ownerId: string;
  cntUser: string | null;
}

/** Makes links to the map page, and takes them back. */
export interface OzlocLinks {
  /** A link that opens this sale once. Errors: BAD_USER_INPUT (an origin that is not configured) · CONFLICT LINKS_NOT_CONFIGURED · JOURNAL_UNAVAILABLE. */
  issue(sale: Sale, by: Principal): Promise<{ url: string; expiresAt: Date }>;
  /** Where a contract's sketch may be fetched without a token; null: there are no links. */
  sketch(
    contractCode: string,
    by: Pick<Principal, 'token' | 'cntUser'>,
  ): Promise<{ png: string; pdf: string; expiresAt: Date } | null>;
  /** Ends an owner's links and sales of a contract; how many were not over yet. Errors: JOURNAL_UNAVAILABLE. */
  revoke(ownerId: string, contractCode: string): Promise<number>;
}
