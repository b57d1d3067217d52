import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';

type Row = Record<string, unknown> & {
  id: string;
  name: string;
  lat: number;
  lng: number;
  coords: [number, number];
  polygon?: { coordinates: [number, number][][] };
};

let emulator: TestEmulator;
let boxes: Row[];
const list = async (route: string, filter: unknown[] = []) => {
  const path = `${route}?limit=-1&filter=${encodeURIComponent(JSON.stringify(filter))}`;
  const { status, body } = await emulator.api<{ rows: Row[] }>('GET', path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.rows;
};
const where = (property: string, operator: string, value: unknown) => ({ property, operator, value });
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();

beforeAll(async () => {
  emulator = await startTestEmulator();
  boxes = await list('boxes');
});
afterAll(() => emulator.stop());

describe('comparing operators', () => {
  it('find equal and unequal values; "eq" and "=" are one', async () => {
    const [box] = boxes;
    const name = box?.name ?? '';
    expect(ids(await list('boxes', [where('name', '=', name)]))).toEqual([box?.id]);
    expect(ids(await list('boxes', [where('name', 'eq', name)]))).toEqual([box?.id]);
    expect(await list('boxes', [where('name', '!=', name)])).toHaveLength(boxes.length - 1);
  });

  it('compare numbers, and dates whatever their notation', async () => {
    const north = boxes.filter(({ lat }) => lat > -19.46);
    expect(ids(await list('boxes', [where('lat', '>', -19.46)]))).toEqual(ids(north));
    expect(await list('boxes', [where('lat', '<=', -19.46)])).toHaveLength(boxes.length - north.length);
    expect(await list('boxes', [where('createdAt', '<', '2100-01-01')])).toHaveLength(boxes.length);
    expect(await list('boxes', [where('createdAt', '>=', '2100-01-01T00:00:00-03:00')])).toEqual([]);
  });

  it('take a number for a text, as codes come', async () => {
    await emulator.api('POST', 'ftth-clients', { code: '900100', implanted: false });
    expect(await list('ftth-clients', [where('code', '=', 900_100)])).toHaveLength(1);
    expect(await list('ftth-clients', [where('code', 'in', [900_100])])).toHaveLength(1);
    expect(await list('ftth-clients', [where('code', 'in', ['900100', '900100'])])).toHaveLength(1);
  });

  it('find texts by a part, whatever the case, with % for anything', async () => {
    const street = String(boxes[0]?.address);
    const expected = ids(boxes.filter(({ address }) => String(address).includes(street)));
    expect(ids(await list('boxes', [where('address', 'like', street.toLowerCase())]))).toEqual(expected);
    expect(await list('boxes', [where('name', 'like', 'cto%01')])).not.toEqual([]);
    expect(await list('boxes', [where('name', 'like', 'c.o')])).toEqual([]);
  });

  it('find by lists: in, notin, all', async () => {
    const wanted = ids(boxes.slice(3, 6));
    expect(ids(await list('boxes', [where('id', 'in', wanted)]))).toEqual(wanted);
    expect(await list('boxes', [where('id', 'in', [])])).toEqual([]);
    expect(await list('boxes', [where('id', 'notin', wanted)])).toHaveLength(boxes.length - 3);
    const tagged = boxes.filter(({ tags }) => (tags as string[]).length > 0);
    const tag = tagged.flatMap(({ tags }) => tags as string[])[0];
    expect(ids(await list('boxes', [where('tags', 'all', [tag])]))).toEqual(
      ids(tagged.filter(({ tags }) => (tags as unknown[]).includes(tag))),
    );
    expect(await list('boxes', [where('tags', 'all', [tag, 'f'.repeat(24)])])).toEqual([]);
  });

  it('ask whether a field is there', async () => {
    const poles = await list('poles');
    const given = poles.filter((pole) => 'color' in pole);
    expect(await list('poles', [where('color', 'exists', true)])).toHaveLength(given.length);
    expect(await list('poles', [where('color', 'exists', false)])).toHaveLength(poles.length - given.length);
  });
});

describe('references and dotted paths', () => {
  it('find by a referred id, with or without index, also where the answer shows the record', async () => {
    const [home] = (await list('properties')).filter(({ client }) => client);
    const client = home?.client as Row;
    expect(ids(await list('properties', [where('client', '=', client.id)]))).toEqual([home?.id]);
    expect(ids(await list('properties', [where('client.id', '=', client.id)]))).toEqual([home?.id]);
    expect(ids(await list('properties', [where('client._id', 'in', [client.id])]))).toEqual([home?.id]);
    expect(ids(await list('properties', [where('client.code', '=', client.code)]))).toEqual([home?.id]);
    expect(await list('properties', [where('client', '=', null)])).not.toEqual([]);
    expect(
      ids(await list('properties', [where('project', '=', home?.project), where('drop', '=', home?.drop)])),
    ).toEqual([home?.id]);
  });

  it('look into objects', async () => {
    const onu = { user_PPPoE: 'u', serial_number: 'SN-77', mac_address: '' };
    await emulator.api('POST', 'ftth-clients', { code: 'onu-1', onu });
    expect(await list('ftth-clients', [where('onu.serial_number', '=', 'SN-77')])).toHaveLength(1);
    const [home] = (await list('properties')).filter(({ connections }) => (connections as unknown[]).length > 0);
    const [connection] = (home?.connections ?? []) as { id: string }[];
    expect(ids(await list('properties', [where('connections.id', '=', connection?.id)]))).toContain(home?.id);
  });
});

describe('and, or', () => {
  it('a flat list means all of it, a list in it means any of it, and so on in turns', async () => {
    const [a, b, c] = boxes;
    const named = (box?: Row) => where('name', '=', box?.name);
    expect(await list('boxes', [named(a), named(b)])).toEqual([]);
    expect(ids(await list('boxes', [[named(a), named(b)]]))).toEqual(ids(boxes.slice(0, 2)));
    expect(ids(await list('boxes', [[named(a), named(b)], where('id', '!=', a?.id)]))).toEqual([b?.id]);
    const nested = [[[named(a), where('id', '=', b?.id)], named(c)]];
    expect(ids(await list('boxes', nested))).toEqual([c?.id]);
  });
});

describe('filters by place', () => {
  it('near: within the radius in metres, nearest first', async () => {
    const [box] = boxes;
    const at = { lat: box?.lat, lng: box?.lng };
    const near = await list('boxes', [where('coords', 'near', { ...at, radius: 250 })]);
    expect(near[0]?.id).toBe(box?.id);
    expect(near.length).toBeGreaterThan(1);
    expect(near.length).toBeLessThan(boxes.length);
    expect(await list('boxes', [where('coords', 'near', { coords: box?.coords, radius: 1 })])).toHaveLength(1);
    expect(await list('boxes', [where('coords', 'near', { latitude: at.lat, longitude: at.lng })])).toHaveLength(
      boxes.length,
    );
  });

  it('near: degrees and metres as texts, as the guide to adjacencies writes them', async () => {
    const [box] = boxes;
    const texts = { lat: String(box?.lat), lng: String(box?.lng), radius: '1' };
    expect(ids(await list('boxes', [where('coords', 'near', texts)]))).toEqual([box?.id]);
    const { status } = await emulator.api(
      'GET',
      `boxes?filter=${encodeURIComponent(JSON.stringify([where('coords', 'near', { ...texts, lat: 'north' })]))}`,
    );
    expect(status).toBe(400);
  });

  it('within: a polygon, or the area of a project or gated community', async () => {
    const [box] = boxes;
    const [lng, lat] = box?.coords ?? [0, 0];
    const corners = [-1, 1, 1, -1].map((dx, i) => [lng + dx * 1e-5, lat + (i < 2 ? -1 : 1) * 1e-5]);
    const polygon = { type: 'Polygon', coordinates: [[...corners, corners[0]]] };
    expect(ids(await list('boxes', [where('coords', 'within', polygon)]))).toEqual([box?.id]);
    const project = { id: box?.project, model: 'project' };
    const own = boxes.filter((one) => one.project === box?.project);
    expect(await list('boxes', [where('coords', 'within', project)])).toHaveLength(own.length);
    const [gated] = await list('horizontal-condominiums');
    const inside = await list('boxes', [where('coords', 'within', { id: gated?.id, model: 'horizontalCondominium' })]);
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.length).toBeLessThan(boxes.length);
  });

  it('point-intersect: areas that hold a point', async () => {
    const [gated] = await list('horizontal-condominiums');
    const ring = gated?.polygon?.coordinates[0] ?? [];
    const middle = [0, 1].map(
      (i) => ring.slice(1).reduce((sum, corner) => sum + (corner[i] ?? 0), 0) / (ring.length - 1),
    );
    expect(
      await list('horizontal-condominiums', [where('polygon', 'point-intersect', { coords: middle })]),
    ).toHaveLength(1);
    expect(await list('horizontal-condominiums', [where('polygon', 'point-intersect', { lat: 0, lng: 0 })])).toEqual(
      [],
    );
  });
});
