import { generateTown } from '../../../src/city/generate.js';
import { seedPlant } from '../../../src/emulator/seed/seed.js';
import { createStore } from '../../../src/emulator/store/memory-store.js';
import { type Showcase, showcase } from '../../support/showcase.js';

/** What the embedded OZmap holds at its start, ids included: the same town is the same plant. */
export interface Plant extends Showcase {
  city: ReturnType<typeof generateTown>;
}

export async function readPlant(): Promise<Plant> {
  const city = generateTown();
  const store = await createStore();
  seedPlant(store, city);
  const facts = showcase(store);
  await store.close();
  return { ...facts, city };
}

/** The fact, or a failure that names it: this plant always has one. */
export function shown<Name extends keyof Showcase>(plant: Plant, name: Name): NonNullable<Showcase[Name]> {
  const fact = plant[name];
  if (fact === null) throw new Error(`the plant has no ${name}`);
  return fact as NonNullable<Showcase[Name]>;
}
