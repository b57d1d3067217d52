import { beforeAll, describe, expect, it } from 'vitest';
import { callerOf } from '../../src/emulator/auth/accounts.js';
import { list } from '../../src/emulator/query/list.js';
import type { BasePointRecord, PropertyRecord, UserRecord } from '../../src/emulator/records.js';
import { allBasePoints } from '../../src/emulator/resources/base-points.js';
import { properties } from '../../src/emulator/resources/customers.js';
import { resourceFor } from '../../src/emulator/routes/routes.js';
import { createStore, type PlantStore } from '../../src/emulator/store/memory-store.js';

const POLES = 60_000;
const HOMES = 12_000;
const HOMES_PER_BOX = 12;
const RUNS = 15;
const dates = { createdAt: '2024-01-01T00:00:00.000Z', updatedAt: '2024-01-01T00:00:00.000Z' };
const id = (kind: number, index: number) => `${kind}${index.toString(16).padStart(23, '0')}`;
const place = (index: number): [number, number] => [-44 + (index % 250) * 3e-4, -20 + Math.floor(index / 250) * 3e-4];

function* poles(): Iterable<BasePointRecord> {
  for (let i = 0; i < POLES; i++) {
    const fields = { kind: 'Pole' as const, name: `P_${i}`, project: id(1, 1), adjacents: [], tags: [] };
    yield { id: id(2, i), ...dates, ...fields, coords: place(i) } as BasePointRecord;
  }
}

function* homes(): Iterable<PropertyRecord> {
  for (let i = 0; i < HOMES; i++) {
    const box = id(3, Math.floor(i / HOMES_PER_BOX));
    const empty = { pole: null, client: null, drop: null, parent: null, tags: [], cables: [], towers: [] };
    const fields = { kind: 'Property' as const, box, project: id(1, 1), coords: place(i), history: { clients: [] } };
    yield { id: id(4, i), ...dates, ...empty, ...fields };
  }
}

describe('an emulator with the poles and homes of a city', () => {
  let store: PlantStore;
  const user = { allProjects: true, projects: [], role: '' } as unknown as UserRecord;
  beforeAll(async () => {
    store = await createStore();
    store.load('base-points', poles());
    store.load('properties', homes());
  });

  /** The middle of several runs: other work on the machine must not decide. */
  function medianMs(
    resource: typeof allBasePoints | typeof properties,
    filter: unknown[],
  ): { ms: number; rows: number } {
    const times: number[] = [];
    let rows = 0;
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      const request = { reader: store, caller: callerOf(user, store), resourceFor, path: '/', body: { filter } };
      rows = list(resource, { ...request, query: { limit: '-1' } }).rows.length;
      times.push(performance.now() - start);
    }
    return { ms: times.sort((a, b) => a - b)[RUNS >> 1] ?? 0, rows };
  }

  it('answers by id, by reference and by place in a small part of what going through all of them takes', () => {
    const wanted = Array.from({ length: 300 }, (_, i) => id(2, i * 100));
    const byId = medianMs(allBasePoints, [{ property: 'id', operator: 'in', value: wanted }]);
    const byBox = medianMs(properties, [{ property: 'box', operator: 'in', value: [id(3, 5), id(3, 7)] }]);
    const [lng, lat] = place(30_000);
    const near = { property: 'coords', operator: 'near', value: { lat, lng, radius: 150 } };
    const byPlace = medianMs(allBasePoints, [near]);
    const all = medianMs(allBasePoints, [{ property: 'name', operator: '=', value: 'P_30000' }]);
    expect([byId.rows, byBox.rows, all.rows]).toEqual([300, 2 * HOMES_PER_BOX, 1]);
    expect(byPlace.rows).toBeGreaterThan(20);
    for (const { ms } of [byId, byBox, byPlace]) expect(ms / all.ms).toBeLessThan(0.2);
    process.stdout.write(`ms: ${JSON.stringify({ byId, byBox, byPlace, all })}\n`);
  });
});
