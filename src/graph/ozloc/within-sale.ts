import type { Coordinates } from '../../domain/geo.js';
import type { JsonObject } from '../../domain/json.js';
import { ForbiddenError } from '../../errors/app-error.js';
import { isOzmapId } from '../bounds.js';
import type { RequestContext } from '../context.js';

/**
 * Holds a command of a sale's bearer to the sale: the place that it names, or that of the home that it takes over, is one that the sale reaches.
 * One request for a home. Errors: FORBIDDEN OUTSIDE_SALE · UPSTREAM_UNAVAILABLE · JOURNAL_UNAVAILABLE.
 */
export async function assertWithinSale({ sale, loaders }: RequestContext, input: JsonObject): Promise<void> {
  if (!sale) return;
  const { location, propertyId } = input as { location?: Coordinates | null; propertyId?: string | null };
  if (location) await sale.admit(location);
  if (!isOzmapId(propertyId)) return;
  const home = await loaders.properties.load(propertyId);
  // A flat may have no coordinates; the building in OZmap's answer has none either.
  const box = home?.location || !home?.boxId ? null : await loaders.boxes.load(home.boxId);
  const place = home?.location ?? box?.location;
  if (place) await sale.admit(place);
  else if (home) throw new ForbiddenError('a home without a place');
}
