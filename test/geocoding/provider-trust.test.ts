import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AddressParts, AddressQuery } from '../../src/geocoding/geocoder.js';
import { createGoogleGeocoder } from '../../src/geocoding/google.js';
import { createNominatimGeocoder } from '../../src/geocoding/nominatim.js';
import { questionOf } from '../../src/geocoding/reader/question.js';
import { AreaAround, areaOfTowns } from '../../src/geocoding/service-area.js';
import { startProvider } from './provider-server.js';

let provider: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.stop());

const AT = { lat: -21.77, lng: -43.35 };
const box = { northeast: { lat: -21.769, lng: -43.349 }, southwest: { lat: -21.771, lng: -43.351 } };
const asQuery = (asked: string | AddressParts): AddressQuery =>
  typeof asked === 'string' ? { text: asked } : { parts: asked };

interface Answered {
  number?: string;
  road?: string;
  town?: string;
  state?: string;
}

/** Both providers, asked the same and answering the same house. */
const ASKED = {
  async google(query: AddressQuery, { number, road = 'Rua Halfeld', town, state }: Answered) {
    const parts: [string | undefined, string][] = [
      [number, 'street_number'],
      [road, 'route'],
      [town, 'administrative_area_level_2'],
      [state, 'administrative_area_level_1'],
    ];
    const address_components = parts.flatMap(([name, type]) =>
      name ? [{ long_name: name, short_name: name, types: [type] }] : [],
    );
    const geometry = { location: AT, location_type: 'ROOFTOP', viewport: box };
    provider.answer({ status: 'OK', results: [{ types: ['street_address'], address_components, geometry }] });
    return createGoogleGeocoder({ apiKey: 'k', url: provider.url }).geocode(query);
  },
  async nominatim(query: AddressQuery, { number, road = 'Rua Halfeld', town, state }: Answered) {
    const address = { house_number: number, road, city: town, state };
    const place = {
      category: 'building',
      type: 'yes',
      addresstype: 'building',
      lat: `${AT.lat}`,
      lon: `${AT.lng}`,
      address,
    };
    provider.answer([place]);
    return createNominatimGeocoder({ url: provider.url, userAgent: 'the-tests' }).geocode(query);
  },
};
const last = () => new URL(provider.asked.at(-1)?.url ?? '', 'http://provider').searchParams;

describe.each(Object.entries(ASKED))('%s', (_, ask) => {
  it.each<[string | AddressParts, string]>([
    ['Rua Halfeld, 88, sala 704, Juiz de Fora - MG', '704'],
    ['Rua 9 de Julho, 88', '9'],
    ['Rua 31, 88', '31'],
    ['Rua Halfeld, quadra 7 lote 12', '12'],
    ['Rodovia MG-353, km 18', '18'],
    ['Rodovia MG-353, km 18', '353'],
    [{ street: 'Rua Halfeld', number: 'AP 704' }, '704'],
    [{ street: 'Rodovia BR-267', number: 'KM 97,5' }, '97'],
    [{ street: 'Rua Halfeld', number: 'S/N' }, '88'],
  ])('is not believed for %j when it answers house %s', async (asked, number) => {
    const answer = await ask(asQuery(asked), { number });
    expect(answer.kind === 'found' && answer.location).toMatchObject({
      precision: expect.not.stringMatching(/^NUMBER$/),
    });
    expect(answer.kind === 'found' && answer.location.accuracyM).toBeGreaterThanOrEqual(300);
  });

  it.each(['88', '86;88', '84-90', '88 A'])('is believed for the very number, mapped as %s', async (number) => {
    expect(await ask(asQuery('Rua Halfeld nº 88 apto 704'), { number })).toMatchObject({
      kind: 'found',
      location: { precision: 'NUMBER' },
    });
  });

  it.each<[string | AddressParts, Answered]>([
    [
      { street: 'Rua Halfeld', number: '88', city: 'Juiz de Fora', state: 'MG' },
      { town: 'Matias Barbosa', state: 'MG' },
    ],
    [{ street: 'Rua Halfeld', number: '88', city: '3136702' }, { town: 'Matias Barbosa' }],
    [
      { street: 'Rua Halfeld', number: '88', state: '31' },
      { town: 'Resende', state: 'RJ' },
    ],
    ['Rua Halfeld, 88 - Centro, Juiz de Fora - MG', { town: 'Matias Barbosa', state: 'MG' }],
    ['Rua Halfeld, 88, Juiz de Fora', { town: 'Matias Barbosa' }],
    ['Rua Halfeld, 88, Minas Gerais', { town: 'Resende', state: 'RJ' }],
  ])('is not believed for %j when it answers %j', async (asked, answered) => {
    expect(await ask(asQuery(asked), { number: '88', ...answered })).toMatchObject({
      kind: 'ambiguous',
      candidates: [{}],
    });
  });

  it.each<[string | AddressParts, Answered]>([
    [
      { street: 'Rua Halfeld', number: '88', city: 'JUIZ DE FORA/MG' },
      { town: 'Juiz de Fora', state: 'MG' },
    ],
    [
      { street: 'Rua Halfeld', number: '88', city: 'Sta. Barbara D Oeste', state: 'São Paulo' },
      { town: "Santa Bárbara d'Oeste", state: 'SP' },
    ],
    ['Rua Halfeld, 88 - Juiz de Fora/MG', { town: 'Juiz de Fora' }],
    ['Rua Halfeld, 88', { town: 'Juiz de Fora', state: 'MG' }],
  ])('is believed for %j when it answers %j', async (asked, answered) => {
    expect(await ask(asQuery(asked), { number: '88', ...answered })).toMatchObject({ kind: 'found' });
  });
});

