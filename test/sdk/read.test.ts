import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Referee } from '../support/referee.js';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';
import { COLLECTIONS, type ProxyName, READ_CONTRADICTIONS, unexpected, unmet } from './collections.js';

type Row = Record<string, unknown> & { id: string; name: string };
interface Page {
  total: number;
  rows: Row[];
}

let emulator: TestEmulator;
let sdk: Referee;
const met = new Map<string, Set<string>>();

beforeAll(async () => {
  emulator = await startTestEmulator();
  sdk = new Referee(emulator.url);
  const place = { coords: [-44.2581, -19.4672] };
  const { body } = await emulator.api<{ rows: Row[] }>('GET', 'projects');
  // Every collection must have something to read.
  for (const name of ['a', 'b', 'c'])
    await emulator.api('POST', 'points', { ...place, name, project: body.rows[0]?.id });
  const first = async (route: string) => (await emulator.api<{ rows: Row[] }>('GET', route)).body.rows[0]?.id;
  const [box, fusionType, switchType] = [
    await first('boxes'),
    await first('fusion-types'),
    await first('switch-types'),
  ];
  await emulator.api('POST', 'fusions', { parent: box, fusionType });
  await emulator.api('POST', 'switches', { parent: box, switchType });
  await emulator.api('POST', 'cables', {
    ...{ project: body.rows[0]?.id, cableType: await first('cable-types'), boxA: box, implanted: true },
    ...{ hierarchyLevel: 2, poles: [{ lat: -19.4672, lng: -44.2581 }] },
  });
});
afterAll(async () => {
  sdk.stop();
  await emulator.stop();
});

/** Calls the SDK; the answer must pass the SDK's schema but for the known contradictions. */
async function read<T>(proxy: ProxyName, method: string, ...args: unknown[]): Promise<T> {
  const { value, issues, error } = await sdk.call<T>({ proxy, method, args, schema: COLLECTIONS[proxy] });
  expect(error, `${proxy}.${method}`).toBeUndefined();
  expect(unexpected(proxy, issues), `${proxy}.${method}`).toEqual([]);
  met.set(proxy, new Set([...(met.get(proxy) ?? []), ...issues]));
  return value;
}

describe('the official SDK reads', () => {
  it.each(Object.keys(COLLECTIONS) as ProxyName[])(
    '%s: find, findOne, findById, and findAll over several pages',
    async (proxy) => {
      const page = await read<Page>(proxy, 'find', { limit: 3 });
      expect(page.total).toBeGreaterThan(0);
      const one = await read<Row>(proxy, 'findOne', {
        filter: [{ property: 'id', operator: '=', value: page.rows[0]?.id }],
      });
      expect(one).toEqual(page.rows[0]);
      expect(await read(proxy, 'findById', one.id)).toEqual(one);
      expect(await read(proxy, 'findById', 'f'.repeat(24))).toBeNull();
      expect(
        await read(proxy, 'findOne', { filter: [{ property: 'id', operator: '=', value: 'f'.repeat(24) }] }),
      ).toBeNull();
      const all = await read<Row[]>(proxy, 'findAll', { batchSize: Math.ceil(page.total / 3) });
      expect(new Set(all.map(({ id }) => id)).size).toBe(page.total);
    },
  );

  it('nothing that contradicts its schemas beyond what is written down, and all of that', async () => {
    const flat = { property: 'coords', operator: 'exists', value: true };
    await read('property', 'find', { filter: [{ property: 'parent', operator: '!=', value: null }], limit: -1 });
    await read('baseBox', 'find', { filter: [flat], limit: -1 });
    expect(unmet(READ_CONTRADICTIONS, met)).toEqual([]);
  });

  it('the topology of boxes and buildings, and the one object of settings', async () => {
    for (const proxy of ['box', 'building'] as const) {
      for (const { id } of (await read<Page>(proxy, 'find', { limit: 20 })).rows) {
        const args = [{ route: `base-boxes/${id}/topology` }];
        const topology = await sdk.call<{ box: string }>({
          proxy: 'apiInstance',
          method: 'get',
          args,
          schema: 'TopologySchema',
        });
        expect(topology).toMatchObject({ issues: [], value: { box: id } });
      }
    }
    const settings = await sdk.call({ proxy: 'systemConfig', method: 'find', schema: 'SystemConfigSchema' });
    expect(settings).toMatchObject({ issues: [], value: { hierarchyLevels: { boxes: expect.any(Array) } } });
  });

  it('viability', async () => {
    const { lat, lng } = await read<Row>('box', 'findOne', {
      filter: [{ property: 'implanted', operator: '=', value: true }],
    });
    const args = [{ route: 'ftth-viability/radius', options: { params: { lat, lng } } }];
    const answer = await sdk.call({ proxy: 'apiInstance', method: 'get', args });
    expect(answer.value).toMatchObject({ boxes: expect.any(Array), refused_boxes: expect.any(Array) });
  });
});

