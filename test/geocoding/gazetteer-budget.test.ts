import { describe, expect, it } from 'vitest';
import { generateTown } from '../../src/city/generate.js';
import { createGazetteer } from '../../src/geocoding/gazetteer/index.js';
import { readAddress } from '../../src/geocoding/reader/read-address.js';
import { cutIntoSegments } from '../../src/geocoding/reader/tokens.js';
import { longestStretchMs } from '../support/longest-stretch.js';

const gazetteer = createGazetteer(generateTown());
const NUMBERS = Array.from({ length: 150 }, (_, at) => at + 1).join(' ');
const PLACES = { cityName: 'Vila das Fibras', state: 'MG', isPlace: () => true, isNearlyPlace: () => true };

describe('An address that is written to cost much', () => {
  it.each([
    ['150 numbers', `Rua das Flores ${NUMBERS}`],
    ['150 numbers before the street', `${NUMBERS} Rua das Flores`],
    ['250 parts', 'a,'.repeat(250)],
    ['words that are all neighbourhoods', `Rua das Flores 1 2 3 4 ${'centro '.repeat(60)}`],
    ['250 words of one letter', `Rua ${'s '.repeat(250)}`],
  ])('is read in few ways: %s', (_, text) => {
    const { readings } = readAddress({ text: text.slice(0, 500) }, PLACES);
    expect(readings.length).toBeLessThanOrEqual(12);
    for (const { street, places } of readings) {
      expect((street ?? '').split(' ').length).toBeLessThanOrEqual(16);
      expect(places.length).toBeLessThanOrEqual(13);
    }
  });

  it('is read up to 48 words, in 12 parts', () => {
    expect(cutIntoSegments('a b,'.repeat(100))).toHaveLength(12);
    expect(cutIntoSegments('a '.repeat(200)).map(({ words }) => words.length)).toEqual([48]);
    expect(cutIntoSegments(`${'a '.repeat(48)}, b, c`)).toHaveLength(1);
  });

  it('keeps the event loop turning, also a hundred of them at once', async () => {
    const longest = await longestStretchMs(() =>
      Promise.all(Array.from({ length: 100 }, (_, at) => gazetteer.geocode({ text: `Rua Flowres ${at} ${NUMBERS}` }))),
    );
    expect(longest).toBeLessThan(150);
  });

  it('is given up when its request ends', async () => {
    const request = new AbortController();
    const asked = gazetteer.geocode({ text: `Rua das Flores ${NUMBERS}` }, request.signal);
    request.abort(new Error('the request is over'));
    await expect(asked).rejects.toThrow('the request is over');
  });
});
