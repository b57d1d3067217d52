import { beforeEach, describe, expect, it } from 'vitest';
import { ftthClients, properties } from '../../src/emulator/resources/customers.js';
import { connectionsOf } from '../../src/emulator/rules/property-view.js';
import { at, SmallPlant } from './rules-plant.js';

let plant: SmallPlant;
beforeEach(async () => {
  plant = await SmallPlant.build();
});

const change = (id: string, body: object) => plant.change(properties, id, { ...body });

describe('PATCH properties', () => {
  it('changes texts, clears with null, leaves what is not named', async () => {
    const { id } = await plant.sell('A', '501', { address: 'Rua Só, 10', observation: 'Cão bravo' });
    await change(id, { observation: 'Portão verde', potencyRead: -19.5 });
    expect(plant.property(id)).toMatchObject({
      address: 'Rua Só, 10',
      observation: 'Portão verde',
      potencyRead: -19.5,
    });
    await change(id, { observation: null, address: '' });
    expect(plant.property(id).observation).toBeUndefined();
    expect(plant.property(id).address).toBe('');
  });

  it('measures the drop again when the home moves, within the limit', async () => {
    const { id, drop } = await plant.sell('A', '501');
    await change(id, at(100, 0));
    expect(plant.store.get('cables', drop ?? '')?.length).toBeCloseTo(100, 0);
    await expect(change(id, at(260, 0))).rejects.toMatchObject({ status: 400 });
    expect(plant.property(id).coords?.[0]).toBeCloseTo(at(100).lng, 6);
  });

  it('moves to another port of the same splitter with the same drop', async () => {
    const { id, drop } = await plant.sell('A', '501');
    await change(id, { connector: plant.splitter('A').id, port: 4 });
    expect(plant.held('A')).toEqual([null, null, null, '501']);
    expect(plant.property(id).drop).toBe(drop);
    expect(plant.counts()).toMatchObject({ properties: 1, cables: 1, fibers: 1 });
  });

  it('asks nothing of a port that it has already', async () => {
    const { id } = await plant.sell('A', '501');
    await change(id, { connector: plant.splitter('A').id, port: 1 });
    await change(id, { box: plant.box('A').id, auto_connect: true });
    expect(plant.held('A')).toEqual(['501', null, null, null]);
  });

  it('keeps the old port when the new one is taken', async () => {
    const { id } = await plant.sell('A', '501');
    await plant.sell('A', '502');
    await expect(change(id, { connector: plant.splitter('A').id, port: 2 })).rejects.toMatchObject({ status: 409 });
    expect(plant.held('A')).toEqual(['501', '502', null, null]);
  });

  it('moves to another box: one drop, one connection, the old port free', async () => {
    const { id } = await plant.sell('A', '501', at(70, 5));
    const way = [plant.poles[4], plant.poles[3], plant.poles[2]];
    await change(id, { box: plant.box('B').id, auto_connect: true, drop_poles: way });
    expect(plant.held('A')).toEqual([null, null, null, null]);
    expect(plant.held('B')).toEqual(['501', null, null, null]);
    const home = plant.property(id);
    expect(home).toMatchObject({ box: plant.box('B').id, pole: plant.poles[2] });
    const drop = plant.store.get('cables', home.drop ?? '');
    expect(drop?.boxA).toBe(plant.box('B').id);
    expect(drop?.poles.map((pole) => pole.id)).toEqual(way);
    expect(plant.counts()).toMatchObject({ properties: 1, cables: 1, fibers: 1 });
  });

  it('moves into the project of the new box, the client with it', async () => {
    const { id, client } = await plant.sell('B', '501', at(150, 5));
    await change(id, { box: plant.box('N').id, connector: plant.splitter('N').id, port: 2 });
    expect(plant.property(id).project).toBe(plant.project('Norte'));
    expect(plant.store.get('ftth-clients', client ?? '')?.project).toBe(plant.project('Norte'));
    expect(plant.held('N')).toEqual([null, '501', null, null]);
  });

  it('hangs in the new box unconnected when no port is asked for', async () => {
    const { id } = await plant.sell('A', '501', at(70, 5));
    await change(id, { box: plant.box('B').id });
    expect(plant.held('B')).toEqual([null, null, null, null]);
    expect(connectionsOf(plant.store, plant.property(id))).toEqual([]);
  });

  it('changes nothing when the new box is full', async () => {
    const { id } = await plant.sell('A', '501', at(70, 5));
    for (const code of ['1', '2', '3', '4']) await plant.sell('B', code, at(150, 5));
    const before = plant.property(id);
    await expect(change(id, { box: plant.box('B').id, auto_connect: true, observation: 'x' })).rejects.toMatchObject({
      status: 409,
    });
    expect(plant.property(id)).toEqual(before);
    expect(plant.held('A')[0]).toBe('501');
  });

  it('leaves its box with box null: drop and connection go', async () => {
    const { id } = await plant.sell('A', '501');
    await change(id, { box: null });
    expect(plant.property(id)).toMatchObject({ box: null, drop: null, cables: [] });
    expect(plant.counts()).toMatchObject({ cables: 0, fibers: 0 });
    expect(plant.held('A')[0]).toBeNull();
  });

  it('connects a home that hangs unconnected', async () => {
    const { id } = await plant.sell('A', '501', { auto_connect: false });
    await change(id, { auto_connect: true });
    expect(plant.held('A')[0]).toBe('501');
  });

  it('leaves the home without client on null: it stays recorded, and the history says until when', async () => {
    const { id, client } = await plant.sell('A', '501');
    await change(id, { client: null });
    expect(plant.property(id)).toMatchObject({
      client: null,
      history: { clients: [{ code: '501', exit_date: '2024-05-06T07:08:09.000Z' }] },
    });
    expect(plant.store.get('ftth-clients', client ?? '')).toBeDefined();
    expect(plant.held('A')[0]).toBe('-');
  });

  it('gives a kept home to a client, by object or by id', async () => {
    const { id } = await plant.sell('A', null);
    await change(id, { client: { code: '601', name: 'Bia' } });
    expect(plant.held('A')[0]).toBe('601');
    await change(id, { client: null });
    const other = await plant.make(ftthClients, { code: '602' });
    await change(id, { client: other.id });
    expect(plant.property(id).history.clients.map(({ code, exit_date }) => [code, exit_date === null])).toEqual([
      ['601', false],
      ['602', true],
    ]);
  });

  it('refuses another client in a home that has one, unless forced', async () => {
    const { id } = await plant.sell('A', '501');
    await expect(change(id, { client: { code: '502' } })).rejects.toMatchObject({ status: 409 });
    await change(id, { client: { code: '502' }, force: true });
    expect(plant.held('A')[0]).toBe('502');
  });

  it('refuses an external_id that is taken, even by itself', async () => {
    const { id } = await plant.sell('A', '501', { external_id: 'op-1' });
    expect(plant.property(id).external_id).toBe('op-1');
    await expect(change(id, { external_id: 'op-1' })).rejects.toMatchObject({ status: 400 });
    await expect(plant.sell('A', '502', { external_id: 'op-1' })).rejects.toMatchObject({ status: 400 });
  });
});

describe('PATCH ftth-clients', () => {
  it('implants, renames and clears, and refuses the code of another', async () => {
    const { client } = await plant.sell('A', '501', { client: { code: '501', name: 'Ana', observation: 'x' } });
    const id = client ?? '';
    await plant.change(ftthClients, id, { implanted: true, observation: null, onu: { serial_number: 'ABC1' } });
    expect(plant.store.get('ftth-clients', id)).toMatchObject({
      code: '501',
      name: 'Ana',
      observation: '',
      implanted: true,
      onu: { serial_number: 'ABC1', user_PPPoE: '' },
    });
    await plant.sell('A', '502');
    await expect(plant.change(ftthClients, id, { code: '502' })).rejects.toMatchObject({ status: 409 });
    await plant.change(ftthClients, id, { code: '501' });
  });
});
