import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { City, LatLng } from '../../../src/city/city.js';
import { indexNeighbourhoods } from '../../../src/city/neighbourhood-index.js';
import { distanceM } from '../../../src/domain/geo.js';
import type { AddressQuery, GeocodeAnswer, Geocoder } from '../../../src/geocoding/geocoder.js';

/**
 * What a line expects: `door` (that very door), `street` (the street without a door), `place` (a neighbourhood), `ask` (places to choose
 * from, none taken), `no` (nothing here answers to it).
 */
export type Expected = 'door' | 'street' | 'place' | 'ask' | 'no';

/** One address as somebody writes it, and what it must be taken for. */
export interface Case {
  town: string;
  /** Text, or an address in parts as JSON. */
  address: string;
  expect: Expected;
  /** As the town's data write it. */
  street: string;
  number: number | null;
  neighbourhood: string;
  /** Every third line is not looked at while the reader is worked on. */
  heldOut: boolean;
}

/** `wrong`: a place was taken for sure that is not the one. `missed`: it was not found, or not as exactly as it stands in the data. */
export type Mark = 'right' | 'missed' | 'wrong';

export interface Scored {
  one: Case;
  mark: Mark;
  answer: GeocodeAnswer;
}

/** Reads all lines of this folder, by town. */
export function readCases(): Map<string, Case[]> {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.csv'));
  return new Map(files.sort().map((file) => [basename(file, '.csv'), readFile(file)]));
}

function readFile(file: string): Case[] {
  const rows: Record<'address' | 'expect' | 'street' | 'number' | 'neighbourhood', string>[] = parse(
    readFileSync(join(import.meta.dirname, file)),
    { columns: true },
  );
  return rows.map((row, at) => ({
    ...row,
    town: basename(file, '.csv'),
    expect: row.expect as Expected,
    number: row.number === '' ? null : Number(row.number),
    heldOut: at % 3 === 2,
  }));
}

/** Asks the geocoder for every line. */
export async function score(cases: readonly Case[], city: City, geocoder: Geocoder): Promise<Scored[]> {
  const truth = truthOf(city);
  const scored: Scored[] = [];
  for (const one of cases) {
    const query: AddressQuery = one.address.startsWith('{')
      ? { parts: JSON.parse(one.address) }
      : { text: one.address };
    const answer = await geocoder.geocode(query);
    scored.push({ one, answer, mark: markOf(one, answer, truth(one)) });
  }
  return scored;
}

/** The points that a line means: the door, or all doors of the street or the neighbourhood. Errors: Error, where the data have none. */
function truthOf(city: City): (one: Case) => LatLng[] {
  const index = indexNeighbourhoods(city.neighbourhoods);
  const byStreet = Map.groupBy(city.addresses, ({ street }) => street);
  return (one) => {
    if (one.expect === 'no') return [];
    const doors = one.expect === 'place' ? city.addresses : (byStreet.get(one.street) ?? []);
    const meant = doors
      .filter(({ number }) => one.number === null || number === one.number)
      .filter((door) => one.neighbourhood === '' || index.at(door)?.name === one.neighbourhood);
    if (meant.length === 0) throw new Error(`${one.town}: there is no such place as "${one.address}" expects`);
    return meant;
  };
}

/** Data of one door lie apart by this much where a plot has two entrances. */
const SAME_DOOR_M = 40;

function markOf({ expect, number }: Case, answer: GeocodeAnswer, truth: readonly LatLng[]): Mark {
  if (expect === 'no') return answer.kind === 'found' ? 'wrong' : 'right';
  if (answer.kind === 'ambiguous' && expect === 'ask') {
    const isThere = answer.candidates.some((one) =>
      truth.some((point) => distanceM(one, point) <= Math.max(one.accuracyM, SAME_DOOR_M)),
    );
    return isThere ? 'right' : 'missed';
  }
  if (answer.kind !== 'found') return 'missed';
  const { location } = answer;
  const metres = truth.map((point) => distanceM(location, point));
  if (expect === 'ask') return 'wrong';
  if (expect === 'door' && number !== null) {
    const isDoor = location.precision === 'NUMBER' || location.precision === 'NUMBER_APPROXIMATE';
    if (isDoor) return Math.min(...metres) <= SAME_DOOR_M ? 'right' : 'wrong';
    return Math.min(...metres) <= location.accuracyM ? 'missed' : 'wrong';
  }
  const holds = metres.filter((distance) => distance <= location.accuracyM).length / metres.length;
  const asked = expect === 'street' ? 'STREET' : 'LOCALITY';
  return location.precision === asked && holds >= 0.9 ? 'right' : 'wrong';
}
