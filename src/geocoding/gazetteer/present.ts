import type { City } from '../../city/city.js';
import type { GeocodedLocation, GeocodePrecision } from '../geocoder.js';
import { inTitleCase } from '../reader/words.js';
import { readStreetName } from './names/street-name.js';
import { isName, type Neighbourhoods } from './neighbourhoods.js';
import type { Plane, PlanePoint } from './plane.js';
import { labelOf } from './streets.js';

/** What was found, before it is put into words. */
export interface Place {
  point: PlanePoint;
  radiusM: number;
  precision: GeocodePrecision;
  street?: string;
  number?: number | null;
  /** Which street the nearest corner is with. */
  crossStreet?: string | null;
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
  return ({ point, radiusM, precision, street, number, crossStreet, neighbourhood: named }) => {
    const degrees = plane.toDegrees(point);
    const source = named ?? (precision === 'MUNICIPALITY' ? null : neighbourhoods.at(degrees)?.name);
    const neighbourhood = source == null ? null : inReadingCase(source);
    const door = street && number != null ? `${street}, ${number}` : street;
    const front = [door, neighbourhood].filter(Boolean).join(' - ');
    return {
      lat: rounded(degrees.lat),
      lng: rounded(degrees.lng),
      accuracyM: Math.ceil(radiusM),
      precision,
      formattedAddress: [front, `${city.name} - ${city.state}`].filter(Boolean).join(', '),
      neighbourhood,
      ...(crossStreet && { crossStreet }),
      provider: PROVIDER,
    };
  };
}

/** Capitals only where the source wrote nothing but capitals. */
function inReadingCase(name: string): string {
  return name === name.toUpperCase() ? inTitleCase(name) : name;
}

/** The same city with its names as people read them, and without the land that the source only calls empty: for a map and a plant. */
export function cityAsShown(city: City): City {
  const known = shown.get(city) ?? labelled(city);
  shown.set(city, known);
  return known;
}

/** A map and a plant of the same city are made of the same. */
const shown = new WeakMap<City, City>();

function labelled(city: City): City {
  const labels = new Map<string, string>();
  const label = (name: string) => {
    const known = labels.get(name) ?? labelOf(name, readStreetName(name)?.type ?? null);
    labels.set(name, known);
    return known;
  };
  return {
    ...city,
    streets: city.streets.map((street) => ({ ...street, name: street.name && label(street.name) })),
    addresses: city.addresses.map((door) => ({ ...door, street: label(door.street) })),
    neighbourhoods: city.neighbourhoods
      .filter(({ name }) => isName(name))
      .map((area) => ({ ...area, name: inReadingCase(area.name) })),
  };
}

// A tenth of a metre: more decimals would pretend to know more.
function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
