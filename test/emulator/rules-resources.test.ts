import { beforeEach, describe, expect, it } from 'vitest';
import { projects, roles, systemConfigs, tagsResource, users } from '../../src/emulator/resources/administration.js';
import { points, poles } from '../../src/emulator/resources/base-points.js';
import { boxes } from '../../src/emulator/resources/boxes.js';
import { horizontalCondominiums, prospects } from '../../src/emulator/resources/customers.js';
import { connectors, splitters } from '../../src/emulator/resources/equipment.js';
import { boxTypes, splitterTypes } from '../../src/emulator/resources/types.js';
import { resources } from '../../src/emulator/routes/routes.js';
import { at, SmallPlant } from './rules-plant.js';

let plant: SmallPlant;
beforeEach(async () => {
  plant = await SmallPlant.build();
});
const refused = (write: Promise<unknown>, status: number, message: string) =>
  expect(write).rejects.toMatchObject({ status, message: expect.stringContaining(message) });

describe('every resource', () => {
  it('has a route of its own', () => {
    const routes = resources.map(({ route }) => route);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('presents a record without changing it', async () => {
    await plant.sell('A', '501');
    for (const resource of resources) {
      for (const record of plant.store.all(resource.collection)) {
        // Of another resource over the same collection.
        if (resource.holds && !resource.holds(record)) continue;
        const before = JSON.stringify(record);
        expect(resource.present(record, plant.store)).not.toBe(record);
        expect(JSON.stringify(record)).toBe(before);
      }
    }
  });
});

describe('boxes', () => {
  const body = () => ({
    boxType: '589ddcf07dfe452f10d7c274',
    implanted: false,
    hierarchyLevel: 3,
    project: plant.project('Sul'),
  });

  it('needs what the SDK requires, and says which field is missing', async () => {
    await refused(plant.make(boxes, at(0)), 400, '"boxType" é obrigatório');
    await refused(plant.make(boxes, { ...body(), ...at(0), implanted: 'yes' }), 400, '"implanted"');
    await refused(plant.make(boxes, body()), 400, '"coords"');
    await refused(plant.make(boxes, { ...body(), ...at(0), boxType: 'f'.repeat(24) }), 400, '"boxType"');
    await refused(plant.make(boxes, { ...body(), ...at(0) }, plant.caller('demo-norte')), 400, 'Projeto');
  });

  it('names a nameless box by its type and makes a point where no pole stands', async () => {
    const box = await plant.make(boxes, { ...body(), ...at(17), name: '' });
    expect(box.name).toBe('CTO 4');
    expect(plant.store.get('base-points', box.pole ?? '')).toMatchObject({ kind: 'Point', coords: box.coords });
    const onPole = await plant.make(boxes, { ...body(), ...at(35) });
    expect(onPole.pole).toBe(plant.poles[1]);
  });

  it('changes what is named, and shows its place twice', async () => {
    const { id } = plant.box('A');
    await plant.change(boxes, id, { implanted: false, draft: true, ...at(3) });
    expect(plant.store.get('boxes', id)).toMatchObject({ name: 'A', draft: true, implanted: false, certified: false });
    expect(boxes.present(plant.box('A'), plant.store)).toMatchObject(at(3));
  });
});

describe('splitters', () => {
  it('has the ports of its type, and blocks one by its id, its index or its place', async () => {
    const { id, ports, connectables } = plant.splitter('A');
    expect([ports.length, connectables.input.length, connectables.output.length]).toEqual([4, 1, 4]);
    await plant.change(splitters, id, {
      ports: [
        { id: ports[2]?.id, blocked: true },
        { index: 3, blocked: true },
      ],
    });
    const blocked = () => plant.splitter('A').ports.map((port) => port.blocked);
    expect(blocked()).toEqual([false, false, true, true]);
    await plant.change(splitters, id, { ports: [{ blocked: true }, {}, { blocked: false }] });
    expect(blocked()).toEqual([true, false, false, true]);
    await refused(plant.change(splitters, id, { ports: [{ index: 9, blocked: true }] }), 400, 'ports.0');
  });

  it('refuses an unknown type or box, and to go while fibres are on it', async () => {
    const [type] = [...plant.store.all('splitter-types')];
    await refused(
      plant.make(splitters, { parent: plant.box('A').id, splitterType: 'f'.repeat(24) }),
      400,
      'splitterType',
    );
    await refused(plant.make(splitters, { parent: 'f'.repeat(24), splitterType: type?.id }), 400, '"parent"');
    await plant.sell('A', '501');
    await refused(plant.remove(splitters, plant.splitter('A').id), 409, 'fibras conectadas');
  });

  it('lists a connector by its two ends, and sells its one port', async () => {
    const [type] = [...plant.store.all('connector-types')];
    const connector = await plant.make(connectors, { parent: plant.box('A').id, connectorType: type?.id });
    await plant.sell('A', '501', { connector: connector.id, port: 1 });
    await plant.poke('equipment', connector.id, { name: 'A first name' });
    await plant.sell('A', '502');
    expect(plant.held('A')).toEqual(['502', null, null, null]);
    const shown = connectors.present(plant.splitter('A', 'A first name'), plant.store);
    expect(shown.connectables).toEqual([null, expect.any(String)]);
  });
});

describe('poles and points', () => {
  it('keeps adjacency at both ends, through changes and removal', async () => {
    const [first = '', , third = ''] = plant.poles;
    const point = await plant.make(points, { ...at(10, 30), adjacents: [first, third] });
    const adjacents = (id: string) => plant.store.get('base-points', id)?.adjacents;
    expect(adjacents(first)).toContain(point.id);
    await plant.change(points, point.id, { adjacents: [third] });
    expect(adjacents(first)).not.toContain(point.id);
    await plant.remove(points, point.id);
    expect(adjacents(third)).not.toContain(point.id);
    await refused(plant.make(poles, at(0)), 400, '"poleType"');
    await refused(plant.remove(poles, first), 409, 'em uso');
  });
});

describe('people', () => {
  it('shows neither passwords nor API keys', () => {
    for (const user of plant.store.all('users')) {
      const shown = users.present(user, plant.store);
      expect(shown).toMatchObject({ username: user.username });
      expect(Object.keys(shown)).not.toContain('password');
      expect(Object.keys(shown)).not.toContain('apiKey');
    }
  });

  it('takes a user name once, and a known role only', async () => {
    const [role] = [...plant.store.all('roles')];
    const body = { username: 'ana', email: 'ana@provedor.example', name: 'Ana', password: 'x', role: role?.id };
    const rest = { resources: ['API'], projects: [], projectGroups: [] };
    await plant.make(users, { ...body, ...rest });
    await refused(plant.make(users, { ...body, ...rest }), 409, 'ana');
    await refused(plant.make(users, { ...body, ...rest, username: 'bia', role: 'f'.repeat(24) }), 400, '"role"');
    await refused(plant.make(users, { ...body, username: 'bia', email: 'bia' }), 400, '"email"');
    await refused(plant.remove(roles, role?.id ?? ''), 409, 'em uso');
    await refused(plant.make(tagsResource, { name: 'x', allowedTypes: ['cat'] }), 400, 'allowedTypes');
  });
});

describe('types, projects, areas and settings', () => {
  it('fills the defaults of the SDK on creation and leaves them alone on change', async () => {
    const config = { base: {}, regular: {}, not_implanted: {}, draft: {} };
    const type = await plant.make(boxTypes, { code: 'NAP', config });
    expect(type).toMatchObject({ prefix: '', default_reserve: 0, config: { draft: { fillColor: '#FFA500A6' } } });
    await plant.change(boxTypes, type.id, { prefix: 'NAP ' });
    await plant.change(boxTypes, type.id, { brand: 'X' });
    expect(plant.store.get('box-types', type.id)).toMatchObject({ prefix: 'NAP ', brand: 'X' });
    await plant.change(boxTypes, type.id, { brand: null });
    expect(plant.store.get('box-types', type.id)).not.toHaveProperty('brand');
    await refused(
      plant.make(splitterTypes, { code: '1:1', isDrop: true, ratio: { input: 1, output: 1 } }),
      400,
      'ratio.output',
    );
  });

  it('takes the longest drop of a project in either spelling', async () => {
    const project = await plant.make(projects, {
      name: 'Leste',
      drop: { type: { cableType: '5d83b2fcd846ae365237b3a1' }, maxSize: 120 },
    });
    expect(project.drop).toEqual({ defaults: { cableType: '5d83b2fcd846ae365237b3a1' }, maxSize: 120 });
    await refused(plant.remove(projects, plant.project('Sul')), 409, 'em uso');
  });

  it('takes a prospect with coordinates in either form, or none', async () => {
    const pair = [at(5).lng, at(5).lat];
    expect(await plant.make(prospects, { coords: pair })).toMatchObject({ coords: pair });
    expect(await plant.make(prospects, { coords: at(5) })).toMatchObject({ coords: pair });
    expect(await plant.make(prospects, { ...at(5), name: 'Ana' })).toMatchObject({ coords: pair, name: 'Ana' });
    const texts = { lat: ` ${at(5).lat}`, lng: String(at(5).lng) };
    expect(await plant.make(prospects, texts)).toMatchObject({ coords: pair });
    await refused(plant.make(prospects, { ...texts, lat: '1e' }), 400, 'lat');
    expect(prospects.present(await plant.make(prospects, { code: 7 }), plant.store)).toMatchObject({
      code: '7',
      lat: null,
    });
  });

  it('refuses an area that is none', async () => {
    const body = { project: plant.project('Sul'), tags: [], polygon: { type: 'Polygon', coordinates: [[[0, 0]]] } };
    await refused(plant.make(horizontalCondominiums, body), 400, 'polygon.coordinates.0');
  });

  it('changes one setting and leaves the others', async () => {
    const [config] = [...plant.store.all('system-configs')];
    await plant.change(systemConfigs, config?.id ?? '', { viability: { radius: 90 } });
    expect(plant.store.get('system-configs', config?.id ?? '')?.viability).toMatchObject({ radius: 90, maxBoxes: 10 });
    await refused(plant.change(systemConfigs, config?.id ?? '', { viability: { mode: 'x' } }), 400, 'viability.mode');
  });
});
