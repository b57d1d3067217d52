import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AddressQuery } from '../../src/geocoding/geocoder.js';
import { createGoogleGeocoder } from '../../src/geocoding/google.js';
import { startProvider } from './provider-server.js';

let provider: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());

/** A door that Google knows exactly, under the number given; without one, a named building. */
function door(number?: string) {
  return {
    formatted_address: 'R. das Acácias - Centro, Contagem - MG, Brasil',
    address_components: number ? [{ long_name: number, short_name: number, types: ['street_number'] }] : [],
    geometry: { location: { lat: -19.93, lng: -44.05 }, location_type: 'ROOFTOP' },
    types: [number ? 'street_address' : 'premise'],
  };
}

async function locate(query: AddressQuery, result: unknown) {
  provider.answer({ status: 'OK', results: [result] });
  const answer = await createGoogleGeocoder({ apiKey: 'k', url: provider.url }).geocode(query);
  return answer.kind === 'found' ? answer.location : answer;
}
const parts = (number?: string) => ({ parts: { street: 'Rua das Acácias', number, city: 'Contagem' } });
const EXACT = { precision: 'NUMBER', accuracyM: 15 };
const LOWERED = { precision: 'NUMBER_APPROXIMATE', accuracyM: 300 };

describe('The Google geocoder, about house numbers', () => {
  it.each([
    ['the number asked for', parts('120'), door('120'), EXACT],
    ['the number asked for in a line', { text: 'Rua das Acácias, 120 - Centro' }, door('120'), EXACT],
    ['a number with a letter', parts('120 A'), door('120A'), EXACT],
    ['a building asked for by name', { text: 'Mercado Central, Contagem' }, door(), EXACT],
    ['another number', parts('120'), door('512'), LOWERED],
    ['another number than in the line', { text: 'Rua das Acácias, 120 - Centro' }, door('512'), LOWERED],
    ['a door when a bare street was asked for', parts(), door('512'), LOWERED],
    ['a door for an address without number', parts('S/N'), door('512'), LOWERED],
    ['a building that does not say its number', parts('120'), door(), LOWERED],
  ])('weighs %s', async (_case, query, result, expected) => {
    expect(await locate(query, result)).toMatchObject(expected);
  });

  it('is not fooled by points that cannot be one', async () => {
    const nowhere = { ...door('120'), geometry: { location: { lat: 0, lng: 0 }, location_type: 'ROOFTOP' } };
    expect(await locate(parts('120'), nowhere)).toEqual({ kind: 'not-found' });
  });
});
