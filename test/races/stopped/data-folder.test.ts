import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDataDir } from '../../support/empty-data-dir.js';
import { ozmapFromOutside } from '../../support/ozmap-from-outside.js';
import { isBuilt, type SpawnedService, spawnService } from '../../support/spawn-service.js';
import { startTestEmulator, type TestEmulator } from '../../support/start-emulator.js';
import { Boxes } from '../boxes.js';
import { reserveAt } from '../reserve.js';

describe.runIf(isBuilt)('A data folder', () => {
  let dataDir: string;
  let emulator: TestEmulator;
  const services: SpawnedService[] = [];
  beforeAll(async () => {
    dataDir = await emptyDataDir();
    emulator = await startTestEmulator();
  });
  afterAll(async () => {
    await Promise.all(services.map((service) => service.remove()));
    await emulator.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  const start = async () => {
    const ozmap = { OZMAP_URL: emulator.url, OZMAP_TOKEN: 'demo' };
    const geocoder = { GEOCODER: 'nominatim', NOMINATIM_URL: emulator.url };
    const service = await spawnService({ DATA_DIR: dataDir, ...ozmap, ...geocoder });
    services.push(service);
    return service;
  };

  it('has one owner, and the next one goes on with it though the first was killed', async () => {
    const owner = await start();
    await owner.ready();
    const intruder = await start();
    expect(await intruder.exited).toBe(1);
    expect(intruder.errors().trim()).toBe(
      `The service could not start: DATA_DIR: The data folder ${dataDir}/journal is in use by another running process. Stop that one first, give this one another DATA_DIR, or let both share a PostgreSQL server with DATABASE_URL.`,
    );

    const { box } = await new Boxes(owner, ozmapFromOutside(emulator.url)).offered(1);
    const told = await reserveAt(owner, box, 'FOLDER', { idempotencyKey: 'folder' });
    expect(told.held).toBe('FOLDER');
    await owner.kill();
    const successor = await start();
    expect(await reserveAt(successor, box, 'FOLDER', { idempotencyKey: 'folder' })).toEqual(told);
  }, 180_000);
});
