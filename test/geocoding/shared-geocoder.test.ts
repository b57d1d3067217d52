import { describe, expect, it } from 'vitest';
import { RequestBudget } from '../../src/budget/request-budget.js';
import { GeocoderError } from '../../src/errors/app-error.js';
import type { AddressQuery, GeocodeAnswer, Geocoder } from '../../src/geocoding/geocoder.js';
import { shareGeocoder } from '../../src/geocoding/shared-geocoder.js';

const FOUND: GeocodeAnswer = {
  kind: 'found',
  location: {
    lat: -21.7,
    lng: -43.3,
    accuracyM: 15,
    precision: 'NUMBER',
    formattedAddress: null,
    neighbourhood: null,
    provider: 'p',
  },
};

/** A provider in this process, which remembers what it was asked and when. */
function provider(answer: () => GeocodeAnswer = () => FOUND) {
  const asked: { query: AddressQuery; atMs: number }[] = [];
  const geocoder: Geocoder = {
    provider: 'p',
    async geocode(query) {
      asked.push({ query, atMs: performance.now() });
      return answer();
    },
  };
  return { geocoder, asked };
}
const failing = (code: GeocoderError['code']) => () => {
  throw new GeocoderError(code, 'no answer');
};
const budget = () => new RequestBudget(10_000);

describe('A shared provider', () => {
  it('is asked once for an address, however it is spelt and whoever asks', async () => {
    const { geocoder, asked } = provider();
    const shared = shareGeocoder(geocoder, { cacheHours: 1 });
    await Promise.all(
      ['Rua Halfeld, 88', 'RUA HALFELD,  88'].map((text) => shared.forRequest(budget()).geocode({ text })),
    );
    await shared.forRequest(budget()).geocode({ text: 'rua halféld, 88' });
    expect(asked).toHaveLength(1);
    await shared.forRequest(budget()).geocode({ text: 'Rua Halfeld, 8 8' });
    expect(asked).toHaveLength(2);
  });

  it('keeps no failure, and tells its standing', async () => {
    let answer = failing('GEOCODER_QUOTA') as () => GeocodeAnswer;
    const { geocoder, asked } = provider(() => answer());
    const changes: string[] = [];
    const shared = shareGeocoder(geocoder, { cacheHours: 1, onStanding: (now) => changes.push(now) });
    const ask = () => shared.forRequest(budget()).geocode({ text: 'Rua Halfeld, 88' });
    await expect(ask()).rejects.toMatchObject({ code: 'GEOCODER_QUOTA' });
    expect(shared.standing()).toBe('quota');
    answer = () => FOUND;
    expect(await ask()).toEqual(FOUND);
    expect([shared.standing(), ...changes]).toEqual(['up', 'quota', 'up']);
    expect(asked).toHaveLength(2);
  });

  it.each(['GEOCODER_UNAVAILABLE', 'GEOCODER_REFUSED'] as const)(
    'is stood in for by the gazetteer after %s, where that knows the address',
    async (code) => {
      const { geocoder } = provider(failing(code));
      const knows = shareGeocoder(geocoder, { fallback: provider().geocoder });
      expect(await knows.forRequest(budget()).geocode({ text: 'Rua Halfeld, 88' })).toEqual(FOUND);
      const knowsNot = shareGeocoder(geocoder, { fallback: provider(() => ({ kind: 'not-found' })).geocoder });
      await expect(knowsNot.forRequest(budget()).geocode({ text: 'Rua Halfeld, 88' })).rejects.toMatchObject({ code });
    },
  );

  it('gets so many questions a second, and no more', async () => {
    const { geocoder, asked } = provider();
    const request = shareGeocoder(geocoder, { perSecond: 50 }).forRequest(budget());
    await Promise.all(Array.from({ length: 6 }, (_, at) => request.geocode({ text: `Rua Halfeld, ${at + 1}` })));
    const [first, last] = [asked[0], asked.at(-1)];
    expect((last?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(90);
  });

  it('is checked without anybody asking', async () => {
    const shared = shareGeocoder(provider(failing('GEOCODER_REFUSED')).geocoder);
    await shared.check({ text: 'Juiz de Fora - MG' });
    expect(shared.standing()).toBe('refused');
  });
});
