import { beforeEach, describe, expect, it } from 'vitest';
import { boxes, buildings } from '../../src/emulator/resources/boxes.js';
import { cables, drops } from '../../src/emulator/resources/cables.js';
import { ftthClients, properties } from '../../src/emulator/resources/customers.js';
import { connect, disconnect, disconnectFibers } from '../../src/emulator/rules/connect.js';
import { fiberOfDrop } from '../../src/emulator/rules/drops.js';
import { connectionsOf, propertiesOfClientCode } from '../../src/emulator/rules/property-view.js';
import { topology } from '../../src/emulator/rules/topology.js';
import { at, SmallPlant } from './rules-plant.js';

let plant: SmallPlant;
beforeEach(async () => {
  plant = await SmallPlant.build();
});

describe('DELETE properties', () => {
  it('takes home, client, drop and fibre away and frees the port', async () => {
    const before = plant.counts();
    const { id } = await plant.sell('A', '501');
    await plant.remove(properties, id);
    expect(plant.counts()).toEqual(before);
    expect(plant.held('A')).toEqual([null, null, null, null]);
  });

  it('keeps a client that has another home', async () => {
    const { id, client } = await plant.sell('A', '501');
    const second = await plant.sell('B', null, { ...at(150, 5), client, force: true });
    await plant.remove(properties, id);
    expect(plant.property(second.id).client).toBe(client);
    expect(plant.store.get('ftth-clients', client ?? '')).toBeDefined();
  });
});

describe('DELETE ftth-clients', () => {
  it('keeps home, drop and connection, dates the history, and frees the code', async () => {
    const { id, drop, client } = await plant.sell('A', '501');
    const connections = connectionsOf(plant.store, plant.property(id));
    await plant.remove(ftthClients, client ?? '');
    const home = plant.property(id);
    expect(home).toMatchObject({ client: null, drop, box: plant.box('A').id });
    expect(home.history.clients[0]?.exit_date).toBe('2024-05-06T07:08:09.000Z');
    expect(connectionsOf(plant.store, home)).toEqual(connections);
    await plant.sell('A', '501');
  });
});

describe('DELETE drops and cables', () => {
  it.each([drops, cables])('takes drop and connection away and keeps the home without box: $route', async (route) => {
    const { id, drop } = await plant.sell('A', '501');
    await plant.remove(route, drop ?? '');
    expect(plant.property(id)).toMatchObject({ box: null, drop: null, cables: [] });
    expect(plant.property(id).client).not.toBeNull();
    expect(plant.held('A')[0]).toBeNull();
    expect(plant.counts()).toMatchObject({ properties: 1, cables: 0, fibers: 0 });
  });

  it('leaves a flat in its building', async () => {
    const [type] = [...plant.store.all('building-types')];
    const body = { name: 'Edifício', project: plant.project('Sul'), buildingType: type?.id, ...at(30, 10) };
    const building = await plant.make(buildings, body);
    await plant.addSplitter(building.id, 'Splitter 1');
    const flat = await plant.make(properties, { box: building.id, client: { code: '701' }, auto_connect: true });
    expect(flat).toMatchObject({ box: building.id, parent: building.id, coords: null });
    expect(connectionsOf(plant.store, flat)).toHaveLength(1);
    await plant.remove(drops, flat.drop ?? '');
    expect(plant.property(flat.id)).toMatchObject({ box: building.id, parent: building.id, drop: null });
    await expect(plant.remove(buildings, building.id)).rejects.toMatchObject({ status: 409 });
  });

  it('lays a drop by hand for a home without box, whichever end is called A', async () => {
    const home = await plant.make(properties, { project: plant.project('Sul'), ...at(20) });
    const drop = await plant.make(cables, {
      project: plant.project('Sul'),
      cableType: '5d83b2fcd846ae365237b3a1',
      boxA: home.id,
      boxB: plant.box('A').id,
      implanted: true,
      hierarchyLevel: 3,
      poles: [{ id: plant.poles[1] }, { id: plant.poles[0] }],
    });
    expect(drop).toMatchObject({ kind: 'Drop', boxA: plant.box('A').id, boxB: home.id });
    expect(drop.poles.map(({ id }) => id)).toEqual([plant.poles[0], plant.poles[1]]);
    expect(plant.property(home.id)).toMatchObject({ drop: drop.id, box: plant.box('A').id, cables: [drop.id] });
  });
});

