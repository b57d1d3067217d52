import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { distanceM } from '../../src/domain/geo.js';
import { createOzmap } from '../../src/ozmap/create-ozmap.js';
import type { Box, FtthClient, Ozmap, OzmapConnector } from '../../src/ozmap/types.js';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';

let emulator: TestEmulator;
let connector: OzmapConnector;
let ozmap: Ozmap;
let codes: string[];
let boxes: Box[];

const present = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

beforeAll(async () => {
  emulator = await startTestEmulator();
  connector = createOzmap({ url: emulator.url });
  ozmap = connector.as('demo');
  const clients = await emulator.api<{ rows: { code: string }[] }>('GET', 'ftth-clients?limit=500');
  codes = clients.body.rows.map(({ code }) => code);
  const ids = await emulator.api<{ rows: { id: string }[] }>('GET', 'boxes?limit=50');
  boxes = await ozmap.findBoxesByIds(ids.body.rows.map(({ id }) => id));
});
beforeEach(() => emulator.clearRequests());
afterAll(async () => {
  connector.stop();
  await emulator.stop();
});

const asked = async (): Promise<number> => (await emulator.requests()).length;

describe('against the embedded OZmap', () => {
  it('500 clients with home, box and equipment cost at most 12 requests', async () => {
    const clients = await ozmap.findClientsByCodes(codes);
    expect(clients.map(({ code }) => code).sort()).toEqual([...codes].sort());
    const homes = await ozmap.findPropertiesByClientIds(clients.map(({ id }) => id));
    expect(homes.length).toBeGreaterThan(490);
    const boxIds = homes.map(({ boxId }) => boxId).filter(present);
    const found = await ozmap.findBoxesByIds(boxIds);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(boxIds));
    const hangsOn = homes.flatMap(({ connections }) =>
      connections.filter(({ kind }) => kind === 'Splitter').map(({ id }) => id),
    );
    expect(new Set((await ozmap.findSplittersByIds(hangsOn)).map(({ id }) => id))).toEqual(new Set(hangsOn));
    expect(await asked()).toBeLessThanOrEqual(12);
  });

  it('50 boxes with who holds each port cost at most 4', async () => {
    const boxIds = boxes.map(({ id }) => id);
    await ozmap.findBoxesByIds(boxIds);
    const splitters = await ozmap.findSplittersByBoxIds(boxIds);
    const homes = await ozmap.findPropertiesByBoxIds(boxIds);
    expect(await asked()).toBeLessThanOrEqual(4);
    // Every service port that has a fibre is held by one of those homes.
    const held = splitters.filter(({ isDrop }) => isDrop).flatMap(({ outputs }) => outputs.filter(present));
    const fibers = homes.flatMap(({ connections }) => connections.map(({ fiberId }) => fiberId));
    expect(held.length).toBeGreaterThan(100);
    expect(held.filter((fiber) => !fibers.includes(fiber))).toEqual([]);
  });

  it('500 drops with their paths cost at most 8', async () => {
    const homes = (await Promise.all([ozmap.findPropertiesByBoxIds(boxes.map(({ id }) => id))])).flat();
    const dropIds = homes
      .map(({ dropId }) => dropId)
      .filter(present)
      .slice(0, 500);
    await emulator.clearRequests();
    const drops = await ozmap.findDropsByIds(dropIds);
    expect(drops).toHaveLength(dropIds.length);
    const poleIds = drops.flatMap((drop) => drop.poleIds);
    const places = boxes.map(({ location }) => location).filter(present);
    const lats = places.map(({ lat }) => lat);
    const lngs = places.map(({ lng }) => lng);
    const poles = await ozmap.findPolesByIds(poleIds, {
      south: Math.min(...lats) - 0.01,
      north: Math.max(...lats) + 0.01,
      west: Math.min(...lngs) - 0.01,
      east: Math.max(...lngs) + 0.01,
    });
    expect(new Set(poles.map(({ id }) => id))).toEqual(new Set(poleIds));
    expect(await asked()).toBeLessThanOrEqual(8);
    const fibers = await ozmap.findFibersByDropIds(dropIds);
    expect(new Set(fibers.map(({ cableId }) => cableId))).toEqual(new Set(dropIds));
  });

  it('boxes near a point come nearest first, within the radius', async () => {
    const at = boxes.map(({ location }) => location).find(present) ?? { lat: 0, lng: 0 };
    const near = await ozmap.findBoxesNear(at, 400, 5);
    const away = near.map(({ location }) => distanceM(at, location ?? { lat: 0, lng: 0 }));
    expect(near.length).toBeGreaterThan(1);
    expect(near.length).toBeLessThanOrEqual(5);
    expect(away).toEqual([...away].sort((a, b) => a - b));
    expect(away.at(-1)).toBeLessThanOrEqual(400);
    const poles = await ozmap.findPolesNear(at, 100, 3);
    expect(poles).toHaveLength(3);
    const d = 1e-3;
    const bounds = { south: at.lat - d, north: at.lat + d, west: at.lng - d, east: at.lng + d };
    const within = await ozmap.findPolesWithin(bounds, 500);
    expect(within.map(({ id }) => id)).toEqual(expect.arrayContaining(poles.slice(0, 1).map(({ id }) => id)));
    expect(await ozmap.findPolesWithin(bounds, 2)).toHaveLength(2);
    expect(await ozmap.findPointsWithin(bounds, 10)).toEqual([]);
  });

  it('viability answers by radius and by poles', async () => {
    const at = boxes.find(({ draft }) => draft === false)?.location ?? { lat: 0, lng: 0 };
    const near = { lat: at.lat + 2e-4, lng: at.lng };
    const byRadius = await ozmap.viabilityByRadius({ location: near, radiusM: 300 });
    expect(byRadius.boxes.length + byRadius.refusedBoxes.length).toBeGreaterThan(0);
    for (const { reasons } of byRadius.refusedBoxes) expect(reasons[0]?.code).toMatch(/^[A-Z_]+$/);
    const byPoles = await ozmap.viabilityByPoles({ location: near });
    for (const box of byPoles.boxes) expect(box.dropLengthM).toBe(box.distanceM);
    const tagged = await ozmap.viabilityByRadius({ location: near, radiusM: 300, tags: ['f'.repeat(24)] });
    expect(tagged).toMatchObject({ viable: false, boxes: [] });
    expect(tagged.refusedBoxes[0]?.reasons.map(({ code }) => code)).toContain('TAG_MISMATCH');
  });

  it('a token sees only its own projects, also while another asks the same', async () => {
    const [all, norte] = await Promise.all([ozmap.findProjects(), connector.as('demo-norte').findProjects()]);
    expect(all.map(({ name }) => name).sort()).toEqual(['Norte', 'Sul']);
    expect(norte.map(({ name }) => name)).toEqual(['Norte']);
    await expect(connector.as('stranger').findProjects()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await ozmap.whoAmI()).toMatchObject({ username: 'demo' });
    expect([await connector.standing('demo'), await connector.standing('stranger')]).toEqual(['up', 'refused']);
  });

  it('homes are found by code, and none for an unknown one', async () => {
    const [client] = (await ozmap.findClientsByCodes(codes.slice(0, 1))) as [FtthClient];
    const homes = await ozmap.findPropertiesByClientCode(client.code);
    expect(homes.map(({ clientId }) => clientId)).toEqual([client.id]);
    expect(homes[0]?.client).toEqual(client);
    for (const unknown of ['no such', 'a/c', '%', '?', '#', '.', '..']) {
      expect(await ozmap.findPropertiesByClientCode(unknown)).toEqual([]);
      expect(await ozmap.findClientsByCodes([unknown])).toEqual([]);
    }
  });

  it('codes with a slash or a bar in them are found like any other', async () => {
    for (const odd of ['a/b', '123|123']) {
      expect((await ozmap.findPropertiesByClientCode(odd)).map(({ client }) => client?.code)).toEqual([odd]);
      expect((await ozmap.findClientsByCodes([odd])).map(({ code }) => code)).toEqual([odd]);
    }
  });

  it('flats have a building instead of a box, and the rest can be read whole', async () => {
    const { body } = await emulator.api<{ rows: { id: string; parent: string | null }[] }>(
      'GET',
      'properties?limit=-1',
    );
    const flatIds = body.rows.filter(({ parent }) => parent).map(({ id }) => id);
    const flats = await ozmap.findPropertiesByIds(flatIds);
    expect(flats.length).toBeGreaterThan(0);
    for (const flat of flats) expect(flat).toMatchObject({ boxId: null, location: null });
    const buildings = await ozmap.findBuildingsByIds(flats.map(({ buildingId }) => buildingId).filter(present));
    expect(buildings.length).toBeGreaterThan(0);
    const types = await ozmap.findBoxTypesByIds(boxes.map(({ boxTypeId }) => boxTypeId).filter(present));
    expect(types.length).toBeGreaterThan(0);
    expect((await ozmap.findHorizontalCondominiums())[0]?.polygon.length).toBeGreaterThan(3);
  });
});
