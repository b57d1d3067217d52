/*
 * The embedded OZmap's own viability by number of boxes: a town, and around it as many more boxes as it takes, equally dense. The first
 * argument says how many at most.
 */

import { load } from './peers/load.js';
import { finish } from './peers/results.js';
import { markdown, type Row, spread } from './peers/rig.js';

const { createStore } = await load<typeof import('../src/emulator/store/memory-store.js')>(
  'emulator/store/memory-store.js',
);
const { seedPlant } = await load<typeof import('../src/emulator/seed/seed.js')>('emulator/seed/seed.js');
const { viabilityByRadius } = await load<typeof import('../src/emulator/rules/viability/search.js')>(
  'emulator/rules/viability/search.js',
);
const { generateCity } = await load<typeof import('../src/city/generate.js')>('city/generate.js');

const ROUNDS = 9;
const QUESTIONS = 400;
const GOAL_MS = 0.2;
const most = Number(process.argv[2] ?? 1_000_000);
const sizes = [1_000, 10_000, 100_000, 1_000_000].filter((size) => size <= most);
const caller = { user: {}, role: undefined, sees: () => true } as unknown as Parameters<typeof viabilityByRadius>[2];

const rows: Row[] = [];
for (const size of sizes) {
  const store = await createStore();
  seedPlant(store, generateCity('town'));
  const town = [...store.all('boxes')];
  const side = Math.ceil(Math.sqrt(size / town.length));
  const more = Array.from({ length: Math.max(0, size - town.length) }, (_, n) => {
    const box = town[n % town.length];
    if (!box) throw new Error('the town has no boxes');
    const tile = 1 + Math.floor(n / town.length);
    const [lng, lat] = box.coords ?? [0, 0];
    const coords: [number, number] = [lng + (tile % side) * 0.05, lat + Math.floor(tile / side) * 0.05];
    return { ...box, id: (n + 1).toString(16).padStart(24, 'f'), coords };
  });
  store.load('boxes', more);
  const places = town.flatMap(({ draft, coords }) =>
    draft || !coords ? [] : [{ lat: coords[1] + 0.0003, lng: coords[0] + 0.0002 }],
  );
  const took: number[] = [];
  let hits = 0;
  // The first rounds compile.
  for (let round = -6; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    hits = 0;
    for (let n = 0; n < QUESTIONS; n += 1) {
      const { lat, lng } = places[n % places.length] ?? { lat: 0, lng: 0 };
      const answer = viabilityByRadius(store, { lat: String(lat), lng: String(lng) }, caller);
      hits += (answer.boxes as unknown[]).length + (answer.refused_boxes as unknown[]).length;
    }
    if (round >= 0) took.push((performance.now() - startedAt) / QUESTIONS);
  }
  const ms = spread(took);
  rows.push({
    name: `${size.toLocaleString('en')} boxes`,
    ratios: {},
    measures: { ms, best: Math.min(...took), 'boxes in an answer': hits / QUESTIONS },
    goal: `≤ ${GOAL_MS} ms`,
    met: Math.min(...took) <= GOAL_MS,
  });
  await store.close();
}
finish({ title: 'Viability in the embedded OZmap', rows }, markdown);
