import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Referee } from '../support/referee.js';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';
import { changeOf, coords, FIRST_OF, type Known, REFERRED, WRITES } from './bodies.js';
import { COLLECTIONS, type ProxyName, unexpected, unmet, WRITE_CONTRADICTIONS } from './collections.js';

type Row = Record<string, unknown> & { id: string; name: string };

let emulator: TestEmulator;
let sdk: Referee;
const known = {} as Known;
const met = new Map<string, Set<string>>();

beforeAll(async () => {
  emulator = await startTestEmulator();
  sdk = new Referee(emulator.url);
  for (const proxy of REFERRED) known[proxy] = (await call<Row>(proxy, 'findOne', FIRST_OF[proxy] ?? {})).id;
  const [lng = 0, lat = 0] = (await call<Row & { coords: number[] }>('box', 'findById', known.box)).coords;
  known.door = [lng + 1e-4, lat];
});
afterAll(async () => {
  sdk.stop();
  await emulator.stop();
});

async function call<T>(proxy: ProxyName, method: string, ...args: unknown[]): Promise<T> {
  const { value, issues, error } = await sdk.call<T>({ proxy, method, args, schema: COLLECTIONS[proxy] });
  expect(error, `${proxy}.${method}`).toBeUndefined();
  expect(unexpected(proxy, issues), `${proxy}.${method}`).toEqual([]);
  met.set(proxy, new Set([...(met.get(proxy) ?? []), ...issues]));
  return value;
}

describe('the official SDK writes', () => {
  it.each(Object.entries(WRITES))('%s: create, updateById, deleteById', async (name, { body }) => {
    const proxy = name as ProxyName;
    const change = changeOf(proxy, known);
    const made = await call<Row & { _id: string }>(proxy, 'create', body(known));
    expect(made._id).toBe(made.id);
    await call(proxy, 'updateById', made.id, { ...change, external_id: 'stripped by the SDK' });
    expect(await call(proxy, 'findById', made.id)).toMatchObject(change);
    await call(proxy, 'deleteById', made.id);
    expect(await call(proxy, 'findById', made.id)).toBeNull();
  });

  it('cables between boxes, and their fibres', async () => {
    const [a, b] = (await call<{ rows: Row[] }>('box', 'find', { limit: 2 })).rows;
    const cable = await call<Row>('cable', 'create', {
      ...{
        project: known.project,
        cableType: known.cableType,
        boxA: a?.id,
        boxB: b?.id,
        implanted: true,
        hierarchyLevel: 2,
      },
      ...{ poles: [], tags: [], orientationA: 'left', orientationB: 'right' },
    });
    await call('cable', 'updateById', cable.id, { implanted: false });
    expect(await call('cable', 'findById', cable.id)).toMatchObject({ implanted: false });
    const filter = [{ property: 'parent', operator: '=', value: cable.id }];
    const fibers = (await call<{ rows: Row[] }>('fiber', 'find', { filter })).rows;
    expect(fibers.length).toBeGreaterThan(0);
    await call('fiber', 'updateById', fibers[0]?.id, { name: 'F1', observation: 'reserva' });
    expect(await call('fiber', 'findById', fibers[0]?.id)).toMatchObject({ observation: 'reserva' });
    await call('cable', 'deleteById', cable.id);
    expect((await call<{ rows: Row[] }>('fiber', 'find', { filter })).rows).toEqual([]);
  });

  it('a sale: home, client, drop and port in one call, then activation, cancellation and removal', async () => {
    const filter = [
      { property: 'parent', operator: '=', value: known.box },
      { property: 'isDrop', operator: '=', value: true },
    ];
    const splitters = (await call<{ rows: Row[] }>('splitter', 'find', { filter })).rows;
    const free = splitters.flatMap(({ id, connectables, ports }) =>
      (connectables as { output: unknown[] }).output.flatMap((fiber, index) =>
        fiber || (ports as { blocked: boolean }[])[index]?.blocked ? [] : [{ connector: id, port: index + 1 }],
      ),
    )[0];
    const sold = await call<Row>('property', 'create', {
      ...{ box: known.box, coords: known.door, project: known.project, auto_connect: true, ...free },
      client: { code: 'sdk-sale', implanted: false },
    });
    const home = await call<Row>('property', 'findById', sold.id);
    expect(home.connections).toMatchObject([{ id: free?.connector, kind: 'Splitter', port: free?.port }]);
    expect(home.client).toMatchObject({ id: sold.client, code: 'sdk-sale', implanted: false });
    await call('ftthClient', 'updateById', sold.client, { implanted: true });
    await call('ftthClient', 'batchUpdate', [{ property: 'code', operator: '=', value: 'sdk-sale' }], { status: 1 });
    expect(await call('ftthClient', 'findById', sold.client)).toMatchObject({ implanted: true, status: 1 });
    await call('property', 'batchUpdate', [{ property: 'id', operator: 'in', value: [sold.id] }], {
      potencyRead: -21.5,
    });
    await call('ftthClient', 'deleteById', sold.client);
    expect(await call('property', 'findById', sold.id)).toMatchObject({
      client: null,
      potencyRead: -21.5,
      drop: sold.drop,
    });
    await call('property', 'deleteById', sold.id);
    expect(await call('cable', 'findById', sold.drop)).toBeNull();
  });

  it('the settings', async () => {
    const { value } = await sdk.call<Row>({ proxy: 'systemConfig', method: 'find' });
    const hierarchyLevels = { boxes: [{ id: 1, name: 'POP', translated_name: 'Ponto' }] };
    const change = await sdk.call({
      proxy: 'systemConfig',
      method: 'updateById',
      args: [value.id, { hierarchyLevels }],
    });
    expect(change.error).toBeUndefined();
    const after = await sdk.call<{ hierarchyLevels: { boxes: unknown } }>({
      proxy: 'systemConfig',
      method: 'find',
      schema: 'SystemConfigSchema',
    });
    expect(after.value.hierarchyLevels.boxes).toEqual(hierarchyLevels.boxes);
    expect(after.issues).toEqual([]);
  });

  it('nothing that contradicts its schemas beyond what is written down, and all of that', () => {
    expect(unmet(WRITE_CONTRADICTIONS, met)).toEqual([]);
  });

  it('and is told why when it is refused', async () => {
    const args = [
      { box: 'f'.repeat(24), coords, project: known.project, client: { code: 'sdk-no', implanted: false } },
    ];
    expect(await sdk.call({ proxy: 'property', method: 'create', args })).toMatchObject({
      error: { status: 400, message: expect.stringContaining('box') },
    });
  });
});
