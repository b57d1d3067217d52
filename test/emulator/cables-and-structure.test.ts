import { beforeEach, describe, expect, it } from 'vitest';
import { parseFilter } from '../../src/emulator/query/filter.js';
import { search } from '../../src/emulator/query/search.js';
import { boxes } from '../../src/emulator/resources/boxes.js';
import { cables } from '../../src/emulator/resources/cables.js';
import { plainResources } from '../../src/emulator/resources/plain.js';
import { design, updateStructure } from '../../src/emulator/rules/structure.js';
import { topology } from '../../src/emulator/rules/topology.js';
import { at, SmallPlant } from './rules-plant.js';

let plant: SmallPlant;
beforeEach(async () => {
  plant = await SmallPlant.build();
});
const refused = (write: Promise<unknown>, status: number, message: string) =>
  expect(write).rejects.toMatchObject({ status, message: expect.stringContaining(message) });

describe('a cable as the SDK sends it', () => {
  const body = () => ({
    ...{ project: plant.project('Sul'), cableType: [...plant.store.all('cable-types')][0]?.id, implanted: true },
    ...{ hierarchyLevel: 2, boxA: plant.box('A').id, boxB: plant.box('B').id },
    poles: [] as object[],
  });

  it('bends at poles named by id or by place, and at points made where there is none', async () => {
    const pole = plant.store.get('base-points', plant.poles[2] ?? '');
    const [lng = 0, lat = 0] = pole?.coords ?? [];
    const cable = await plant.make(cables, {
      ...body(),
      poles: [{ id: plant.poles[1] }, { lat: String(lat), lng }, at(90, 60)],
    });
    expect(cable.poles.slice(0, 2).map(({ id }) => id)).toEqual([plant.poles[1], pole?.id]);
    const made = plant.store.get('base-points', cable.poles[2]?.id ?? '');
    expect(made).toMatchObject({ kind: 'Point', coords: [at(90, 60).lng, at(90, 60).lat] });
    // 70 m along the poles, 63 m off the street and 78 m back to box B.
    expect(cable.length).toBeGreaterThan(205);
    expect(cable.length).toBeLessThan(218);
    await plant.change(cables, cable.id, { poles: [] });
    expect(plant.store.get('cables', cable.id)?.length).toBeCloseTo(140, 0);
  });

  it('ends in a stub where no box is named, and the stub goes with it', async () => {
    const cable = await plant.make(cables, { ...body(), boxB: null, poles: [{ id: plant.poles[3] }] });
    expect(plant.store.get('cable-stubs', cable.boxB)).toMatchObject({ kind: 'CableStub', pole: plant.poles[3] });
    expect(cable.length).toBeCloseTo(105, 0);
    await plant.remove(cables, cable.id);
    expect([...plant.store.all('cable-stubs')]).toEqual([]);
    await refused(plant.make(cables, { ...body(), boxB: undefined }), 400, '"boxB" é obrigatório');
  });

  it('makes the box whose fields stand at its end', async () => {
    const boxB = { name: 'CTO 9', boxType: '589ddcf07dfe452f10d7c274', implanted: true, hierarchyLevel: 3 };
    const cable = await plant.make(cables, { ...body(), boxB, poles: [{ id: plant.poles[7] }] });
    expect(plant.store.get('boxes', cable.boxB)).toMatchObject({ name: 'CTO 9', pole: plant.poles[7] });
    await refused(
      plant.make(cables, { ...body(), boxB: { name: 'x' }, poles: [{ id: plant.poles[7] }] }),
      400,
      'boxType',
    );
  });
});

describe('the inside of a box', () => {
  const write = (body: object) =>
    plant.store.write((tx) => updateStructure(tx, plant.box('A').id, { structure: body }, plant.caller()));
  const inside = () =>
    topology(plant.store, plant.box('A').id, plant.caller()) as {
      checksum: string;
      splitters: Record<string, { connectables: { input: unknown[]; output: (string | null)[] } }>;
    };

  it('is drawn in columns until somebody moves something', async () => {
    await plant.sell('A', '801');
    const [splitter = ''] = Object.keys(inside().splitters);
    const before = design(plant.store, plant.box('A').id, plant.caller());
    expect(before).toMatchObject({ box: plant.box('A').id, positions: { splitters: { [splitter]: { y: 0 } } } });
    await write({ design: { positions: { splitters: { [splitter]: { x: 7, y: 8 } } } } });
    const after = design(plant.store, plant.box('A').id, plant.caller());
    expect(after).toMatchObject({
      positions: { splitters: { [splitter]: { x: 7, y: 8 } }, drops: expect.any(Object) },
    });
  });

  it('is connected as its topology says: two clients change ports at once', async () => {
    await plant.sell('A', '802');
    await plant.sell('A', '803');
    const now = inside();
    const [splitter = ''] = Object.keys(now.splitters);
    const { output } = now.splitters[splitter]?.connectables ?? { output: [] };
    const swapped = { ...now.splitters[splitter], connectables: { output: [output[1], output[0], null, null] } };
    await write({ topology: { ...now, splitters: { [splitter]: swapped } } });
    expect(plant.held('A')).toEqual(['803', '802', null, null]);
    await refused(write({ topology: now }), 409, 'mudou');
  });

  it('takes no fibre of another box and no equipment that is not there', async () => {
    await plant.sell('B', '804');
    const [foreign] = [...plant.store.all('fibers')];
    const [splitter = ''] = Object.keys(inside().splitters);
    const wanted = (id: string) => ({ topology: { splitters: { [id]: { connectables: { output: [foreign?.id] } } } } });
    await refused(write(wanted(splitter)), 400, 'não chega');
    await refused(write(wanted('f'.repeat(24))), 501, 'criar splitters');
  });
});

it('a region is an area to search in, and its type stays while it is used', async () => {
  const resource = (route: string) => {
    const found = plainResources.find((each) => each.route === route);
    if (!found) throw new Error(route);
    return found;
  };
  const type = await plant.make(resource('region-types'), { name: 'Lote' });
  const corner = (east: number, north: number) => [at(east, north).lng, at(east, north).lat];
  const ring = [corner(-9, -9), corner(9, -9), corner(9, 9), corner(-9, 9), corner(-9, -9)];
  const polygon = { type: 'Polygon', coordinates: [ring] };
  const region = await plant.make(resource('regions'), { polygon, regionType: type.id });
  const filter = parseFilter([{ property: 'coords', operator: 'within', value: { id: region.id, model: 'region' } }]);
  expect(search(plant.store, boxes, plant.caller(), filter).map(({ record }) => record.id)).toEqual([
    plant.box('A').id,
  ]);
  await refused(plant.remove(resource('region-types'), type.id), 409, 'em uso');
});
