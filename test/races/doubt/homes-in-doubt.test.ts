import { expect, it } from 'vitest';
import { describeAtOnce } from '../../support/at-once.js';
import { besides, type RestProperty } from '../../support/plant.js';
import { until } from '../../support/until.js';
import { takeInventory } from '../inventory.js';
import { ThirdParty } from '../third-party.js';
import { CREATE, LATE_MS, type RestSplitter, relocate, takeOver, undo, useScenes } from './scenes.js';

/** Each with a service of its own: they wait most of the time. */
describeAtOnce([{ of: 'relocations' }, { of: 'undos' }], 'While the home of a client is in doubt: $of', ({ of }) => {
  const scenes = useScenes();

  if (of === 'relocations') {
    it('a relocation whose new port is sold meanwhile leaves the client in its old home, on its old port', async () => {
      const { emulator } = scenes.service.subgraph;
      const scene = await scenes.stage('BACK', 'active');
      const splitters = await emulator.all<RestSplitter>('splitters', 'parent,isDrop,connectables');
      const there = splitters.find(
        ({ parent, isDrop, connectables }) => isDrop && parent === scene.there.id && connectables.output.includes(null),
      );
      const target = await scenes.freePortOf(there?.id);
      await emulator.fault({ fault: 'reset-before', match: { method: 'POST', path: CREATE }, times: 1 });
      const input = { contractCode: scene.code, boxId: scene.there.id, location: besides(scene.there), ...target };
      const doubted = await scenes.service.run('relocateClient', input);
      expect(doubted).toMatchObject({ problem: { code: 'UPSTREAM_OUTCOME_UNKNOWN' } });
      expect(await scenes.isOffered(scene)).toBe(false);
      expect(await scenes.ask(scene, takeOver)).toMatchObject({ problem: { code: 'CONFLICT', reason: 'BUSY' } });
      await scenes.service.reserve('BACK-BUYER', scene.there, target);
      // The old home is left only once the new one is there: nothing was changed.
      expect(await scenes.service.ended(doubted.problem?.operationId)).toMatchObject({
        state: 'FAILED',
        problem: { code: 'UPSTREAM_UNAVAILABLE' },
      });
      const homes = await emulator.all<RestProperty>('properties');
      expect(homes.find(({ client }) => client?.code === 'BACK')).toMatchObject({
        id: scene.home.id,
        connections: scene.home.connections.map(({ id, port }) => ({ id, port })),
      });
      await scenes.expectSound(['BACK', 'BACK-BUYER', scene.other]);
    }, 60_000);

    it('the home that a relocation has just made is offered to nobody, and nobody takes it over', async () => {
      const { emulator } = scenes.service.subgraph;
      const scene = await scenes.stage('NEW', 'active');
      await emulator.fault({ fault: 'reset-after', match: { method: 'POST', path: CREATE }, times: 1 });
      const doubted = await scenes.ask(scene, relocate);
      expect(doubted).toMatchObject({ problem: { code: 'UPSTREAM_OUTCOME_UNKNOWN' } });
      const made = (await emulator.all<RestProperty>('properties')).find(
        ({ id, box, client }) => !scenes.standing.has(id) && box === scene.there.id && !client,
      ) as RestProperty;
      expect(made.connections).toHaveLength(1);
      const taken = await scenes.service.run('reservePort', { contractCode: scene.other, propertyId: made.id });
      if ((await scenes.service.operation(doubted.problem?.operationId))?.state === 'UNKNOWN') {
        expect(taken).toMatchObject({ problem: { code: 'CONFLICT', reason: 'BUSY' } });
        expect(await scenes.isOffered({ home: made, here: scene.there })).toBe(false);
      }
      expect(await scenes.service.ended(doubted.problem?.operationId)).toMatchObject({ state: 'APPLIED' });
      await scenes.expectSound([scene.code, scene.other]);
    }, 60_000);
  }

  if (of === 'undos')
    it.each([
      ['PATCH', 'properties', 2],
      ['DELETE', 'ftth-clients', 1],
    ])(
      'an undo that lost its port on the way takes all back, also by a %s that comes late',
      async (method, route, nth) => {
        const { emulator } = scenes.service.subgraph;
        const scene = await scenes.stage(`UNDO-${method}`, 'cancelled');
        const left = (await takeInventory(emulator)).homes.get(scene.home.id);
        const readBack = { method: 'GET', path: '^/api/v2/properties\\?.*%22box%22', nth: 2 };
        await emulator.fault(
          { fault: 'delay', delayMs: LATE_MS, match: readBack, times: 1 },
          { fault: 'late', lateMs: LATE_MS, match: { method, path: `^/api/v2/${route}/`, nth }, times: 1 },
        );
        const doubted = scenes.ask(scene, undo);
        await until(async () => (await emulator.struck()) === 1);
        await new ThirdParty(emulator).pullOut(scene.code, scene.here);
        expect(await doubted).toMatchObject({ problem: { code: 'UPSTREAM_OUTCOME_UNKNOWN' } });
        expect(await scenes.service.ended((await doubted).problem?.operationId)).toMatchObject({
          state: 'FAILED',
          problem: { code: 'CONFLICT' },
        });
        const { homes, clients } = await takeInventory(emulator);
        const { history: _, updatedAt: __, ...is } = { history: [], updatedAt: '', ...homes.get(scene.home.id) };
        expect(left).toMatchObject(is);
        expect([...clients.values()].filter(({ code }) => code === scene.code)).toEqual([]);
        await scenes.expectSound([scene.code]);
      },
      60_000,
    );
});
