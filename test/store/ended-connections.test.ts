import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fleet, pair } from '../support/fleet.js';
import { isBuilt } from '../support/spawn-service.js';
import { until } from '../support/until.js';
import { Renaming, renameable } from './renaming.js';

const CALLERS = 25;
const ROUNDS = 6;
const PAUSE_MS = 250;

describe.runIf(isBuilt && pair)('Two processes whose connections to PostgreSQL are ended again and again', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    if (pair) fleet = await pair.open({ RATE_LIMIT_PER_MINUTE: '0' });
  });
  afterAll(() => fleet?.stop());

  it('live on under 25 callers and lose nothing that they acknowledged', async () => {
    let ended = 0;
    for (const { exited } of fleet.services)
      void exited.then(() => {
        ended += 1;
      });
    const renaming = new Renaming(fleet.services, await renameable(fleet.ozmap, 150), CALLERS);
    const { database, ozmap } = fleet;
    await until(() => renaming.acknowledged.length > 0);
    for (let round = 0; round < ROUNDS; round += 1) {
      await database?.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await sleep(PAUSE_MS);
    }
    const sofar = renaming.acknowledged.length;
    await until(() => ended > 0 || renaming.acknowledged.length > sofar + CALLERS, 20_000);
    await renaming.stop();
    expect(ended).toBe(0);
    expect(await renaming.lostIn(ozmap)).toEqual([]);
    const applied = await database?.query<{ id: string }>("select id from ozmap_cnt.operation where state = 'APPLIED'");
    const known = new Set(applied?.map(({ id }) => id));
    expect(renaming.acknowledged.filter(({ operationId }) => !known.has(operationId))).toEqual([]);
  });
});