describe('What providers are asked', () => {
  it.each([
    [
      'Rua Halfeld - até 600 - lado par, 88, sala 704, próximo ao banco, Centro, Juiz de Fora - MG',
      'Rua Halfeld, 88, Centro, Juiz de Fora - MG',
    ],
    [
      'Endereço: Rua Halfeld, nº 88 ap 704 (interfone), Juiz de Fora/MG, CEP 36010-003',
      'Rua Halfeld, 88, Juiz de Fora - MG, 36010-003',
    ],
    ['Rodovia BR-267, km 97,5', 'Rodovia BR-267, km 97,5'],
    ['Rua Halfeld, s/n', 'Rua Halfeld'],
    ['  ', ''],
  ])('of %j is %j', (text, asked) => {
    expect(questionOf({ text }).text).toBe(asked);
  });

  it('is the house by field, without what an ERP writes beside it', async () => {
    const parts = {
      street: 'Rua Halfeld - até 600',
      number: '88 AP 704',
      neighbourhood: 'Centro',
      city: 'Juiz de Fora',
      state: 'Minas Gerais',
    };
    await ASKED.nominatim({ parts }, { number: '88' });
    expect(Object.fromEntries(last())).toMatchObject({ street: '88 Rua Halfeld', city: 'Juiz de Fora', state: 'MG' });
    await ASKED.nominatim({ parts: { ...parts, number: 'S/N' } }, {});
    expect(last().get('street')).toBe('Rua Halfeld');
  });

  it('stays in the towns that are sold in, and around the network', async () => {
    const plant = new AreaAround();
    plant.setPoints([AT, { lat: -21.7, lng: -43.4 }, { lat: 0, lng: 0 }]);
    const area = areaOfTowns([{ name: 'Juiz de Fora', state: 'MG' }], plant);
    provider.answer({ status: 'ZERO_RESULTS', results: [] });
    await createGoogleGeocoder({ apiKey: 'k', url: provider.url, area }).geocode({ text: 'Rua Halfeld, 88' });
    expect(Object.fromEntries(last())).toMatchObject({
      address: 'Rua Halfeld, 88, Juiz de Fora - MG',
      components: 'country:BR|administrative_area:MG',
      bounds: '-21.77,-43.4|-21.7,-43.35',
    });
    provider.answer([]);
    await createNominatimGeocoder({ url: provider.url, userAgent: 't', area }).geocode({ text: 'Rua Halfeld, 88' });
    expect(Object.fromEntries(last())).toMatchObject({
      q: 'Rua Halfeld, 88, Juiz de Fora',
      viewbox: '-43.4,-21.77,-43.35,-21.7',
    });
    const elsewhere = {
      address: { house_number: '88', city: 'Resende', state: 'Rio de Janeiro' },
      lat: -22.4,
      lon: -44.4,
    };
    provider.answer([elsewhere]);
    const answer = await createNominatimGeocoder({ url: provider.url, userAgent: 't', area }).geocode({
      text: 'Rua Halfeld, 88',
    });
    expect(answer).toMatchObject({ kind: 'outside', candidates: [{ lat: -22.4 }] });
  });

  it('of the neighbourhood decides between two streets of one name', async () => {
    const road = (suburb: string, lat: number) => ({
      lat,
      lon: AT.lng,
      addresstype: 'road',
      category: 'highway',
      address: { road: 'Rua Ipê', suburb, city: 'Juiz de Fora' },
    });
    provider.answer([road('Grama', -21.7), road('Benfica', -21.6)]);
    const geocoder = createNominatimGeocoder({ url: provider.url, userAgent: 't' });
    const answer = await geocoder.geocode({ parts: { street: 'Rua Ipê', neighbourhood: 'BENFICA' } });
    expect(answer).toMatchObject({ kind: 'found', location: { lat: -21.6 } });
  });
});

describe('A state or the country', () => {
  it('is no place, whoever answers it', async () => {
    const wide = { northeast: { lat: 5, lng: -34 }, southwest: { lat: -33, lng: -74 } };
    const results = ['country', 'administrative_area_level_1'].map((type) => ({
      types: [type, 'political'],
      geometry: { location: AT, location_type: 'APPROXIMATE', viewport: wide },
    }));
    provider.answer({ status: 'OK', results });
    expect(await createGoogleGeocoder({ apiKey: 'k', url: provider.url }).geocode({ text: 'Rua X' })).toEqual({
      kind: 'not-found',
    });
    const vague = [
      { ...AT, lon: AT.lng, addresstype: 'state', boundingbox: ['-23', '-14', '-51', '-40'] },
      { ...AT, lon: AT.lng, category: 'boundary', type: 'administrative', boundingbox: ['-33', '5', '-74', '-34'] },
    ];
    provider.answer(vague);
    const nominatim = createNominatimGeocoder({ url: provider.url, userAgent: 't' });
    expect(await nominatim.geocode({ text: 'Rua X' })).toEqual({ kind: 'not-found' });
  });
});
