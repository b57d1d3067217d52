import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GeocodeAnswer, Geocoder } from '../../src/geocoding/geocoder.js';
import { createGoogleGeocoder } from '../../src/geocoding/google.js';
import { createNominatimGeocoder } from '../../src/geocoding/nominatim.js';

/** What the server says next: JSON, a status with text, or nothing at all. */
type Reply = { json: unknown } | { status: number; text: string } | 'hang';

let server: Server;
let url: string;
let replies: Reply[];
let asked: IncomingMessage[];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    if (!reply || reply === 'hang') return;
    if ('json' in reply) response.end(JSON.stringify(reply.json));
    else response.writeHead(reply.status).end(reply.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  replies = [];
  asked = [];
});

const KEY = 'a-secret-key';
const google = () => createGoogleGeocoder({ apiKey: KEY, url: `${url}/maps/api/geocode/json`, timeoutMs: 300 });
const nominatim = () => createNominatimGeocoder({ url, userAgent: 'the-tests', timeoutMs: 300 });
const ADDRESS = { text: 'Rua das Acácias, 120 - Centro, Contagem - MG' };
const query = () => new URL(asked[0]?.url ?? '', url).searchParams;
const found = (answer: GeocodeAnswer) => (answer.kind === 'found' ? answer.location : answer);

/** A result of Google's, as its documentation shows one. */
function result(changes: { type?: string; types?: string[]; partial?: boolean; lat?: number; spread?: number } = {}) {
  const { type = 'ROOFTOP', types = ['street_address'], partial, lat = -19.93, spread = 0.001 } = changes;
  return {
    formatted_address: 'R. das Acácias, 120 - Centro, Contagem - MG, 32000-000, Brasil',
    address_components: [
      { long_name: '120', short_name: '120', types: ['street_number'] },
      { long_name: 'Centro', short_name: 'Centro', types: ['political', 'sublocality', 'sublocality_level_1'] },
    ],
    geometry: {
      location: { lat, lng: -44.05 },
      location_type: type,
      viewport: {
        northeast: { lat: lat + spread, lng: -44.05 + spread },
        southwest: { lat: lat - spread, lng: -44.05 - spread },
      },
    },
    ...(partial && { partial_match: true }),
    place_id: 'x',
    types,
  };
}
const ok = (...results: unknown[]): Reply => ({ json: { status: 'OK', results } });

describe('The Google geocoder', () => {
  it('asks in Portuguese, for Brazil, with the parts in the order Brazilians write them', async () => {
    replies = [ok(result())];
    await google().geocode({
      parts: {
        street: 'Rua A',
        number: '12',
        complement: 'apto 3',
        neighbourhood: 'Centro',
        city: 'Contagem',
        state: 'MG',
      },
    });
    expect(Object.fromEntries(query())).toEqual({
      address: 'Rua A, 12 - Centro, Contagem - MG',
      key: KEY,
      components: 'country:BR',
      region: 'br',
      language: 'pt-BR',
    });
  });

  it.each([
    [{ type: 'ROOFTOP' }, 'NUMBER', 15],
    [{ type: 'RANGE_INTERPOLATED' }, 'NUMBER_APPROXIMATE', 100],
    [{ type: 'GEOMETRIC_CENTER', types: ['route'] }, 'STREET', 152],
    [{ type: 'APPROXIMATE', types: ['postal_code'] }, 'POSTAL_CODE', 152],
    [{ type: 'APPROXIMATE', types: ['political', 'sublocality'] }, 'LOCALITY', 152],
    [{ type: 'APPROXIMATE', types: ['locality', 'political'], spread: 0.1 }, 'MUNICIPALITY', 15_222],
    [{ type: 'ROOFTOP', partial: true }, 'NUMBER_APPROXIMATE', 300],
  ])('reads %o as %s within %i m', async (changes, precision, metres) => {
    replies = [ok(result(changes))];
    const location = found(await google().geocode(ADDRESS));
    expect(location).toMatchObject({ precision, neighbourhood: 'Centro', provider: 'google' });
    expect((location as { accuracyM: number }).accuracyM / metres).toBeCloseTo(1, 1);
  });

  it('answers candidates when two places are as good as each other', async () => {
    replies = [ok(result(), result({ lat: -19.95 }), result({ type: 'GEOMETRIC_CENTER', types: ['route'] }))];
    const answer = await google().geocode(ADDRESS);
    expect(answer).toMatchObject({ kind: 'ambiguous', candidates: [{ lat: -19.93 }, { lat: -19.95 }] });
  });

  it('prefers the more precise place', async () => {
    replies = [ok(result({ type: 'GEOMETRIC_CENTER', types: ['route'], lat: -19.95 }), result())];
    expect(found(await google().geocode(ADDRESS))).toMatchObject({ precision: 'NUMBER', lat: -19.93 });
  });

  it('takes two points on one plot for one place', async () => {
    replies = [ok(result(), result({ lat: -19.9303 }))];
    expect(found(await google().geocode(ADDRESS))).toMatchObject({ precision: 'NUMBER', lat: -19.93 });
  });

  it('finds nothing where Google finds nothing', async () => {
    replies = [{ json: { status: 'ZERO_RESULTS', results: [] } }];
    expect(await google().geocode(ADDRESS)).toEqual({ kind: 'not-found' });
  });

  it('asks once more after UNKNOWN_ERROR, and no more than that', async () => {
    replies = [{ json: { status: 'UNKNOWN_ERROR' } }, ok(result())];
    expect((await google().geocode(ADDRESS)).kind).toBe('found');
    replies = [{ json: { status: 'UNKNOWN_ERROR' } }];
    asked = [];
    await expect(google().geocode(ADDRESS)).rejects.toMatchObject({ code: 'GEOCODER_UNAVAILABLE' });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['OVER_QUERY_LIMIT', 'GEOCODER_QUOTA'],
    ['OVER_DAILY_LIMIT', 'GEOCODER_QUOTA'],
    ['REQUEST_DENIED', 'GEOCODER_REFUSED'],
    ['INVALID_REQUEST', 'GEOCODER_REFUSED'],
  ])('tells %s as %s, without key or address', async (status, code) => {
    replies = [{ json: { status, error_message: `The key ${KEY} is wrong`, results: [] } }];
    const error = await google()
      .geocode(ADDRESS)
      .catch((reason: Error) => reason);
    expect(error).toMatchObject({ code, message: expect.stringContaining(status) });
    expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/secret|Acácias/);
  });
});

