import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNominatimGeocoder } from '../../src/geocoding/nominatim.js';
import { startProvider } from './provider-server.js';

let provider: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());

const IN_STREET = { road: 'Rua das Acácias', suburb: 'Centro', city: 'Contagem' };

/** A place of Nominatim's in its format jsonv2, with a box of about 220 m around it. */
function place(changes: Record<string, unknown> = {}, lat = -19.93) {
  return {
    lat: String(lat),
    lon: '-44.05',
    category: 'highway',
    type: 'residential',
    addresstype: 'road',
    importance: 0.05,
    display_name: 'Rua das Acácias, Centro, Contagem, Minas Gerais, Brasil',
    address: IN_STREET,
    boundingbox: [String(lat - 0.001), String(lat + 0.001), '-44.051', '-44.049'],
    ...changes,
  };
}
const house = (number: string, changes: Record<string, unknown> = {}) =>
  place({
    category: 'place',
    type: 'house',
    addresstype: 'place',
    importance: 0.00008,
    address: { ...IN_STREET, house_number: number },
    ...changes,
  });
const shop = { category: 'shop', type: 'bakery', addresstype: 'shop', importance: 0.4 };

async function ask(number: string | undefined, ...places: unknown[]) {
  provider.answer(places);
  const geocoder = createNominatimGeocoder({ url: provider.url, userAgent: 'the-tests' });
  return geocoder.geocode({ parts: { street: 'Rua das Acácias', number, city: 'Contagem' } });
}

describe('The Nominatim geocoder', () => {
  it.each(['120', '118;120', '120-126'])('takes the house mapped as %s for number 120', async (mapped) => {
    expect(await ask('120', house(mapped))).toMatchObject({ location: { precision: 'NUMBER', accuracyM: 20 } });
  });

  it.each(['120', undefined])('does not take house 512 for the answer to number %s', async (number) => {
    const answer = await ask(number, house('512'));
    expect(answer).toMatchObject({ location: { precision: 'STREET', accuracyM: 500 } });
  });

  it('prefers the house asked for to a famous neighbour', async () => {
    const answer = await ask('120', place(shop, -19.94), house('120'));
    expect(answer).toMatchObject({ location: { precision: 'NUMBER', lat: -19.93 } });
  });

  it('answers the whole street when only the street is mapped', async () => {
    expect(await ask('120', place())).toMatchObject({ location: { precision: 'STREET', accuracyM: 153 } });
  });

  it.each([
    ['a shop', shop],
    ['a bus stop', { category: 'highway', type: 'bus_stop', addresstype: 'highway' }],
    ['a square', { category: 'leisure', type: 'park', addresstype: 'leisure' }],
  ])('trusts %s without a number only for its street', async (_case, changes) => {
    const answer = await ask('120', place(changes));
    expect(answer).toMatchObject({ location: { precision: 'STREET', accuracyM: 500 } });
  });

  it('joins the pieces of one street, and its error reaches over all of them', async () => {
    const answer = await ask(undefined, place(), place({}, -19.94), place({}, -19.95));
    expect(answer).toMatchObject({ kind: 'found', location: { precision: 'STREET' } });
    expect(answer.kind === 'found' && answer.location.accuracyM).toBeGreaterThan(2_200);
  });

  it('asks back about streets of one name in two quarters', async () => {
    const elsewhere = place({ address: { ...IN_STREET, suburb: 'Eldorado' } }, -19.97);
    expect(await ask(undefined, place(), elsewhere)).toMatchObject({
      kind: 'ambiguous',
      candidates: [{ neighbourhood: 'Centro' }, { neighbourhood: 'Eldorado' }],
    });
  });

  it('leaves out what is far less important than the best', async () => {
    const answer = await ask(undefined, place({ importance: 0.4 }), place({ address: {}, importance: 0.1 }, -19.97));
    expect(answer).toMatchObject({ kind: 'found', location: { lat: -19.93 } });
  });

  it.each([null, '', 'x'])('is unavailable when a latitude is %j', async (lat) => {
    await expect(ask('120', { ...place(), lat })).rejects.toMatchObject({ code: 'GEOCODER_UNAVAILABLE' });
  });
});
