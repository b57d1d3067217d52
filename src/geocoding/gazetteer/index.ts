import { createTimeSlices, type Yield } from '../../budget/time-slices.js';
import type { City } from '../../city/city.js';
import type { AddressQuery, GeocodeAnswer, Geocoder } from '../geocoder.js';
import { learnCircles } from './circle/circles.js';
import { plotWidthM, tryLeftOutDoors } from './circle/sample.js';
import { type Locator, locateAreas, locateNumber, locateStreet } from './locate.js';
import { type Area, createNeighbourhoods, type Neighbourhoods } from './neighbourhoods.js';
import { createPlane, type PlanePoint, planeDistanceM } from './plane.js';
import { createPresenter, PROVIDER } from './present.js';
import { createStreetFinder, type FoundStreets, type StreetFinder, TRUSTED_LIKENESS } from './street-finder.js';
import { gatherStreets } from './streets.js';
import { readAddress } from './text/read-address.js';
import type { ReaderContext, Reading } from './text/street-part.js';

/** A reading that leaves words unexplained must fit this much better than one that explains all. */
const UNEXPLAINED = 0.04;
/** Between readings that fit alike, the one with a house number. */
const NUMBER_BONUS = 0.01;

/**
 * Finds addresses in a city's own data, without asking anybody: misspelt and abbreviated streets, numbers between known numbers,
 * and for every answer how far off it may be, as measured on the city's own doors.
 *
 * Shape:  text or parts → `found`, `ambiguous` with the places that fit, or `not-found`; never a silent first hit.
 * Cost:   about a second for 90,000 doors when it is made; some milliseconds for a look-up, in slices between which the event loop goes on.
 * Errors: the signal's reason.
 */
export function createGazetteer(city: City): Geocoder {
  const plane = createPlane(city.addresses.length > 0 ? city.addresses : city.streets.flatMap(({ path }) => path));
  const neighbourhoods = createNeighbourhoods(city.neighbourhoods, plane);
  const streets = gatherStreets(city, plane);
  const find = createStreetFinder(streets, plane);
  const circles = learnCircles(tryLeftOutDoors(streets, neighbourhoods, plane), plotWidthM(streets));
  const locator: Locator = { plane, circles, present: createPresenter(city, plane, neighbourhoods) };
  const context: ReaderContext = {
    cityName: city.name,
    state: city.state,
    isPlace: neighbourhoods.isName,
    isNearlyPlace: neighbourhoods.isNearlyName,
  };
  const doors = city.addresses.map(plane.toPlane);
  const nextSlice = createTimeSlices();

  async function answer(query: AddressQuery, pause: Yield): Promise<GeocodeAnswer> {
    await pause();
    const { readings, elsewhere, cityNamed } = readAddress(query, context);
    if (elsewhere) return { kind: 'not-found' };
    const read = await bestReading(readings, { find, neighbourhoods, pause });
    await pause();
    if (!read) {
      if (readings.length > 0 || !cityNamed || doors.length === 0)
        return locateAreas(areasOf(readings, neighbourhoods), locator);
      return { kind: 'found', location: locator.present({ ...wholeCity(doors), precision: 'MUNICIPALITY' }) };
    }
    const { reading, found, areas } = read;
    const knowsPlace = reading.places.length === 0 || areas.length > 0 || cityNamed;
    const trusted = found.likeness >= TRUSTED_LIKENESS && knowsPlace;
    return reading.number === null
      ? locateStreet(found.streets, areas, trusted, locator)
      : locateNumber(found.streets, reading.number, areas, trusted, locator);
  }

  return {
    provider: PROVIDER,
    geocode: (query, signal) =>
      answer(query, async () => {
        await nextSlice();
        signal?.throwIfAborted();
      }),
  };
}

interface ReadStreet {
  reading: Reading;
  found: FoundStreets;
  areas: Area[];
}

/** The reading whose street is most like a known one. */
async function bestReading(
  readings: readonly Reading[],
  { find, neighbourhoods, pause }: { find: StreetFinder; neighbourhoods: Neighbourhoods; pause: Yield },
): Promise<ReadStreet | null> {
  let best: (ReadStreet & { score: number }) | null = null;
  for (const reading of readings) {
    await pause();
    const found = reading.street === null ? null : find(reading.street);
    if (!found) continue;
    const areas = areasOf([reading], neighbourhoods);
    const unexplained = reading.places.length > 0 && areas.length === 0;
    const score = found.likeness - (unexplained ? UNEXPLAINED : 0) + (reading.number === null ? 0 : NUMBER_BONUS);
    if (!best || score > best.score) best = { reading, found, areas, score };
  }
  return best;
}

/** The neighbourhoods that the first telling place of the readings names. */
function areasOf(readings: readonly Reading[], neighbourhoods: Neighbourhoods): Area[] {
  for (const place of readings.flatMap(({ places }) => places)) {
    const areas = neighbourhoods.named(place);
    if (areas.length > 0) return areas;
  }
  return [];
}

function wholeCity(doors: readonly PlanePoint[]): { point: PlanePoint; radiusM: number } {
  // The plane's origin is the doors' middle.
  const point = { x: 0, y: 0 };
  return { point, radiusM: doors.reduce((most, door) => Math.max(most, planeDistanceM(point, door)), 0) };
}
