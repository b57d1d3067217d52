import type { AddressPoint, City } from '../../city/city.js';
import { answerOf, type GeocodeAnswer, type GeocodedLocation } from '../geocoder.js';
import { stateOfPostalCode } from '../reader/towns.js';
import { CALIBRATED_SHARE } from './circle/steps.js';
import type { Locator } from './locate.js';
import { planeDistanceM } from './plane.js';
import { circleAround, piecesOf } from './street-extent.js';

/** The postal codes (CEP) of a city, where its doors have them. */
export interface PostalCodes {
  /** Where a code is, or a number within it; null where the city does not know the code. */
  locate(code: string, number: number | null): GeocodeAnswer | null;
  /** Lets the code decide between places, and doubts a place that is far from it. */
  check(answer: GeocodeAnswer, code: string): GeocodeAnswer;
}

/** Doors of one code and number lie no farther apart than a plot is wide. */
const SAME_DOOR_M = 40;
const DOOR_M = 15;
/** A code is for a street or a side of it, and people know it only roughly. */
const NEAR_M = 150;
const CONTRADICTION_M = 1_000;
/** The first digits of a code are a town's, or a part of it. */
const TOWN_DIGITS = 4;

/** A place is doubted whose code is another state's: all that can be told of a code where no door has one. */
export function doubtElsewhere(answer: GeocodeAnswer, code: string, state: string): GeocodeAnswer {
  const isElsewhere = (stateOfPostalCode(code) ?? state) !== state;
  return isElsewhere ? doubted(answer) : answer;
}

function doubted(answer: GeocodeAnswer): GeocodeAnswer {
  return answer.kind === 'found' ? { kind: 'ambiguous', candidates: [answer.location] } : answer;
}

/** Files the doors by their code; null where no door has one. */
export function indexPostalCodes(city: City, { plane, present }: Locator): PostalCodes | null {
  const byCode = Map.groupBy(
    city.addresses.filter(({ cep }) => cep !== undefined),
    ({ cep }) => cep ?? '',
  );
  if (byCode.size === 0) return null;
  const townDigits = new Set([...byCode.keys()].map((code) => code.slice(0, TOWN_DIGITS)));

  const distanceM = (point: GeocodedLocation, doors: readonly AddressPoint[]) =>
    Math.min(...doors.map((door) => planeDistanceM(plane.toPlane(door), plane.toPlane(point))));

  function locateDoor(doors: readonly AddressPoint[], number: number): GeocodeAnswer | null {
    const there = doors.filter((door) => door.number === number);
    const [first] = there;
    if (!first) return null;
    const points = there.map(plane.toPlane);
    const spanM = Math.max(...points.map((point) => planeDistanceM(point, points[0] ?? point)));
    if (spanM > SAME_DOOR_M) return null;
    const place = { point: plane.toPlane(first), radiusM: spanM + DOOR_M, street: first.street, number };
    return { kind: 'found', location: present({ ...place, precision: 'NUMBER' }) };
  }

  return {
    locate(code, number) {
      const doors = byCode.get(code);
      if (!doors) return null;
      const door = number === null ? null : locateDoor(doors, number);
      if (door) return door;
      const pieces = piecesOf(doors.map(plane.toPlane)).sort((a, b) => b.length - a.length);
      const streets = new Set(doors.map(({ street }) => street));
      const [street] = streets.size === 1 ? streets : [];
      const places = pieces.slice(0, 8).map((piece) => {
        const { radiusM, ...point } = circleAround(piece, CALIBRATED_SHARE);
        return present({ point, radiusM, precision: 'POSTAL_CODE', ...(street !== undefined && { street }) });
      });
      return answerOf(places);
    },
    check(answer, code) {
      const doors = byCode.get(code);
      if (!doors) {
        return townDigits.has(code.slice(0, TOWN_DIGITS)) ? answer : doubted(answer);
      }
      if (answer.kind === 'found')
        return distanceM(answer.location, doors) <= CONTRADICTION_M ? answer : doubted(answer);
      if (answer.kind !== 'ambiguous') return answer;
      const near = answer.candidates.filter((place) => distanceM(place, doors) <= NEAR_M);
      return near.length > 0 ? { kind: 'ambiguous', candidates: near } : answer;
    },
  };
}