describe('DELETE boxes', () => {
  it('is refused while a home or drop hangs on the box, and takes the equipment with it', async () => {
    const { id } = await plant.sell('A', '501');
    const box = plant.box('A').id;
    await expect(plant.remove(boxes, box)).rejects.toMatchObject({ status: 409 });
    await plant.remove(properties, id);
    await plant.remove(boxes, box);
    expect(plant.store.where('equipment', 'parent', box)).toEqual([]);
  });
});

describe('connections', () => {
  const ends = (fiber: string, splitter: string, port?: number) => ({
    elementA: { id: splitter, kind: 'splitter', ...(port ? { port, side: 'output' } : {}) },
    elementB: { id: fiber, kind: 'fiber' },
  });
  const write = (change: typeof connect, body: object, key = 'demo') =>
    plant.store.write((tx) => change(tx, { ...body }, plant.caller(key)));

  it('fibers/disconnect frees the port and leaves the drop in its box', async () => {
    const { id, drop } = await plant.sell('A', '501');
    await plant.store.write((tx) => disconnectFibers(tx, drop ?? '', plant.caller()));
    expect(plant.held('A')[0]).toBeNull();
    expect(plant.property(id)).toMatchObject({ box: plant.box('A').id, drop });
    await expect(
      plant.store.write((tx) => disconnectFibers(tx, drop ?? '', plant.caller('demo-norte'))),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('disconnect and connect move a fibre between ports', async () => {
    const home = await plant.sell('A', '501');
    const fiber = fiberOfDrop(plant.store, home)?.id ?? '';
    const splitter = plant.splitter('A').id;
    await expect(write(connect, ends(fiber, splitter, 2))).rejects.toMatchObject({ status: 409 });
    await write(disconnect, ends(fiber, splitter));
    await expect(write(disconnect, ends(fiber, splitter))).rejects.toMatchObject({ status: 400 });
    await write(connect, ends(fiber, splitter, 3));
    expect(plant.held('A')).toEqual([null, null, '501', null]);
    expect(connectionsOf(plant.store, home)).toMatchObject([{ port: 3, fiber }]);
  });

  it('connect refuses a taken port, another box, and what is no pair', async () => {
    const one = fiberOfDrop(plant.store, await plant.sell('A', '501', { auto_connect: false }))?.id ?? '';
    await plant.sell('A', '502');
    const splitter = plant.splitter('A').id;
    await expect(write(connect, ends(one, splitter, 1))).rejects.toMatchObject({ status: 409 });
    await expect(write(connect, ends(one, plant.splitter('B').id, 1))).rejects.toMatchObject({ status: 400 });
    await expect(write(connect, ends(one, splitter))).rejects.toMatchObject({ status: 400 });
    await expect(write(connect, { elementA: { id: one, kind: 'fiber' } })).rejects.toMatchObject({ status: 400 });
    await expect(write(connect, ends(one, splitter, 2), 'demo-norte')).rejects.toMatchObject({ status: 400 });
  });
});

describe('GET properties/client/{code} and topology', () => {
  it('lists the homes of a code with the client in them, to those who see the project', async () => {
    const { id } = await plant.sell('A', '123|123');
    expect(propertiesOfClientCode(plant.store, '123|123', plant.caller())).toMatchObject([
      { _id: id, id, client: { code: '123|123' }, connections: [{ port: 1 }] },
    ]);
    expect(propertiesOfClientCode(plant.store, '123|123', plant.caller('demo-norte'))).toEqual([]);
    expect(propertiesOfClientCode(plant.store, 'nobody', plant.caller())).toEqual([]);
  });

  it('shows what is in a box and what its drops lead to', async () => {
    const { id, drop } = await plant.sell('A', '501', { address: 'Rua Só, 10' });
    const shown = topology(plant.store, plant.box('A').id, plant.caller());
    const splitter = plant.splitter('A');
    expect(shown).toMatchObject({
      box: plant.box('A').id,
      drops: { [drop ?? '']: { propertyData: { id, address: 'Rua Só, 10', client: { code: '501', kind: 'ftth' } } } },
      splitters: { [splitter.id]: { connectables: splitter.connectables, ports: splitter.ports, isDrop: true } },
    });
    expect(() => topology(plant.store, plant.box('A').id, plant.caller('demo-norte'))).toThrow(/não encontrada/);
  });
});
