import { beforeAll, describe, expect, it } from 'vitest';
import { generateTown } from '../../src/city/generate.js';
import { readCityFolder } from '../../src/city/read-folder.js';
import type { CollectionName } from '../../src/emulator/records.js';
import { seedPlant } from '../../src/emulator/seed/seed.js';
import { createStore, type PlantStore } from '../../src/emulator/store/memory-store.js';
import { distanceM, pointOf } from '../../src/emulator/store/places.js';
import { COLLECTIONS } from '../../src/emulator/store/tables.js';
import { hasRealCity, REAL_CITY } from '../support/real-city.js';

async function townPlant(): Promise<PlantStore> {
  const store = await createStore();
  seedPlant(store, generateTown());
  return store;
}

const all = <C extends CollectionName>(store: PlantStore, collection: C) => [...store.all(collection)];

/** What must hold in whatever city: every connection is written the same way at both ends, nothing refers to nothing. */
function expectSound(store: PlantStore): void {
  const problems: string[] = [];
  const held = new Set<string>();
  for (const equipment of store.all('equipment')) {
    if (!store.get('boxes', equipment.parent) && !store.get('buildings', equipment.parent)) problems.push('parent');
    for (const fiberId of [...equipment.connectables.output, ...equipment.connectables.input]) {
      if (fiberId === null) continue;
      if (held.has(fiberId)) problems.push(`fibre ${fiberId} on two ports`);
      held.add(fiberId);
      if (store.get('fibers', fiberId)?.connectors[0] !== equipment.id) problems.push(`fibre ${fiberId} elsewhere`);
    }
  }
  for (const fiber of store.all('fibers')) {
    if (!store.get('cables', fiber.parent)) problems.push(`fibre ${fiber.id} without cable`);
    if (fiber.connectors.length > 0 !== held.has(fiber.id)) problems.push(`fibre ${fiber.id} on no port`);
  }
  for (const cable of store.all('cables')) {
    if (cable.poles.some(({ id }) => !store.get('base-points', id))) problems.push(`cable ${cable.id} without pole`);
    if (cable.kind !== 'Drop') continue;
    const home = store.get('properties', cable.boxB);
    const box = store.get('boxes', cable.boxA) ?? store.get('buildings', cable.boxA);
    if (!box || home?.drop !== cable.id || home.box !== box.id) problems.push(`drop ${cable.id} does not join`);
    if (cable.length > 200) problems.push(`drop ${cable.id} of ${cable.length} m`);
  }
  for (const home of store.all('properties')) {
    if (home.client && !store.get('ftth-clients', home.client)) problems.push(`home ${home.id} without its client`);
  }
  expect(problems.slice(0, 5)).toEqual([]);
}

function occupancy(store: PlantStore): number {
  const ports = all(store, 'equipment').flatMap(({ connectables }) => connectables.output);
  return ports.filter(Boolean).length / ports.length;
}

