import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';

type Row = Record<string, unknown> & { id: string; name: string };
interface Page {
  total: number;
  count: number;
  start: number;
  limit: number;
  rows: Row[];
  hasNextPage: boolean;
  nextUrl?: string;
}

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(() => emulator.stop());

const list = async (path: string) => {
  const { status, body } = await emulator.api<Page>('GET', path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const filtered = (route: string, filter: unknown, more = 'limit=-1') =>
  list(`${route}?filter=${encodeURIComponent(JSON.stringify(filter))}&${more}`);
const where = (property: string, operator: string, value: unknown) => ({ property, operator, value });
const refusal = async (path: string) => {
  const { status, body } = await emulator.api<{ message: string }>('GET', path);
  return { status, message: body.message };
};

describe('a list', () => {
  it('has 25 rows unless told otherwise, and says how many there are', async () => {
    const page = await list('boxes');
    expect(page).toMatchObject({ count: 25, start: 0, limit: 25, hasNextPage: true });
    expect(page.rows).toHaveLength(25);
    expect(page.total).toBe((await list('boxes?limit=-1')).rows.length);
  });

  it('ends: everything at once with limit -1, nothing past the last page', async () => {
    const everything = await list('boxes?limit=-1');
    expect(everything).toMatchObject({ hasNextPage: false, limit: -1, count: everything.total });
    expect(everything).not.toHaveProperty('nextUrl');
    expect(await list('boxes?page=1000&limit=10')).toMatchObject({ rows: [], count: 0, hasNextPage: false });
    expect(await list(`boxes?limit=${everything.total}`)).toMatchObject({ hasNextPage: false });
  });

  it('leads through all its pages by nextUrl, with the filter it was asked with', async () => {
    const filter = encodeURIComponent(JSON.stringify([where('implanted', '=', true)]));
    const expected = (await list(`boxes?filter=${filter}&limit=-1`)).rows.map(({ id }) => id);
    const seen: string[] = [];
    let path: string | undefined = `/api/v2/boxes?filter=${filter}&limit=20&page=1&select=id`;
    while (path) {
      const page: Page = await list(path.replace('/api/v2/', ''));
      seen.push(...page.rows.map(({ id }) => id));
      path = page.nextUrl;
      if (path) expect(new URL(path, 'http://x').searchParams.has('page')).toBe(false);
    }
    expect(seen).toEqual(expected);
    expect(seen.length).toBeGreaterThan(20);
  });

  it('counts pages from 1', async () => {
    const [first, second] = [await list('boxes?limit=5&page=1'), await list('boxes?limit=5&page=2')];
    expect(second.start).toBe(5);
    expect([...first.rows, ...second.rows]).toEqual((await list('boxes?limit=10')).rows);
  });

  it('refuses numbers that make no page', async () => {
    for (const query of ['limit=0', 'limit=-2', 'limit=x', 'page=0', 'page=1.5']) {
      expect((await refusal(`boxes?${query}`)).status, query).toBe(400);
    }
  });

  it('reads filter and sort from the body of a GET, as the SDK sends them', async () => {
    const body = JSON.stringify({ filter: [where('kind', '=', 'Pole')], sort: [{ property: 'name', direction: -1 }] });
    const answer = await new Promise<Page>((resolve, reject) => {
      const sent = request(`${emulator.url}/api/v2/base-points?limit=2`, {
        method: 'GET',
        headers: {
          authorization: 'demo',
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      });
      sent.on('error', reject).on('response', async (response) => {
        resolve(JSON.parse((await response.toArray()).join('')));
      });
      sent.end(body);
    });
    expect(answer.rows.map(({ name }) => name)).toEqual(
      (await list('poles?limit=2&sort=[{"property":"name","direction":-1}]')).rows.map(({ name }) => name),
    );
  });

  it('tolerates an ampersand before the first parameter', async () => {
    expect((await list('boxes?&limit=1')).rows).toHaveLength(1);
  });
});

describe('sort, select and populate', () => {
  it('sorts by several properties', async () => {
    const sort = '[{"property":"implanted","direction":-1},{"property":"name","direction":1}]';
    const rows = (await list(`boxes?limit=-1&sort=${sort}`)).rows;
    const key = (row: Row) => `${row.implanted ? 0 : 1}${row.name}`;
    expect(rows.map(key)).toEqual(rows.map(key).sort());
  });

  it('keeps the selected fields with id and kind, and the place as null unless asked for; or leaves out the refused ones', async () => {
    const kept = (await list('boxes?limit=1&select=name,coords')).rows[0];
    const [lng, lat] = (kept?.coords ?? []) as number[];
    expect(kept).toEqual({ id: kept?.id, kind: 'Box', name: kept?.name, coords: [lng, lat], lat, lng });
    const [pole] = (await list('poles?limit=1&select=name')).rows;
    expect(pole).toEqual({ id: pole?.id, kind: 'Pole', name: pole?.name, lat: null, lng: null });
    const [tag] = (await list('tags?limit=1&select=name')).rows;
    expect(Object.keys(tag ?? {}).sort()).toEqual(['id', 'name']);
    expect((await list('boxes?limit=1&select=-coords%20-lat')).rows[0]).not.toHaveProperty('coords');
    const { id = '' } = kept ?? {};
    expect(await emulator.api('GET', `boxes/${id}?select=name`)).toMatchObject({ body: { id, name: kept?.name } });
  });

  it('turns references into records, at any depth and cut to what is wanted', async () => {
    const [row] = (await list('properties?limit=1&populate=box.boxType,drop.boxB&select=box,drop')).rows;
    expect(row?.box).toMatchObject({ kind: 'Box', boxType: { code: expect.any(String) } });
    expect(row?.drop).toMatchObject({ kind: 'Drop', boxB: { id: row?.id, kind: 'Property' } });
    const flat = encodeURIComponent('[{"property":"parent","operator":"!=","value":null}]');
    const [home] = (await list(`properties?filter=${flat}&limit=1&populate=box`)).rows;
    expect(home?.box).toMatchObject({ kind: 'Building', id: home?.parent });
    const asked = encodeURIComponent(JSON.stringify([{ path: 'box', select: 'name' }]));
    const [cut] = (await list(`properties?limit=1&populate=${asked}`)).rows;
    expect(Object.keys(cut?.box ?? {}).sort()).toEqual(['id', 'kind', 'lat', 'lng', 'name']);
  });

  it('never shows a password or a key, however it is asked for', async () => {
    const users = await list('users?limit=-1');
    expect(JSON.stringify(users)).not.toMatch(/password|apiKey/);
    expect((await filtered('users', [where('apiKey', 'like', 'd')])).rows).toEqual([]);
    expect((await filtered('users', [where('apiKey', '=', 'demo')])).rows).toEqual([]);
  });
});

describe('filters that cannot be read', () => {
  it('name what is wrong', async () => {
    const bad = async (filter: unknown) => refusal(`boxes?filter=${encodeURIComponent(JSON.stringify(filter))}`);
    expect(await bad([where('name', 'regex', 'x')])).toMatchObject({
      status: 400,
      message: expect.stringContaining('"regex"'),
    });
    expect(await bad({ name: 'x' })).toMatchObject({ status: 400 });
    expect(await bad([{ operator: '=' }])).toMatchObject({ status: 400 });
    expect(await bad([where('id', 'in', 'x')])).toMatchObject({ status: 400, message: expect.stringContaining('in') });
    expect(await bad([where('coords', 'near', 'here')])).toMatchObject({ status: 400 });
    expect(await refusal('boxes?filter=[{')).toMatchObject({ status: 400, message: expect.stringContaining('filter') });
  });
});
