import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failureOf } from '../../support/failure-of.js';
import { FakePlant, reserve } from '../../support/fake-plant.js';
import { engines, type Place, postgres } from '../../support/journal-engines.js';
import { maria, openJournal, type TestJournal } from '../../support/open-journal.js';
import { type PlantServer, startPlantServer } from './child/plant-server.js';
import { startChild } from './child/spawn.js';

describe.each(engines)('One winner, in one process on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;

  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place, { settings: { leaseWaitMs: 30_000 } });
  });
  afterAll(async () => {
    await journal.stop();
    await place.remove();
  });

  it('sells three ports to three of two hundred, and tells every loser why', async () => {
    const plant = new FakePlant({ ports: 3 });
    const ends = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        journal.run(reserve, { contractCode: `w${i}`, boxId: 'b' }, { plant, boxIds: ['b'] }).then(
          ({ state }) => state,
          ({ reason }) => reason,
        ),
      ),
    );
    expect(Object.groupBy(ends, (end) => end).APPLIED).toHaveLength(3);
    expect(Object.groupBy(ends, (end) => end).BOX_FULL).toHaveLength(197);
    expect(plant.held.size).toBe(3);
  });

  it('reserves one of fifty boxes for one contract', async () => {
    const plant = new FakePlant();
    const ends = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        journal.run(reserve, { contractCode: 'w', boxId: `b${i}` }, { plant, boxIds: [`b${i}`] }).then(
          ({ state }) => state,
          ({ reason }) => reason,
        ),
      ),
    );
    expect(Object.groupBy(ends, (end) => end).APPLIED).toHaveLength(1);
    expect(Object.groupBy(ends, (end) => end).CODE_IN_USE).toHaveLength(49);
    expect(plant.log).toHaveLength(1);
  });

  it('lets commands on several boxes through that name them in any order', async () => {
    const plant = new FakePlant({ ports: 100 });
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        const boxIds = i % 2 ? ['x', 'y', 'z'] : ['z', 'y', 'x'];
        return journal.run(reserve, { contractCode: `d${i}`, boxId: 'x' }, { plant, boxIds });
      }),
    );
    expect(plant.held.size).toBe(40);
  });

  it('stops a run before its next write when its lease went to somebody else', async () => {
    const plant = new FakePlant();
    const request = { action: 'client.update' as const, contractCode: 'stolen', input: { contractCode: 'stolen' } };
    const failure = await failureOf(
      journal.record({ ...request, idempotencyKey: null, actor: maria, token: 't', boxIds: [] }, async (operation) => {
        operation.inProject('sul');
        await journal.execute(`delete from lease where resource = 'contract:stolen'`);
        await operation.step(
          'client.rename',
          plant.write('PATCH', 'ftth-clients/1', () => {}),
        );
        return null;
      }),
    );
    expect(failure).toMatchObject({ code: 'CONFLICT', reason: 'BUSY' });
    expect(plant.log).toEqual([]);
  });
});

describe.runIf(postgres)('One winner, over two processes on PostgreSQL', () => {
  let place: Place;
  let plant: PlantServer;

  beforeAll(async () => {
    if (!postgres) return;
    place = await postgres.place();
    plant = await startPlantServer();
  });
  afterAll(async () => {
    await plant.close();
    await place.remove();
  });

  it('sells three ports to three of two hundred, and one box to one of fifty for the same contract', async () => {
    const children = await Promise.all([startChild(place.database, plant.url), startChild(place.database, plant.url)]);
    const orders = (letter: string) => [
      ...Array.from({ length: 100 }, (_, i) => ({ contractCode: `${letter}${i}`, boxId: 'b' })),
      ...Array.from({ length: 25 }, (_, i) => ({ contractCode: 'same', boxId: `${letter}${i}` })),
    ];
    children[0].send({ reserve: orders('x') });
    children[1].send({ reserve: orders('y') });
    await Promise.all(children.map(({ finished }) => finished));
    const ends = children.flatMap(({ told }) => [...told]).filter(([code]) => code !== 'same');
    expect(ends).toHaveLength(200);
    expect(ends.filter(([, as]) => as === 'APPLIED')).toHaveLength(3);
    expect(ends.filter(([, as]) => as === 'BOX_FULL')).toHaveLength(197);
    expect(plant.holds.filter(({ boxId }) => boxId === 'b')).toHaveLength(3);
    expect(plant.holds.filter(({ code }) => code === 'same')).toHaveLength(1);
    await Promise.all(children.map((child) => child.kill()));
  });
});