describe('the plant of the generated town', () => {
  let store: PlantStore;
  beforeAll(async () => {
    store = await townPlant();
  });

  it('is the same every time, record for record', async () => {
    const again = await townPlant();
    for (const name of COLLECTIONS) expect(all(again, name)).toEqual(all(store, name));
  });

  it('uses no id twice', () => {
    const ids = COLLECTIONS.flatMap((name) => all(store, name).map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
  });

  it('is sound, and about half sold', () => {
    expectSound(store);
    expect(occupancy(store)).toBeGreaterThan(0.45);
    expect(occupancy(store)).toBeLessThan(0.6);
  });

  it('sets poles 12 to 40 m apart, every one joined to a neighbour, and all to each other', () => {
    const gaps: number[] = [];
    for (const pole of store.all('base-points')) {
      expect(pole.adjacents.length).toBeGreaterThan(0);
      for (const id of pole.adjacents) {
        const other = store.get('base-points', id);
        expect(other?.adjacents).toContain(pole.id);
        if (other) gaps.push(distanceM(pointOf(pole.coords), pointOf(other.coords)));
      }
    }
    expect(Math.max(...gaps)).toBeLessThanOrEqual(40);
    expect(Math.min(...gaps)).toBeGreaterThan(12);
    const [first] = store.all('base-points');
    const seen = new Set([first?.id ?? '']);
    for (const id of seen) for (const next of store.get('base-points', id)?.adjacents ?? []) seen.add(next);
    expect(seen.size).toBe(all(store, 'base-points').length);
  });

  it('leads drops along the poles, from the box to the home', () => {
    const drops = all(store, 'cables').filter(({ kind, poles }) => kind === 'Drop' && poles.length > 1);
    expect(drops.length).toBeGreaterThan(100);
    for (const drop of drops) {
      const home = store.get('properties', drop.boxB);
      expect(drop.poles[0]?.id).toBe(store.get('boxes', drop.boxA)?.pole);
      expect(drop.poles.at(-1)?.id).toBe(home?.pole);
      drop.poles.slice(1).forEach(({ id }, index) => {
        expect(store.get('base-points', id)?.adjacents).toContain(drop.poles[index]?.id);
      });
    }
  });

  it('splits the town into Sul and Norte by latitude', () => {
    const [sul, norte] = [all(store, 'projects')[0], all(store, 'projects')[1]];
    expect([sul?.name, norte?.name]).toEqual(['Sul', 'Norte']);
    const lats = (id = '') =>
      all(store, 'boxes').flatMap(({ project, coords }) => (project === id && coords ? coords[1] : []));
    expect(Math.max(...lats(sul?.id))).toBeLessThan(Math.min(...lats(norte?.id)));
    expect(lats(sul?.id).length).toBeGreaterThan(20);
    expect(lats(norte?.id).length).toBeGreaterThan(20);
  });

  it('keeps the ids that every OZmap has', () => {
    expect(store.get('cable-types', '5d83b2fcd846ae365237b3a1')).toMatchObject({ kind: 'Drop', fiberNumber: 1 });
    expect(store.get('roles', '5accf8ee0ff2c819a4ffd38e')).toBeDefined();
    expect(store.get('roles', '5accf8f60ff2c819a4ffd38f')).toBeDefined();
    expect(store.get('pole-types', '5d7d2b3fdbc425449801709e')).toMatchObject({ viabilityAllowed: true });
    expect(store.get('box-types', '589ddcf07dfe452f10d7c274')).toMatchObject({ code: 'CTO 1:8' });
  });

  it('has the two users of the demo, and box names that nobody has to share', () => {
    expect(store.where('users', 'apiKey', 'demo')).toMatchObject([{ username: 'demo', allProjects: true }]);
    expect(store.where('users', 'apiKey', 'demo-norte')).toMatchObject([{ allProjects: false, projects: [{}] }]);
    const names = all(store, 'boxes').map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => /^(CTO|CE) \d{3}-\d{2,}$/.test(name))).toBe(true);
  });

  it('has some of every thing that a real plant surprises with', () => {
    const boxes = all(store, 'boxes');
    const clients = all(store, 'ftth-clients');
    const outputs = all(store, 'equipment').map(({ connectables }) => connectables.output.length);
    const some = {
      draft: boxes.filter(({ draft }) => draft),
      notImplanted: boxes.filter(({ draft, implanted }) => !draft && !implanted),
      certified: boxes.filter(({ certified }) => certified),
      tagged: boxes.filter(({ tags }) => tags.length > 0),
      twoSplitters: boxes.filter(({ id }) => store.where('equipment', 'parent', id).length > 1),
      one8: outputs.filter((count) => count === 8),
      one16: outputs.filter((count) => count === 16),
      blocked: all(store, 'equipment').filter(({ ports }) => ports.some(({ blocked }) => blocked)),
      reserved: clients.filter(({ implanted }) => !implanted),
      oddCodes: clients.filter(({ code }) => /^0|[|/]/.test(code)),
      kept: all(store, 'properties').filter(({ client, drop }) => client === null && drop !== null),
      flats: all(store, 'properties').filter(({ parent, coords }) => parent !== null && coords === null),
      communities: all(store, 'horizontal-condominiums'),
      prospects: all(store, 'prospects'),
      feeders: all(store, 'cables').filter(({ kind }) => kind === 'Cable'),
    };
    for (const [what, found] of Object.entries(some)) expect(found.length, what).toBeGreaterThan(1);
    expect(some.draft.flatMap(({ id }) => store.where('properties', 'box', id))).toEqual([]);
  });
});

describe('a city without anything', () => {
  it('gets types, users and settings, and no network', async () => {
    const store = await createStore();
    seedPlant(store, { name: 'Nada', state: 'MG', streets: [], addresses: [], neighbourhoods: [] });
    expect(all(store, 'boxes')).toEqual([]);
    expect(all(store, 'system-configs')).toHaveLength(1);
  });
});

describe.runIf(hasRealCity('its plant is not laid'))('the plant of a real city', () => {
  it('is sound, and nearly half of it sold', async () => {
    const city = await readCityFolder(REAL_CITY);
    const store = await createStore();
    const start = performance.now();
    seedPlant(store, city);
    process.stdout.write(`laid in ${(performance.now() - start) | 0} ms\n`);
    expectSound(store);
    expect(occupancy(store)).toBeGreaterThan(0.38);
    expect(all(store, 'ftth-clients').length).toBeGreaterThan(20_000);
  });
});
