import { z } from 'zod';
import { distanceM, isUsable } from '../domain/geo.js';
import type { GeocodePrecision, Geocoder } from './geocoder.js';
import { askProvider, chooseAmong, type ProvidedPlace, type Trust } from './provider.js';
import { isNumberIn, type Question } from './reader/question.js';
import { stateOf } from './reader/towns.js';
import { ANYWHERE, onlyTownOf, type ServiceArea } from './service-area.js';

/** Nominatim writes coordinates as text; nothing at all must not become 0. */
const degrees = z.union([z.number(), z.string().trim().min(1).pipe(z.coerce.number())]);

/** What we read of Nominatim's answer; unknown keys pass. */
const answerShape = z.array(
  z.object({
    lat: degrees,
    lon: degrees,
    category: z.string().optional(),
    type: z.string().optional(),
    addresstype: z.string().optional(),
    importance: z.number().default(0),
    display_name: z.string().optional(),
    address: z.record(z.string(), z.string()).default({}),
    /** South, north, west, east. */
    boundingbox: z.tuple([degrees, degrees, degrees, degrees]).optional(),
  }),
);

type NominatimPlace = z.infer<typeof answerShape>[number];

/** OpenStreetMap cuts a street into many ways: those of one name in one quarter of one town become one place, over all their boxes. */
function joinStreets(places: readonly NominatimPlace[]): NominatimPlace[] {
  const joined = new Map<string, NominatimPlace>();
  places.forEach((place, index) => {
    const key = streetKey(place) ?? `${index}`;
    const first = joined.get(key);
    joined.set(key, first ? { ...first, boundingbox: around(first, place) } : place);
  });
  return [...joined.values()];
}

/** Older servers send no `addresstype`; newer ones send `highway` for what is merely beside a road, such as a bus stop. */
function isRoad({ addresstype, category }: NominatimPlace): boolean {
  return addresstype === undefined ? category === 'highway' : ['road', 'street', 'pedestrian'].includes(addresstype);
}

/** Null where it is not known to be one street: without quarter or town, two of one name may be two. */
function streetKey(place: NominatimPlace): string | null {
  const { road, suburb, neighbourhood, city, town, village, municipality, state } = place.address;
  const quarter = neighbourhood ?? suburb;
  const settlement = city ?? town ?? village ?? municipality;
  return isRoad(place) && road && quarter && settlement ? JSON.stringify([road, quarter, settlement, state]) : null;
}

function around(a: NominatimPlace, b: NominatimPlace): [number, number, number, number] {
  const [south, north, west, east] = boxOf(a);
  const other = boxOf(b);
  return [Math.min(south, other[0]), Math.max(north, other[1]), Math.min(west, other[2]), Math.max(east, other[3])];
}

function boxOf({ boundingbox, lat, lon }: NominatimPlace): [number, number, number, number] {
  return boundingbox ?? [lat, lat, lon, lon];
}

/** A mapped house is its own building, or a point at its door. */
const HOUSE_M = 20;
const AREA_FLOOR_M = 50;
/** A guess: something else in the right street says where the street is, but not how far it runs. */
const SOMEWHERE_IN_STREET_M = 500;

const QUARTERS = ['suburb', 'neighbourhood', 'quarter', 'city_block', 'residential', 'hamlet', 'village', 'district'];

/** A state, the country and the like: no place to look for boxes. */
const TOO_VAGUE = ['country', 'state', 'region', 'state_district', 'county', 'continent'];

/** A place with its error, as an answer to the question; null where Nominatim's point cannot be one. */
function toPlace(place: NominatimPlace, question: Question): ProvidedPlace | null {
  const { address, addresstype = '' } = place;
  const point = { lat: place.lat, lng: place.lon };
  if (!isUsable(point) || TOO_VAGUE.includes(addresstype)) return null;
  const { precision, accuracyM } = trust(place, question);
  return {
    location: {
      ...point,
      precision,
      accuracyM: Math.round(accuracyM),
      formattedAddress: place.display_name ?? null,
      neighbourhood: address.neighbourhood ?? address.suburb ?? null,
      provider: PROVIDER,
    },
    towns: [address.city, address.town, address.municipality, address.village].flatMap((town) => town ?? []),
    state: stateOf(address.state ?? address['ISO3166-2-lvl4']?.replace(/^BR-/, '') ?? ''),
  };
}

function isHouseAskedFor({ address: { house_number } }: NominatimPlace, { number }: Question): boolean {
  return house_number !== undefined && number !== null && isNumberIn(house_number, number);
}