/** A place of Nominatim's, in its format jsonv2. */
function place(changes: Record<string, unknown> = {}) {
  return {
    place_id: 1,
    osm_type: 'node',
    lat: '-19.93',
    lon: '-44.05',
    category: 'place',
    type: 'house',
    addresstype: 'place',
    importance: 0.0001,
    display_name: '120, Rua das Acácias, Centro, Contagem, Minas Gerais, Brasil',
    address: { house_number: '120', road: 'Rua das Acácias', suburb: 'Centro', city: 'Contagem' },
    boundingbox: ['-19.9310', '-19.9290', '-44.0510', '-44.0490'],
    ...changes,
  };
}
const road = { category: 'highway', type: 'residential', addresstype: 'road', address: { road: 'Rua das Acácias' } };

describe('The Nominatim geocoder', () => {
  it('names itself and asks for parts as parts', async () => {
    replies = [{ json: [place()] }];
    await nominatim().geocode({ parts: { street: 'Rua A', number: '12', city: 'Contagem', postalCode: '32000-000' } });
    expect(asked[0]?.headers['user-agent']).toBe('the-tests');
    expect(Object.fromEntries(query())).toMatchObject({
      street: '12 Rua A',
      city: 'Contagem',
      postalcode: '32000-000',
      countrycodes: 'br',
      format: 'jsonv2',
    });
  });

  it.each([
    [{}, 'NUMBER', 20],
    [road, 'STREET', 153],
    [{ category: 'place', type: 'postcode', addresstype: 'postcode', address: {} }, 'POSTAL_CODE', 153],
    [{ category: 'place', type: 'suburb', addresstype: 'suburb', address: { suburb: 'Centro' } }, 'LOCALITY', 153],
    [{ category: 'boundary', type: 'administrative', addresstype: 'city', address: {} }, 'MUNICIPALITY', 153],
  ])('reads %o as %s within %i m', async (changes, precision, metres) => {
    replies = [{ json: [place(changes)] }];
    const location = found(await nominatim().geocode(ADDRESS));
    expect(location).toMatchObject({ precision, provider: 'nominatim', lat: -19.93, lng: -44.05 });
    expect((location as { accuracyM: number }).accuracyM / metres).toBeCloseTo(1, 1);
  });

  it('answers candidates for a street that is in two places', async () => {
    replies = [
      {
        json: [
          place(road),
          place({ ...road, lat: '-19.97', boundingbox: ['-19.9710', '-19.9690', '-44.0510', '-44.0490'] }),
        ],
      },
    ];
    expect(await nominatim().geocode(ADDRESS)).toMatchObject({ kind: 'ambiguous', candidates: [{}, {}] });
  });

  it('finds nothing in an empty list', async () => {
    replies = [{ json: [] }];
    expect(await nominatim().geocode(ADDRESS)).toEqual({ kind: 'not-found' });
  });
});

describe.each<[string, () => Geocoder]>([
  ['The Google geocoder', google],
  ['The Nominatim geocoder', nominatim],
])('%s', (_, geocoder) => {
  it('asks nobody about an empty address', async () => {
    expect(await geocoder().geocode({ text: '  ' })).toEqual({ kind: 'not-found' });
    expect(asked).toHaveLength(0);
  });

  it.each<[string, Reply, string]>([
    ['hangs', 'hang', 'GEOCODER_UNAVAILABLE'],
    ['answers 500', { status: 500, text: 'oops' }, 'GEOCODER_UNAVAILABLE'],
    ['answers 429', { status: 429, text: 'slow down' }, 'GEOCODER_QUOTA'],
    ['answers 403', { status: 403, text: 'go away' }, 'GEOCODER_REFUSED'],
    ['sends half a JSON', { status: 200, text: '{"status":"OK","res' }, 'GEOCODER_UNAVAILABLE'],
    ['sends JSON of another shape', { json: { status: 1, results: 'none' } }, 'GEOCODER_UNAVAILABLE'],
  ])('that %s fails as such, and the error holds neither key nor address', async (_case, reply, code) => {
    replies = [reply];
    const error = await geocoder()
      .geocode(ADDRESS)
      .catch((reason: Error) => reason);
    expect(error).toMatchObject({ code });
    expect(`${error} ${JSON.stringify(error)}`).not.toMatch(/secret|Acácias/);
  });
});
