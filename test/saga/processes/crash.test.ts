import { afterAll, beforeAll, expect, it } from 'vitest';
import { createJournal } from '../../../src/saga/create-journal.js';
import { openDatabase } from '../../../src/store/open-database.js';
import { describeAtOnce } from '../../support/at-once.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';
import { type PlantServer, startPlantServer } from './child/plant-server.js';
import { RemotePlant, remoteCommands } from './child/remote-plant.js';
import { startChild } from './child/spawn.js';

const ROUNDS = 2;

describeAtOnce(engines, 'Killed while it works, the journal on $name', (engine) => {
  let place: Place;
  let plant: PlantServer;

  beforeAll(async () => {
    place = await engine.place({ processes: true });
    plant = await startPlantServer(3);
  });
  afterAll(async () => {
    await plant.close();
    await place.remove();
  });

  it('loses nothing it acknowledged, does nothing twice and brings everything to an end', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = await startChild(place.database, plant.url);
      child.send({ activateFrom: `r${round}-`, lanes: 4 });
      await until(() => child.told.size > 20, 30_000);
      await child.kill();
      acknowledged.push(...child.told.keys());
    }
    const remote = new RemotePlant(plant.url);
    const journal = await createJournal<RemotePlant>({
      database: place.database,
      commands: remoteCommands,
      backgroundSession: () => remote,
      backgroundProjectIds: async () => ['sul'],
      settings: { tickMs: 50, deadAfterMs: 1_000, outcomeSettleS: 1 },
    });
    await journal.start();
    await until(async () => {
      const { pending, queued, unknown } = await journal.health();
      return pending === 0 && queued === 0 && unknown === 0;
    }, 20_000);
    const pages = await journal.listOperationsOf([...plant.marks.keys(), ...acknowledged], { first: 5 }, viewer);
    const states = [...pages].map(([code, { edges }]) => [code, edges.map(({ node }) => node.state).join()] as const);
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * 20);
    expect(states.filter(([code, state]) => acknowledged.includes(code) && state !== 'APPLIED')).toEqual([]);
    expect(states.filter(([code, state]) => plant.marks.has(code) && state !== 'APPLIED')).toEqual([]);
    expect([...plant.marks.values()].filter((marks) => marks.join() !== 'one,two')).toEqual([]);
    await journal.stop();
  }, 120_000);

  if (engine.name === 'PGlite') {
    it('is the only owner of its folder, until it dies', async () => {
      const owner = await startChild(place.database, plant.url);
      await expect(openDatabase(place.database)).rejects.toThrow('is in use by another running process');
      await owner.kill();
      const database = await openDatabase(place.database);
      expect(database.description).toContain('survives a killed process, not a power cut');
      await database.close();
    });
  }
});