function trust(place: NominatimPlace, question: Question): Trust {
  const { house_number, road } = place.address;
  if (isHouseAskedFor(place, question)) return { precision: 'NUMBER', accuracyM: HOUSE_M };
  const reach = Math.max(reachM(place), AREA_FLOOR_M);
  if (isRoad(place)) return { precision: 'STREET', accuracyM: reach };
  const area = areaPrecision(place);
  if (area) return { precision: area, accuracyM: reach };
  // Another house, a shop or a school: it says nothing about the number asked for.
  if (house_number || road) return { precision: 'STREET', accuracyM: Math.max(reach, SOMEWHERE_IN_STREET_M) };
  return { precision: 'MUNICIPALITY', accuracyM: reach };
}

function areaPrecision({ address, addresstype, category, type }: NominatimPlace): GeocodePrecision | null {
  if (address.house_number) return null;
  const is = (names: readonly string[]) => [addresstype, category, type].some((kind) => kind && names.includes(kind));
  if (is(['postcode'])) return 'POSTAL_CODE';
  return is(QUARTERS) ? 'LOCALITY' : null;
}

/** From the point to the furthest corner of the place's box. */
function reachM({ boundingbox, lat, lon }: NominatimPlace): number {
  if (!boundingbox) return 0;
  const [south, north, west, east] = boundingbox;
  const corners = [south, north].flatMap((cornerLat) => [west, east].map((lng) => ({ lat: cornerLat, lng })));
  return Math.max(...corners.map((corner) => distanceM({ lat, lng: lon }, corner)));
}

const PROVIDER = 'nominatim';
const LIMIT = '10';
/** Places this much less important than the best are not what was meant (importance runs from 0 to 1). */
const IMPORTANCE_GAP = 0.1;

export interface NominatimOptions {
  /** The server, e.g. `https://nominatim.customer.example`; `/search` is added. */
  url: string;
  /** Nominatim's usage policy wants each application to name itself. */
  userAgent: string;
  /** Where to look. */
  area?: ServiceArea;
  /** Default 5,000. */
  timeoutMs?: number;
}

/**
 * A Nominatim server, over OpenStreetMap's data.
 *
 * Errors: GEOCODER_UNAVAILABLE (no answer, or one that cannot be read) · GEOCODER_REFUSED · GEOCODER_QUOTA.
 * Source: Nominatim manual, "Search queries" and "Place output", format jsonv2.
 */
export function createNominatimGeocoder({
  url,
  userAgent,
  area = ANYWHERE,
  timeoutMs = 5_000,
}: NominatimOptions): Geocoder {
  return chooseAmong(PROVIDER, area, async (question, query, signal) => {
    const target = new URL(`${url.replace(/\/+$/, '')}/search`);
    target.search = searchParams(question, 'parts' in query, area).toString();
    const headers = { 'user-agent': userAgent };
    const places = await askProvider(target, answerShape, { provider: PROVIDER, timeoutMs, headers, signal });
    return meant(places, question).flatMap((place) => toPlace(place, question) ?? []);
  });
}

/** The houses with the number asked for, however unimportant a house is; without any, what is about as important as the best. */
function meant(places: readonly NominatimPlace[], question: Question): NominatimPlace[] {
  const houses = places.filter((place) => isHouseAskedFor(place, question));
  if (houses.length > 0) return houses;
  const top = Math.max(...places.map(({ importance }) => importance));
  return joinStreets(places.filter(({ importance }) => importance >= top - IMPORTANCE_GAP));
}

/** Streets and houses by field where an ERP gave fields; Nominatim knows none for the neighbourhood, which is compared in the answer. */
function searchParams(question: Question, inParts: boolean, area: ServiceArea): URLSearchParams {
  const { text, street, number, townText, state, postalCode } = question;
  const town = townText ?? onlyTownOf(area)?.name ?? null;
  const bounds = area.bounds();
  const asked = inParts
    ? {
        street: [number, street].filter(Boolean).join(' '),
        city: town,
        state: state ?? area.towns[0]?.state,
        postalcode: postalCode,
      }
    : { q: townText === null && town !== null ? `${text}, ${town}` : text };
  const params = new URLSearchParams({
    format: 'jsonv2',
    addressdetails: '1',
    limit: LIMIT,
    countrycodes: 'br',
    'accept-language': 'pt-BR',
    ...(bounds && { viewbox: [bounds.west, bounds.south, bounds.east, bounds.north].join(','), bounded: '0' }),
  });
  for (const [name, value] of Object.entries(asked)) if (value) params.set(name, value);
  return params;
}
