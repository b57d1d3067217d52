import { describe, expect, it } from 'vitest';
import { generateTown } from '../../src/city/generate.js';
import { callerOf } from '../../src/emulator/auth/accounts.js';
import { viabilityByPoles, viabilityByRadius } from '../../src/emulator/rules/viability/search.js';
import { seedPlant } from '../../src/emulator/seed/seed.js';
import { createStore } from '../../src/emulator/store/memory-store.js';
import { showcase } from '../support/showcase.js';

async function shown() {
  const store = await createStore();
  const town = generateTown();
  seedPlant(store, town);
  const [user] = store.where('users', 'apiKey', 'demo');
  if (!user) throw new Error('no demo user');
  return { store, town, facts: showcase(store), caller: callerOf(user, store) };
}

describe('showcase', () => {
  it('finds one of each in the generated town', async () => {
    const { facts } = await shown();
    for (const [what, fact] of Object.entries(facts)) expect(fact, what).not.toBeNull();
  });

  it('names boxes that viability treats as said', async () => {
    const { store, facts, caller } = await shown();
    const near = (point: { lat: number; lng: number } | null) =>
      viabilityByRadius(store, { lat: point?.lat, lng: point?.lng, radius: 5 }, caller);
    expect(near(facts.freeBox)).toMatchObject({ boxes: [{ id: facts.freeBox?.id }] });
    expect(near(facts.notImplantedBox)).toMatchObject({ boxes: [{ implanted: false }] });
    expect(near(facts.fullBox)).toMatchObject({ boxes: [], refused_boxes: [{ id: facts.fullBox?.id }] });
    expect(near(facts.draftBox)).toMatchObject({ boxes: [], refused_boxes: [] });
    expect(near(facts.boxWithoutService)).toMatchObject({ boxes: [], refused_boxes: [] });
    expect(near(facts.community?.box ?? null)).toMatchObject({ boxes: [{ horizontal_condos: [facts.community?.id] }] });
  });

  it('shows a door where nothing can be sold, in either mode; about seven of ten can be served', async () => {
    const { store, town, facts, caller } = await shown();
    const query = { lat: facts.notViable?.lat, lng: facts.notViable?.lng };
    expect(viabilityByRadius(store, query, caller)).toMatchObject({ viable: false, boxes: [] });
    expect(viabilityByPoles(store, query, caller)).toMatchObject({ viable: false, boxes: [] });
    const { addresses } = town;
    const answers = addresses.map(({ lat, lng }) => viabilityByRadius(store, { lat, lng }, caller));
    const share = (of: number) => of / addresses.length;
    const served = share(answers.filter(({ viable }) => viable).length);
    const full = share(answers.filter(({ viable, refused_boxes }) => !viable && String(refused_boxes) !== '').length);
    expect(served).toBeGreaterThan(0.65);
    expect(served).toBeLessThan(0.75);
    // The others: all ports taken, or nothing near.
    expect(full).toBeGreaterThan(0.08);
    expect(1 - served - full).toBeGreaterThan(0.08);
    const along = addresses.filter(({ lat, lng }) => viabilityByPoles(store, { lat, lng }, caller).viable);
    expect(share(along.length)).toBeGreaterThan(0.55);
  });
});
