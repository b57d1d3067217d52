import { createTimeSlices, type Yield } from '../../budget/turns.js';
import type { City } from '../../city/city.js';
import type { AddressQuery, GeocodeAnswer, Geocoder, Suggester } from '../geocoder.js';
import { type ReadAddress, type ReaderContext, readAddress } from '../reader/read-address.js';
import { learnCircles } from './circle/circles.js';
import { plotWidthM, tryLeftOutDoors } from './circle/sample.js';
import { type Locator, locateAreas } from './locate.js';
import { areasOf, locateMatch, matchReadings, oneOf } from './match.js';
import { createNeighbourhoods } from './neighbourhoods.js';
import { createPlane, type PlanePoint, planeDistanceM } from './plane.js';
import { doubtElsewhere, indexPostalCodes } from './postal-codes.js';
import { createPresenter, PROVIDER } from './present.js';
import { createStreetFinder } from './street-finder.js';
import { findCorners, gatherStreets } from './streets.js';
import { createSuggester } from './suggest.js';

/**
 * Finds addresses in a city's own data, without asking anybody: misspelt and abbreviated streets, numbers between known numbers,
 * and for every answer how far off it may be, as measured on the city's own doors.
 *
 * Shape:  text or parts → `found`, `ambiguous` with the places that fit, or `not-found`; never a silent first hit.
 * Cost:   about a second for 90,000 doors when it is made; some milliseconds for a look-up, in slices between which the event loop goes on.
 * Errors: the signal's reason.
 */
export function createGazetteer(city: City): Geocoder & Suggester {
  const plane = createPlane(city.addresses.length > 0 ? city.addresses : city.streets.flatMap(({ path }) => path));
  const neighbourhoods = createNeighbourhoods(city.neighbourhoods, plane);
  const streets = gatherStreets(city, plane);
  const find = createStreetFinder(streets, plane);
  const circles = learnCircles(tryLeftOutDoors(streets, neighbourhoods, plane), plotWidthM(streets));
  const locator: Locator = {
    plane,
    circles,
    present: createPresenter(city, plane, neighbourhoods),
    cornerOf: findCorners(streets, plane),
  };
  const context: ReaderContext = {
    cityName: city.name,
    state: city.state,
    isPlace: neighbourhoods.isName,
    isNearlyPlace: neighbourhoods.isNearlyName,
  };
  const postalCodes = indexPostalCodes(city, locator);
  const doors = city.addresses.map(plane.toPlane);
  const suggester = createSuggester({ streets, neighbourhoods, find, locator });
  const nextSlice = createTimeSlices();

  async function answer(query: AddressQuery, pause: Yield): Promise<GeocodeAnswer> {
    await pause();
    const read = readAddress(query, context);
    if (read.elsewhere) return { kind: 'not-found' };
    const code = read.postalCode;
    if (code && postalCodes && read.readings.length === 0)
      return postalCodes.locate(code, read.number) ?? { kind: 'not-found' };
    const located = await locateRead(read, pause);
    if (!code) return located;
    return postalCodes?.check(located, code) ?? doubtElsewhere(located, code, city.state);
  }

  async function locateRead(read: ReadAddress, pause: Yield): Promise<GeocodeAnswer> {
    const matches = await matchReadings(read, { find, neighbourhoods, pause });
    await pause();
    if (matches.length === 0) return locateWithoutStreet(read);
    return oneOf(matches.map((match) => locateMatch(match, locator)));
  }

  function locateWithoutStreet({ readings, cityNamed }: ReadAddress): GeocodeAnswer {
    if (readings.length > 0 || !cityNamed || doors.length === 0)
      return locateAreas(areasOf(readings, neighbourhoods), locator);
    return { kind: 'found', location: locator.present({ ...wholeCity(doors), precision: 'MUNICIPALITY' }) };
  }

  return {
    provider: PROVIDER,
    suggest: suggester.suggest,
    geocode: (query, signal) =>
      answer(query, async () => {
        await nextSlice();
        signal?.throwIfAborted();
      }),
  };
}

function wholeCity(doors: readonly PlanePoint[]): { point: PlanePoint; radiusM: number } {
  // The plane's origin is the doors' middle.
  const point = { x: 0, y: 0 };
  return { point, radiusM: doors.reduce((most, door) => Math.max(most, planeDistanceM(point, door)), 0) };
}
