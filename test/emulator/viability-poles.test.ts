import { beforeEach, describe, expect, it } from 'vitest';
import { projects } from '../../src/emulator/resources/administration.js';
import { poles } from '../../src/emulator/resources/base-points.js';
import { properties } from '../../src/emulator/resources/customers.js';
import { viabilityByPoles } from '../../src/emulator/rules/viability/search.js';
import { at, SmallPlant } from './rules-plant.js';

let plant: SmallPlant;
beforeEach(async () => {
  plant = await SmallPlant.build();
});

interface Shown {
  name: string;
  distance: number;
  pole: string;
  drop_poles: string[];
  reasons?: { reason: string; limit?: number; actual?: number }[];
}
interface Answer {
  viable: boolean;
  pole: string | null;
  boxes: Shown[];
  refused_boxes: Shown[];
}

// Poles every 35 m; A at pole 0, B at pole 4, N at pole 5.
function ask(query: object, key = 'demo'): Answer {
  return viabilityByPoles(plant.store, { ...query }, plant.caller(key)) as unknown as Answer;
}
const names = (boxes: Shown[]) => boxes.map(({ name }) => name);

describe('GET ftth-viability/poles', () => {
  it('measures along the poles from the nearest one, and gives the way from the box to the client', () => {
    const answer = ask(at(40, 20));
    expect(answer).toMatchObject({ viable: true, pole: plant.poles[1] });
    expect(answer.boxes.map(({ name, distance }) => [name, Math.round(distance)])).toEqual([
      ['A', 35],
      ['B', 105],
      ['N', 140],
    ]);
    expect(answer.boxes[0]).toMatchObject({ pole: plant.poles[1], drop_poles: plant.poles.slice(0, 2) });
    expect(answer.boxes[2]?.drop_poles).toEqual([5, 4, 3, 2, 1].map((index) => plant.poles[index]));
  });

  it('offers what can then be sold along the same poles', async () => {
    const point = at(200, 60);
    const [box] = ask(point).boxes;
    const home = await plant.sell(box?.name ?? '', '501', { ...point, drop_poles: box?.drop_poles });
    expect(plant.store.get('cables', home.drop ?? '')?.poles.map(({ id }) => id)).toEqual(box?.drop_poles);
  });

  it('lays that way for a home that is made with its pole, and a straight drop without', async () => {
    const point = at(200, 30);
    const [box] = ask(point).boxes;
    const along = await plant.sell(box?.name ?? '', '502', { ...point, pole: box?.pole });
    expect(plant.store.get('cables', along.drop ?? '')?.poles.map(({ id }) => id)).toEqual(box?.drop_poles);
    const straight = await plant.sell(box?.name ?? '', '503', point);
    expect(plant.store.get('cables', straight.drop ?? '')).toMatchObject({ poles: [] });
    await plant.change(properties, straight.id, { box: plant.box('A').id, pole: plant.poles[5] });
    const moved = plant.store.get('cables', plant.property(straight.id).drop ?? '');
    expect(moved?.poles.map(({ id }) => id)).toEqual(plant.poles.slice(0, 6));
    await plant.change(poles, plant.poles[6] ?? '', { adjacents: [] });
    const cutOff = await plant.sell('B', '504', { ...point, pole: plant.poles[6] });
    expect(plant.store.get('cables', cutOff.drop ?? '')).toMatchObject({ poles: [] });
  });

  it('is asked by a pole, too, and refuses one that is not there', () => {
    expect(ask({ pole: plant.poles[1] })).toMatchObject({ pole: plant.poles[1], boxes: ask(at(40, 20)).boxes });
    expect(() => ask({ pole: 'f'.repeat(24) })).toThrow('"pole"');
    expect(() => ask({})).toThrow('"lat"');
  });

  it('follows adjacency, not the straight line', async () => {
    const [middle, next] = [plant.poles[2] ?? '', plant.poles[3] ?? ''];
    await plant.change(poles, middle, { adjacents: [plant.poles[1]] });
    expect(plant.store.get('base-points', next)?.adjacents).toEqual([plant.poles[4]]);
    expect(names(ask(at(70)).boxes)).toEqual(['A']);
  });

  it('starts only at poles where drops may start, within the pole radius', async () => {
    await plant.poke('base-points', plant.poles[2] ?? '', { usable: false });
    expect(ask(at(68, 5)).pole).toBe(plant.poles[1]);
    const [noSale] = [...plant.store.all('pole-types')].filter(({ viabilityAllowed }) => !viabilityAllowed);
    await plant.poke('base-points', plant.poles[1] ?? '', { poleType: noSale?.id });
    expect(ask(at(68, 5)).pole).toBe(plant.poles[3]);
    await plant.setViability({ poleRadius: 20 });
    expect(ask(at(68, 5))).toMatchObject({ viable: false, pole: null, boxes: [], refused_boxes: [] });
  });

  it('does not count the stretch from the house to the pole', () => {
    expect(ask(at(0, 90)).boxes[0]).toMatchObject({ name: 'A', distance: 0 });
    expect(ask(at(0, 110))).toMatchObject({ viable: false, pole: null });
  });

  it('refuses a near box whose way is too long, with limit and length; the role decides before the project', async () => {
    await plant.change(projects, plant.project('Sul'), { drop: { maxSize: 100 } });
    const answer = ask(at(0, 10));
    expect(names(answer.boxes)).toEqual(['A', 'N']);
    expect(answer.refused_boxes).toMatchObject([
      { name: 'B', reasons: [{ reason: 'DROP_TOO_LONG', limit: 100, actual: 140 }] },
    ]);
    expect(names(ask(at(0, 10), 'demo-vendedor').boxes)).toEqual(['A', 'B']);
    expect(plant.store.get('projects', plant.project('Sul'))?.drop.defaults.cableType).toBe('5d83b2fcd846ae365237b3a1');
  });

  it('refuses full boxes and hides those in project or of other projects', async () => {
    for (const code of ['1', '2', '3', '4']) await plant.sell('A', code);
    await plant.addBox('D', 1, 'Sul', { draft: true });
    const answer = ask(at(0, 10));
    expect(names(answer.boxes)).toEqual(['B', 'N']);
    expect(answer.refused_boxes).toMatchObject([{ name: 'A', reasons: [{ reason: 'NO_FREE_PORT' }] }]);
    expect(names(ask(at(0, 10), 'demo-norte').boxes)).toEqual(['N']);
  });
});
