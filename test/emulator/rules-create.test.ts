import { beforeEach, describe, expect, it } from 'vitest';
import { ftthClients, properties } from '../../src/emulator/resources/customers.js';
import { connectionsOf, presentProperty } from '../../src/emulator/rules/property-view.js';
import { at, SmallPlant } from './rules-plant.js';

let plant: SmallPlant;
beforeEach(async () => {
  plant = await SmallPlant.build();
});

describe('POST properties', () => {
  it('makes home, client, drop, fibre and connection in one call', async () => {
    const home = await plant.sell('A', '501', { address: 'Rua Só, 10' });
    const shown = presentProperty(home, plant.store);
    expect(shown).toMatchObject({
      kind: 'Property',
      address: 'Rua Só, 10',
      box: plant.box('A').id,
      pole: plant.poles[1],
      project: plant.project('Sul'),
      parent: null,
      lat: at(20, 10).lat,
      lng: at(20, 10).lng,
      client: { kind: 'ftth', code: '501', implanted: false, certified: false, status: 0 },
      creatorData: { username: 'demo' },
      history: { clients: [{ code: '501', enter_date: '2024-05-06T07:08:09.000Z', exit_date: null }] },
    });
    const drop = plant.store.get('cables', home.drop ?? '');
    expect(drop).toMatchObject({
      kind: 'Drop',
      cableType: '5d83b2fcd846ae365237b3a1',
      boxA: home.box,
      boxB: home.id,
      poles: [],
    });
    expect(drop?.length).toBeCloseTo(22.36, 1);
    const [fiber] = plant.store.where('fibers', 'parent', drop?.id ?? '');
    const splitter = plant.splitter('A');
    expect(shown.connections).toEqual([
      { id: splitter.id, kind: 'Splitter', port: 1, name: 'Splitter 1', implanted: true, fiber: fiber?.id },
    ]);
    expect(splitter.connectables.output[0]).toBe(fiber?.id);
    expect(fiber?.connectors).toEqual([splitter.id]);
  });

  it('answers with the client as an id, and lists it whole', async () => {
    const home = await plant.sell('A', '501');
    expect(properties.presentCreated?.(home, plant.store).client).toBe(home.client);
    expect(properties.present(home, plant.store).client).toMatchObject({ id: home.client, code: '501' });
  });

  it('lays the drop along drop_poles, in order from the box to the home', async () => {
    const way = plant.poles.slice(0, 4);
    const home = await plant.sell('A', '501', { ...at(100, 8), drop_poles: way });
    const drop = plant.store.get('cables', home.drop ?? '');
    expect(drop?.poles.map(({ id }) => id)).toEqual(way);
    expect(drop?.length).toBeCloseTo(105 + Math.hypot(5, 8), 0);
    expect(home.pole).toBe(plant.poles[3]);
  });

  it('lays the drop but takes no port without auto_connect, and puts a home without coordinates beside its box', async () => {
    const home = await plant.make(properties, { box: plant.box('A').id, client: { code: 7 }, auto_connect: false });
    expect(home.drop).not.toBeNull();
    expect(connectionsOf(plant.store, home)).toEqual([]);
    expect(home.coords).not.toBeNull();
    expect(home.pole).toBe(plant.poles[0]);
    expect(plant.store.where('ftth-clients', 'code', '7')).toHaveLength(1);
  });

  it('leaves a home without box without drop', async () => {
    const home = await plant.make(properties, { project: plant.project('Sul'), ...at(10) });
    expect(home).toMatchObject({ box: null, drop: null, cables: [], client: null, pole: plant.poles[0] });
  });

  it('takes the first free port by splitter name, then number, and skips blocked ones', async () => {
    await plant.addSplitter(plant.box('A').id, 'Splitter 0');
    const ports = plant.splitter('A', 'Splitter 0').ports.map((port) => ({ ...port, blocked: port.index === 0 }));
    await plant.poke('equipment', plant.splitter('A', 'Splitter 0').id, { ports });
    for (const code of ['1', '2', '3', '4']) await plant.sell('A', code);
    expect(plant.held('A', 'Splitter 0')).toEqual([null, '1', '2', '3']);
    expect(plant.held('A')).toEqual(['4', null, null, null]);
  });

  it('takes the named connector and port', async () => {
    await plant.sell('A', '501', { connector: plant.splitter('A').id, port: 3, auto_connect: false });
    expect(plant.held('A')).toEqual([null, null, '501', null]);
  });

  it('refuses a port that a client holds, and says which client', async () => {
    await plant.sell('A', '501');
    await expect(plant.sell('A', '502', { connector: plant.splitter('A').id, port: 1 })).rejects.toMatchObject({
      status: 409,
      message: 'A porta 1 de Splitter 1 está ocupada pelo cliente 501',
    });
    expect(plant.counts()).toEqual({ properties: 1, clients: 4, cables: 1, fibers: 1 });
  });

  it('refuses a port that a home without client holds, and says which home', async () => {
    const kept = await plant.sell('A', null);
    await expect(plant.sell('A', '502', { connector: plant.splitter('A').id, port: 1 })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(`ocupada pelo imóvel sem cliente ${kept.id}`),
    });
  });

  it('refuses a blocked port, a port that is not there, and a connector of another box', async () => {
    const { id, ports } = plant.splitter('A');
    await plant.poke('equipment', id, { ports: ports.map((port) => ({ ...port, blocked: true })) });
    await expect(plant.sell('A', '1', { connector: id, port: 2 })).rejects.toMatchObject({
      status: 409,
      message: 'A porta 2 de Splitter 1 está bloqueada',
    });
    await expect(plant.sell('A', '1', { connector: id, port: 5 })).rejects.toMatchObject({ status: 400 });
    await expect(plant.sell('B', '1', { connector: id, port: 1 })).rejects.toMatchObject({ status: 400 });
    await expect(plant.sell('A', '1', { port: 1 })).rejects.toMatchObject({ status: 400 });
  });

  it('refuses a full box', async () => {
    for (const code of ['1', '2', '3', '4']) await plant.sell('A', code);
    await expect(plant.sell('A', '5')).rejects.toMatchObject({ status: 409, message: 'A não tem porta livre' });
  });

  it('refuses a code that any client has, also one in a project that the caller does not see', async () => {
    await plant.sell('A', '501');
    const norte = plant.caller('demo-norte');
    const body = { box: plant.box('N').id, auto_connect: true, ...at(170, 5), client: { code: '501' } };
    await expect(plant.make(properties, body, norte)).rejects.toMatchObject({ status: 409 });
    await expect(plant.make(ftthClients, { code: '501' }, norte)).rejects.toMatchObject({ status: 409 });
  });

  it('places an existing client by id, and a second time only when forced', async () => {
    const client = await plant.make(ftthClients, { code: '900', name: 'Ana' });
    await plant.sell('A', null, { client: client.id });
    await expect(plant.sell('B', null, { client: client.id })).rejects.toMatchObject({ status: 409 });
    await plant.sell('B', null, { client: client.id, ...at(150, 5), force: true });
    expect(plant.store.where('properties', 'client', client.id)).toHaveLength(2);
  });

  it('refuses a drop beyond the project limit, and a shorter one beyond the role limit, unless forced', async () => {
    await expect(plant.sell('A', '1', at(210))).rejects.toMatchObject({
      status: 400,
      message: 'Drop longo demais: 210 m, e o limite é 200 m',
    });
    const body = { box: plant.box('A').id, auto_connect: true, ...at(160), client: { code: '2' } };
    await expect(plant.make(properties, body, plant.caller('demo-vendedor'))).rejects.toMatchObject({ status: 400 });
    await plant.sell('A', '1', { ...at(210), force: true });
    await plant.make(properties, body);
  });

  it('does not count the stretch from the last pole to the house of a drop along poles', async () => {
    const home = await plant.sell('A', '1', { ...at(140, 80), drop_poles: plant.poles.slice(0, 5) });
    expect(plant.store.get('cables', home.drop ?? '')?.length).toBeCloseTo(220, 0);
    await expect(plant.sell('A', '2', { ...at(210, 5), drop_poles: plant.poles.slice(0, 7) })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('210 m'),
    });
  });

  it('lets a client be seen where its home is', async () => {
    const client = await plant.make(ftthClients, { code: '900' });
    expect(client.project).toBe(plant.project('Sul'));
    await plant.sell('N', null, { client: client.id, ...at(170, 5) });
    expect(plant.store.get('ftth-clients', client.id)?.project).toBe(plant.project('Norte'));
  });

  it('refuses a box in project unless forced', async () => {
    await plant.addBox('D', 2, 'Sul', { draft: true });
    await expect(plant.sell('D', '1', at(70, 5))).rejects.toMatchObject({ status: 400 });
    await plant.sell('D', '1', { ...at(70, 5), force: true });
  });

  it('refuses what it cannot read, naming the field', async () => {
    const bad = (body: object) => expect(plant.sell('A', '1', { ...body })).rejects;
    await bad({ lat: 95 }).toMatchObject({ status: 400, message: expect.stringContaining('Coordenadas') });
    await bad({ coords: [1, 2, 3] }).toMatchObject({ status: 400 });
    await bad({ box: 'nope' }).toMatchObject({ status: 400, message: expect.stringContaining('"box"') });
    await bad({ box: 'f'.repeat(24) }).toMatchObject({ status: 400, message: expect.stringContaining('Caixa') });
    await bad({ drop_poles: ['f'.repeat(24)] }).toMatchObject({ status: 400 });
    await bad({ address: 12 }).toMatchObject({ status: 400, message: expect.stringContaining('"address"') });
    await expect(plant.make(properties, {})).rejects.toMatchObject({ status: 400 });
    await expect(
      plant
        .sell('A', '1', {})
        .then(() => plant.make(properties, { box: plant.box('A').id }, plant.caller('demo-norte'))),
    ).rejects.toMatchObject({ status: 400 });
  });
});

describe('property-occupied ports count as free', () => {
  it('lets the new client take the port; the old home keeps its drop and learns for whom', async () => {
    await plant.setViability({ considerPropertyPortsFree: true });
    const kept = await plant.sell('A', null, { observation: 'Muro azul' });
    for (const code of ['1', '2', '3', '4']) await plant.sell('A', code);
    expect(plant.held('A')).toEqual(['4', '1', '2', '3']);
    const after = plant.property(kept.id);
    expect(after.observation).toBe('Muro azul\nDesconectado quando o cliente 4 foi criado');
    expect(after.drop).toBe(kept.drop);
    expect(connectionsOf(plant.store, after)).toEqual([]);
  });

  it('sells a blocked port when the settings say so', async () => {
    const { id, ports } = plant.splitter('A');
    await plant.poke('equipment', id, { ports: ports.map((port) => ({ ...port, blocked: true })) });
    await plant.setViability({ considerBlockedPortsFree: true });
    await plant.sell('A', '1');
    expect(plant.held('A')[0]).toBe('1');
  });
});
