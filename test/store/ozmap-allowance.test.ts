import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.js';
import { openDatabase } from '../../src/store/open-database.js';
import { drawRequests } from '../../src/store/ozmap-allowance.js';
import { type Place, postgres } from '../support/journal-engines.js';

// On the embedded database, which one process has, the whole service draws from it in test/http/load/request-budget.test.ts.
describe.runIf(postgres)('What all processes may ask OZmap', () => {
  const bucket = { size: 50, perSecond: 0.001 };
  let place: Place | undefined;
  let processes: Database[];
  beforeAll(async () => {
    place = await postgres?.place();
    if (!place) return;
    processes = [await openDatabase(place.database), await openDatabase(place.database)];
  });
  afterAll(async () => {
    for (const database of processes) await database.close();
    await place?.remove();
  });

  it('is drawn by them together, once, and some of it only to sellers', async () => {
    const asked = processes.flatMap(({ db }) => [1, 2, 3, 4].map(() => drawRequests(db, bucket, 20, 25)));
    const granted = (await Promise.all(asked)).map((drawn) => drawn.granted);
    expect(granted.reduce((sum, count) => sum + count, 0)).toBe(25);
    const [{ db }] = processes as [Database];
    expect(await drawRequests(db, bucket, 100, 0)).toMatchObject({ granted: 25 });
    expect(await drawRequests(db, bucket, 1, 0)).toMatchObject({ granted: 0 });
  });
});
