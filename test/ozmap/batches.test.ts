import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOzmap } from '../../src/ozmap/create-ozmap.js';
import type { Ozmap, OzmapConnector } from '../../src/ozmap/types.js';
import { envelope, filterOf, idOf } from '../support/ozmap-answers.js';
import { json, type TinyServer, tinyServer } from '../support/tiny-server.js';

const MAX_URL = 14 * 1024;
const SHORT_URL = 7 * 1024;

let server: TinyServer;
let connector: OzmapConnector;
let ozmap: Ozmap;

/** An OZmap that has whatever it is asked for. */
beforeEach(async () => {
  server = await tinyServer((request, response) => {
    const filters = filterOf(request);
    if (filters[0]?.operator === 'within') return json(response, envelope(area));
    const filter = filters.find(({ operator }) => operator === 'in');
    const values = (filter?.value ?? []) as string[];
    json(response, envelope(values.map((value, i) => row(filter?.property ?? '', value, i))));
  });
  connector = createOzmap({ url: server.url });
  ozmap = connector.as('t');
});

afterEach(async () => {
  connector.stop();
  await server.stop();
});

function row(property: string, value: string, i: number): object {
  return {
    id: property === 'id' ? value : idOf(5_000_000 + i + server.got.length * 1_000),
    code: property === 'code' ? value : 'c',
    [property]: value,
    implanted: true,
    isDrop: true,
    connectables: { input: [], output: [null] },
    lat: -19.9,
    lng: -44,
  };
}

const area = Array.from({ length: 1_400 }, (_, i) => ({ id: idOf(i + 1), coords: [-44.5, -19.5] }));
const codes = Array.from({ length: 500 }, (_, i) => `CTR-${String(i).padStart(8, '0')}`);
const ids = Array.from({ length: 500 }, (_, i) => idOf(i + 1));

function longest(): number {
  return Math.max(...server.got.map(({ url }) => server.url.length + url.length));
}

describe('batches', () => {
  it('ask for 500 clients with property, box, equipment and port in 7 requests of at most 14 KiB', async () => {
    expect(await ozmap.findClientsByCodes(codes)).toHaveLength(500);
    expect(await ozmap.findPropertiesByClientIds(ids)).toHaveLength(500);
    await ozmap.findBoxesByIds(ids);
    await ozmap.findSplittersByIds(ids);
    expect(server.got).toHaveLength(7);
    expect(longest()).toBeLessThanOrEqual(MAX_URL);
  });

  it.each([
    ['414', (response: ServerResponse) => json(response, {}, 414)],
    [
      'a page',
      (response: ServerResponse) => response.writeHead(400).end('<html>Request Header Or Cookie Too Large</html>'),
    ],
    ['a reset', (response: ServerResponse) => response.socket?.resetAndDestroy()],
  ])(
    'are asked in URLs of at most 7 KiB where longer ones are answered by %s, which is found out once',
    async (_, refuse) => {
      const proxy = await tinyServer((request, response) => {
        if (proxy.url.length + request.url.length > SHORT_URL) return refuse(response);
        const values = (filterOf(request)[0]?.value ?? []) as string[];
        json(response, envelope(values.map((value, i) => row('id', value, i))));
      });
      const other = createOzmap({ url: proxy.url });
      const tooLong = () => proxy.got.filter(({ url }) => proxy.url.length + url.length > SHORT_URL);
      expect(await other.as('t').findBoxesByIds(ids)).toHaveLength(500);
      const before = tooLong().length;
      expect(await other.as('t').findSplittersByIds(ids)).toHaveLength(500);
      expect(tooLong()).toHaveLength(before);
      other.stop();
      await proxy.stop();
    },
  );

  it('ask for 50 boxes with who holds each port in at most 4 requests', async () => {
    const fifty = ids.slice(0, 50);
    await ozmap.findBoxesByIds(fifty);
    await ozmap.findSplittersByBoxIds(fifty);
    await ozmap.findPropertiesByBoxIds(fifty);
    expect(server.got).toHaveLength(3);
  });

  it('ask for 500 drops with the poles of their paths in at most 8 requests', async () => {
    await ozmap.findDropsByIds(ids);
    // 1,400 poles in the area, of which 1,000 are wanted, and 100 more that are not in it.
    const wanted = Array.from({ length: 1_100 }, (_, i) => idOf(i + 401));
    const found = await ozmap.findPolesByIds(wanted, { south: -20, west: -45, north: -19, east: -44 });
    expect(found.map(({ id }) => id).sort()).toEqual(wanted);
    expect(server.got.length).toBeLessThanOrEqual(8);
    expect(longest()).toBeLessThanOrEqual(MAX_URL);
  });

  it('send quotes and brackets encoded, commas as they are', async () => {
    await ozmap.findClientsByCodes(['a', 'b']);
    expect(server.got[0]?.url).toBe(
      '/api/v2/ftth-clients?limit=100&filter=%5B%7B%22property%22:%22code%22,%22operator%22:%22in%22,%22value%22:%5B%22a%22,%22b%22%5D%7D%5D',
    );
  });

  it('keep odd codes as they are', async () => {
    const odd = ['00123', '123|123', 'a/b', 'ç ã', '50%', "it's", '"quoted"', 'a&b=c', 'a+b', '#1', '\u{1F600}'];
    const found = await ozmap.findClientsByCodes(odd);
    expect(found.map(({ code }) => code)).toEqual(odd);
  });

  it('keep below 14 KiB when codes are long and not ASCII', async () => {
    const long = Array.from({ length: 100 }, (_, i) => `${'ção'.repeat(20)}${i}`);
    expect(await ozmap.findClientsByCodes(long)).toHaveLength(100);
    expect(longest()).toBeLessThanOrEqual(MAX_URL);
  });

  it('refuse a code that no URL can hold', async () => {
    await expect(ozmap.findClientsByCodes(['x'.repeat(8_000)])).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('ask nothing for nothing, for the empty code, and for what cannot be an id', async () => {
    expect(await ozmap.findBoxesByIds([])).toEqual([]);
    expect(await ozmap.findClientsByCodes([''])).toEqual([]);
    expect(await ozmap.findBoxesByIds(['box-1', '../users'])).toEqual([]);
    expect(await ozmap.findPropertiesByClientCode('..')).toEqual([]);
    expect(server.got).toHaveLength(0);
  });

  it('ask once for what is named twice', async () => {
    await ozmap.findBoxesByIds([idOf(1), idOf(1), idOf(2)]);
    expect(filterOf(server.got[0] ?? never())[0]?.value).toEqual([idOf(1), idOf(2)]);
  });
});

describe('an OZmap that does not understand a filter', () => {
  it('is found out, so that nobody else’s contract is taken for the one asked for', async () => {
    const deaf = await tinyServer((_, response) =>
      json(response, envelope([{ id: idOf(9), code: 'other', implanted: true }])),
    );
    const other = createOzmap({ url: deaf.url });
    await expect(other.as('t').findClientsByCodes(['123'])).rejects.toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_SHAPE',
      field: 'filter',
    });
    other.stop();
    await deaf.stop();
  });

  it('or takes upper for lower case, does not make one code another', async () => {
    const lax = await tinyServer((_, response) =>
      json(response, envelope(['ab1', 'AB1'].map((code, i) => ({ id: idOf(i), code, implanted: true })))),
    );
    const other = createOzmap({ url: lax.url });
    expect((await other.as('t').findClientsByCodes(['ab1'])).map(({ code }) => code)).toEqual(['ab1']);
    other.stop();
    await lax.stop();
  });
});

function never(): never {
  throw new Error('no request came');
}