describe('the official SDK asks', () => {
  const find = async (proxy: ProxyName, ...filter: unknown[]) =>
    (await read<Page>(proxy, 'find', { filter, limit: -1 })).rows;

  it('with every operator it knows', async () => {
    const boxes = await find('box');
    const [box] = boxes;
    const at = { lat: box?.lat, lng: box?.lng };
    const corner = (dx: number, dy: number) => [Number(box?.lng) + dx * 1e-5, Number(box?.lat) + dy * 1e-5];
    const square = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
    const own = [box?.id];
    const ids = async (property: string, operator: string, value: unknown) =>
      (await find('box', { property, operator, value })).map(({ id }) => id);
    expect(await ids('name', '=', box?.name)).toEqual(own);
    expect(await ids('name', 'like', box?.name)).toEqual(own);
    expect(await ids('id', 'in', own)).toEqual(own);
    expect(await ids('id', 'notin', own)).toHaveLength(boxes.length - 1);
    expect(await ids('name', '!=', box?.name)).toHaveLength(boxes.length - 1);
    expect((await ids('lat', '<', at.lat)).length + (await ids('lat', '>=', at.lat)).length).toBe(boxes.length);
    expect((await ids('lat', '>', at.lat)).length + (await ids('lat', '<=', at.lat)).length).toBe(boxes.length);
    expect(await ids('pole', 'exists', true)).toHaveLength(boxes.length);
    expect((await ids('tags', 'all', box?.tags)).length).toBeGreaterThan(0);
    expect(await ids('coords', 'near', { ...at, radius: 1 })).toEqual(own);
    expect(await ids('coords', 'within', { type: 'Polygon', coordinates: [square] })).toEqual(own);
    expect(
      await find('horizontalCondominium', { property: 'polygon', operator: 'point-intersect', value: at }),
    ).toEqual([]);
  });

  it('with groups, sorted, selected and populated', async () => {
    const [a, b] = await find('box');
    const either = [
      { property: 'id', operator: '=', value: a?.id },
      { property: 'id', operator: '=', value: b?.id },
    ];
    const sorter = [{ property: 'name', direction: -1 }];
    const options = { filter: [either], sorter, select: 'name boxType', populate: 'boxType' };
    const { value } = await sdk.call<Page>({ proxy: 'box', method: 'find', args: [options] });
    expect(value.rows).toEqual([
      expect.objectContaining({
        id: b?.id,
        kind: 'Box',
        boxType: expect.objectContaining({ code: expect.any(String) }),
      }),
      expect.objectContaining({ id: a?.id, name: a?.name, lat: null, lng: null }),
    ]);
    expect(value.rows[0]).not.toHaveProperty('implanted');
  });
});

describe('the official SDK is refused', () => {
  it('with an unknown key, after it tried to log in again', async () => {
    const { error } = await sdk.call({ proxy: 'box', method: 'find', args: [{}], token: 'nobody' });
    expect(error?.status).toBe(401);
  });

  it('no log-in with name and password', async () => {
    const role = (await read<Row>('role', 'findOne', {})).id;
    const { id: project } = await read<Row>('project', 'findOne', {});
    const ana = {
      username: 'ana',
      password: 'segredo',
      email: 'ana@example.com',
      name: 'Ana',
      resources: ['API'],
      role,
    };
    const projects = [{ project, role, fromGroup: false }];
    await sdk.call({ proxy: 'users', method: 'create', args: [{ ...ana, projects, projectGroups: [] }] });
    const asAna = { proxy: 'project', method: 'find', args: [{}], token: 'ana\nsegredo' };
    expect((await sdk.call<Page>(asAna)).value.rows.map(({ id }) => id)).toEqual([project]);
  });

  it('what its user may not see', async () => {
    const all = await read<Page>('box', 'find', { limit: 1 });
    const { value } = await sdk.call<Page>({ proxy: 'box', method: 'find', args: [{ limit: 1 }], token: 'demo-norte' });
    expect(value.total).toBeLessThan(all.total);
  });
});
