import { beforeEach, describe, expect, it } from 'vitest';
import { roles, tagsResource } from '../../src/emulator/resources/administration.js';
import { horizontalCondominiums } from '../../src/emulator/resources/customers.js';
import { viabilityByRadius } from '../../src/emulator/rules/viability/search.js';
import { at, SmallPlant } from './rules-plant.js';

let plant: SmallPlant;
beforeEach(async () => {
  plant = await SmallPlant.build();
});

interface Shown {
  id: string;
  name: string;
  distance: number;
  availability: number;
  horizontal_condos: string[];
  reasons?: { reason: string; message: string; limit?: number; actual?: number }[];
}
interface Answer {
  viable: boolean;
  boxes: Shown[];
  refused_boxes: Shown[];
  properties: { id: string; distance: number }[];
}

// A stands at 0 m, B at 140 m, N at 175 m.
function ask(query: object, key = 'demo'): Answer {
  return viabilityByRadius(plant.store, { ...query }, plant.caller(key)) as unknown as Answer;
}
const names = (boxes: Shown[]) => boxes.map(({ name }) => name);
const reasons = (answer: Answer) =>
  Object.fromEntries(answer.refused_boxes.map((box) => [box.name, box.reasons?.map(({ reason }) => reason)]));

describe('GET ftth-viability/radius', () => {
  it('lists boxes with free ports, nearest first, with all that OZmap shows of them', async () => {
    await plant.sell('A', '501');
    const answer = ask(at(10, 5));
    expect(answer.viable).toBe(true);
    expect(names(answer.boxes)).toEqual(['A', 'B', 'N']);
    expect(answer.boxes[0]).toEqual({
      id: plant.box('A').id,
      name: 'A',
      distance: 11.18,
      project: plant.project('Sul'),
      lat: plant.box('A').coords?.[1],
      lng: plant.box('A').coords?.[0],
      implanted: true,
      availability: 3,
      horizontal_condos: [],
    });
  });

  it('searches the explicit radius, else the role, else the system', async () => {
    await plant.setViability({ radius: 150 });
    expect(names(ask(at(0)).boxes)).toEqual(['A', 'B']);
    expect(names(ask({ ...at(0), radius: '60' }).boxes)).toEqual(['A']);
    expect(names(ask({ ...at(0), radius: 180 }).boxes)).toEqual(['A', 'B', 'N']);
    const [seller] = [...plant.store.all('roles')].filter(({ defaultRadius }) => defaultRadius);
    await plant.change(roles, seller?.id ?? '', { defaultRadius: 120 });
    expect(names(ask(at(0), 'demo-vendedor').boxes)).toEqual(['A']);
    expect(names(ask({ ...at(0), radius: 145 }, 'demo-vendedor').boxes)).toEqual(['A', 'B']);
  });

  it('cuts the list at the system maximum', async () => {
    await plant.setViability({ maxBoxes: 2 });
    expect(names(ask(at(170)).boxes)).toEqual(['N', 'B']);
  });

  it('shows boxes in project and boxes without service equipment nowhere', async () => {
    await plant.addBox('D', 1, 'Sul', { draft: true });
    await plant.poke('equipment', plant.splitter('B').id, { isDrop: false });
    const answer = ask(at(10));
    expect(names(answer.boxes)).toEqual(['A', 'N']);
    expect(answer.refused_boxes).toEqual([]);
  });

  it('shows not implanted boxes like others', async () => {
    await plant.poke('boxes', plant.box('A').id, { implanted: false });
    expect(ask(at(10)).boxes[0]).toMatchObject({ name: 'A', implanted: false });
  });

  it('searches the projects of the user only', () => {
    expect(names(ask(at(100), 'demo-norte').boxes)).toEqual(['N']);
    expect(ask({ ...at(0), radius: 100 }, 'demo-norte')).toMatchObject({ viable: false, boxes: [], refused_boxes: [] });
  });

  it('refuses a full box, naming the reason in Portuguese; a home without client holds its port', async () => {
    await plant.sell('A', null);
    for (const code of ['1', '2', '3']) await plant.sell('A', code);
    const answer = ask({ ...at(10), radius: 50 });
    expect(answer).toMatchObject({ viable: false, boxes: [] });
    expect(answer.refused_boxes).toMatchObject([
      {
        name: 'A',
        availability: 0,
        reasons: [{ reason: 'NO_FREE_PORT', message: 'Sem porta livre: as 4 portas estão ocupadas ou bloqueadas' }],
      },
    ]);
  });

  it('counts ports of client-less homes as free when the settings say so', async () => {
    await plant.sell('A', null);
    for (const code of ['1', '2', '3']) await plant.sell('A', code);
    await plant.setViability({ considerPropertyPortsFree: true });
    expect(ask({ ...at(10), radius: 50 }).boxes).toMatchObject([{ name: 'A', availability: 1 }]);
  });

  it('counts blocked ports as free when the settings say so', async () => {
    const { id, ports } = plant.splitter('A');
    await plant.poke('equipment', id, { ports: ports.map((port) => ({ ...port, blocked: port.index < 3 })) });
    expect(ask({ ...at(10), radius: 50 }).boxes).toMatchObject([{ availability: 1 }]);
    await plant.setViability({ considerBlockedPortsFree: true });
    expect(ask({ ...at(10), radius: 50 }).boxes).toMatchObject([{ availability: 4 }]);
  });

  it('refuses a box further than the longest drop, with limit and length; the role decides before the project', () => {
    const answer = ask({ ...at(-30), radius: 300 });
    expect(names(answer.boxes)).toEqual(['A', 'B']);
    expect(answer.refused_boxes[0]?.reasons).toEqual([
      { reason: 'DROP_TOO_LONG', message: 'Drop de 205 m; o limite é 200 m', limit: 200, actual: 205 },
    ]);
    expect(reasons(ask({ ...at(-30), radius: 300 }, 'demo-vendedor'))).toEqual({
      B: ['DROP_TOO_LONG'],
      N: ['DROP_TOO_LONG'],
    });
  });

  it('limits to boxes with a tag: that of the query, else that of the settings; an empty list limits nothing', async () => {
    const tag = await plant.make(tagsResource, { name: 'Lote 1', allowedTypes: ['box'] });
    await plant.poke('boxes', plant.box('B').id, { tags: [tag.id] });
    const answer = ask({ ...at(10), viabilityTags: JSON.stringify([tag.id]) });
    expect(names(answer.boxes)).toEqual(['B']);
    expect(reasons(answer)).toEqual({ A: ['TAG_MISMATCH'], N: ['TAG_MISMATCH'] });
    await plant.setViability({ tags: [tag.id] });
    expect(names(ask(at(10)).boxes)).toEqual(['B']);
    expect(names(ask({ ...at(10), viabilityTags: '[]' }).boxes)).toEqual(['A', 'B', 'N']);
  });

  it('tells in which gated community a box lies, and isolates them when the settings say so', async () => {
    const corner = (east: number, north: number) => [at(east, north).lng, at(east, north).lat];
    const ring = [corner(100, -50), corner(160, -50), corner(160, 50), corner(100, 50), corner(100, -50)];
    const area = await plant.make(horizontalCondominiums, {
      name: 'Bosque',
      project: plant.project('Sul'),
      polygon: { type: 'Polygon', coordinates: [ring] },
      tags: [],
    });
    const open = ask(at(90));
    expect(open.boxes.map((box) => [box.name, box.horizontal_condos])).toEqual([
      ['B', [area.id]],
      ['N', []],
      ['A', []],
    ]);
    await plant.setViability({ considerHorizontalCondominiums: true });
    expect(names(ask(at(90)).boxes)).toEqual(['N', 'A']);
    expect(reasons(ask(at(90)))).toEqual({ B: ['OUTSIDE_CONDOMINIUM'] });
    expect(names(ask(at(120)).boxes)).toEqual(['B']);
    expect(reasons(ask(at(120)))).toEqual({ N: ['OUTSIDE_CONDOMINIUM'], A: ['OUTSIDE_CONDOMINIUM'] });
  });

  it('lists client-less homes around, nearest first, with what is needed to take them over', async () => {
    const far = await plant.sell('A', null, { ...at(60, 5), address: 'Rua Só, 60', observation: '[CNT 9] cancelado' });
    const near = await plant.sell('A', null, at(20, 5));
    await plant.sell('A', '501', at(10, 5));
    const { properties } = ask({ ...at(10), radius: 80 });
    expect(properties.map(({ id }) => id)).toEqual([near.id, far.id]);
    expect(properties[1]).toMatchObject({
      address: 'Rua Só, 60',
      observation: '[CNT 9] cancelado',
      box: plant.box('A').id,
      drop: far.drop,
      coords: far.coords,
    });
  });

  it('refuses a query that it cannot read', () => {
    for (const query of [{}, { lat: '1' }, { lat: '91', lng: '0' }, { lat: 'x', lng: '0' }]) {
      expect(() => ask(query)).toThrow(/lat|lng/);
    }
    expect(() => ask({ ...at(0), radius: '-5' })).toThrow(/radius/);
    expect(() => ask({ ...at(0), viabilityTags: 'a,b' })).toThrow(/viabilityTags/);
  });
});
