import { beforeAll, describe, expect, it } from 'vitest';
import type { AddressPoint, City } from '../../src/city/city.js';
import { indexNeighbourhoods } from '../../src/city/neighbourhood-index.js';
import { readCityFolder } from '../../src/city/read-folder.js';
import { distanceM } from '../../src/domain/geo.js';
import { createGazetteer } from '../../src/geocoding/gazetteer/index.js';
import type { Geocoder } from '../../src/geocoding/geocoder.js';
import { hasRealCity, REAL_CITY } from '../support/real-city.js';

const present = hasRealCity('the gazetteer is not measured on a real city');

/** Every so many numbered doors, one is left out of the data and asked for. */
const LEAVE_OUT_EVERY = 23;

interface Measured {
  found: number;
  ambiguous: number;
  notFound: number;
  medianM: number;
  /** Share of the found ones whose true place lies in the stated circle. */
  held: number;
}

describe.runIf(present)('The gazetteer, asked for doors of a real city that were left out of its data', () => {
  let city: City;
  let leftOut: AddressPoint[];
  let gazetteer: Geocoder;
  let builtMs: number;

  beforeAll(async () => {
    city = await readCityFolder(REAL_CITY);
    leftOut = city.addresses.filter(({ number }) => number !== null).filter((_, at) => at % LEAVE_OUT_EVERY === 7);
    const out = new Set(leftOut);
    const started = performance.now();
    gazetteer = createGazetteer({ ...city, addresses: city.addresses.filter((door) => !out.has(door)) });
    builtMs = performance.now() - started;
  });

  async function measure(neighbourhoodOf: (door: AddressPoint) => string | undefined): Promise<Measured> {
    const errors: number[] = [];
    const result = { found: 0, ambiguous: 0, notFound: 0, held: 0 };
    for (const door of leftOut) {
      const parts = { street: door.street, number: String(door.number), neighbourhood: neighbourhoodOf(door) };
      const answer = await gazetteer.geocode({ parts });
      if (answer.kind === 'ambiguous') result.ambiguous++;
      else if (answer.kind !== 'found') result.notFound++;
      else {
        const errorM = distanceM(answer.location, door);
        errors.push(errorM);
        if (errorM <= answer.location.accuracyM) result.held++;
      }
    }
    errors.sort((a, b) => a - b);
    const found = errors.length;
    return { ...result, found, medianM: errors[found >> 1] ?? Number.POSITIVE_INFINITY, held: result.held / found };
  }

  it('errs 15 m at the median at most, and its circle holds 93 of 100, with the neighbourhood an ERP sends', async () => {
    const index = indexNeighbourhoods(city.neighbourhoods);
    const measured = await measure((door) => index.at(door)?.name);
    process.stdout.write(`with neighbourhood: ${JSON.stringify(measured)}\n`);
    expect(measured.medianM).toBeLessThanOrEqual(15);
    expect(measured.held).toBeGreaterThanOrEqual(0.93);
    expect(measured.found / leftOut.length).toBeGreaterThan(0.8);
  });

  it('keeps both promises without a neighbourhood, and answers candidates where a name stands for several places', async () => {
    const measured = await measure(() => undefined);
    process.stdout.write(`without neighbourhood: ${JSON.stringify(measured)}\n`);
    expect(measured.medianM).toBeLessThanOrEqual(15);
    expect(measured.held).toBeGreaterThanOrEqual(0.93);
    expect(measured.ambiguous).toBeGreaterThan(0);
  });

  it('answers a misspelt street, hardly ever with a wrong place', async () => {
    const known = city.addresses.filter(({ number }) => number !== null).filter((_, at) => at % 157 === 3);
    let [asked, wrong] = [0, 0];
    const started = performance.now();
    for (const door of known) {
      const street = misspelt(door.street);
      if (street === null) continue;
      asked += 1;
      const answer = await gazetteer.geocode({ text: `${street}, ${door.number}` });
      if (answer.kind === 'found' && distanceM(answer.location, door) > answer.location.accuracyM) wrong += 1;
    }
    const eachMs = (performance.now() - started) / asked;
    process.stdout.write(
      `misspelt: ${asked} asked, ${wrong} wrong, ${eachMs.toFixed(2)} ms each; built in ${builtMs | 0} ms\n`,
    );
    expect(asked).toBeGreaterThan(200);
    expect(wrong / asked).toBeLessThan(0.03);
  });
});

/** The name with two letters of its longest word swapped; null for a name too short to be misspelt like that. */
function misspelt(street: string): string | null {
  const [longest = ''] = street
    .split(' ')
    .slice(1)
    .sort((a, b) => b.length - a.length);
  if (longest.length < 6) return null;
  const swapped = longest.replace(/^(..)(.)(.)/, '$1$3$2');
  return street.replace(longest, swapped);
}
