import type { City } from '../../city/city.js';
import type { GeocodedLocation, GeocodePrecision } from '../geocoder.js';
import { inTitleCase } from '../reader/words.js';
import type { Neighbourhoods } from './neighbourhoods.js';
import type { Plane, PlanePoint } from './plane.js';

/** What was found, before it is put into words. */
export interface Place {
  point: PlanePoint;
  radiusM: number;
  precision: GeocodePrecision;
  street?: string;
  number?: number | null;
  /** Where the place is a neighbourhood itself. */
  neighbourhood?: string;
}

export const PROVIDER = 'gazetteer';

/** Puts a place into the words and the degrees that callers read. */
export function createPresenter(
  city: City,
  plane: Plane,
  neighbourhoods: Neighbourhoods,
): (place: Place) => GeocodedLocation {
  return ({ point, radiusM, precision, street, number, neighbourhood: named }) => {
    const degrees = plane.toDegrees(point);
    const source = named ?? (precision === 'MUNICIPALITY' ? null : neighbourhoods.at(degrees)?.name);
    const neighbourhood = source == null ? null : source === source.toUpperCase() ? inTitleCase(source) : source;
    const door = street && number != null ? `${street}, ${number}` : street;
    const front = [door, neighbourhood].filter(Boolean).join(' - ');
    return {
      lat: rounded(degrees.lat),
      lng: rounded(degrees.lng),
      accuracyM: Math.ceil(radiusM),
      precision,
      formattedAddress: [front, `${city.name} - ${city.state}`].filter(Boolean).join(', '),
      neighbourhood,
      provider: PROVIDER,
    };
  };
}

// A tenth of a metre: more decimals would pretend to know more.
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
