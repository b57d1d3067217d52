import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TokenCheck } from '../../../src/store/tokens/token-memory.js';
import { FakePlant, rename } from '../../support/fake-plant.js';
import { type Place, postgres } from '../../support/journal-engines.js';
import { openJournal, type TestJournal, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

describe.runIf(postgres)(
  'A command that waits for OZmap, in a process that does not hold its caller\u2019s token',
  () => {
    let place: Place;
    let accepting: TestJournal;
    let other: TestJournal;
    const plant = new FakePlant();

    const open = (kind: 'refused' | 'unknown') =>
      openJournal(place, {
        plant,
        checkToken: async (): Promise<TokenCheck> => ({ kind }),
        // The accepting one does not work in the background yet, and lives all the same.
        settings: { deadAfterMs: 600_000, queueRetryMaxS: 1 },
      });
    beforeAll(async () => {
      if (!postgres) return;
      place = await postgres.place();
      other = await open('unknown');
      await other.start();
    });
    beforeEach(async () => {
      accepting = await open('refused');
      plant.away = true;
    });
    afterAll(async () => {
      await other.stop();
      await place.remove();
    });

    async function leftAlone(contractCode: string): Promise<string> {
      const { operationId } = await accepting.run(rename, { contractCode, name: 'x' });
      plant.away = false;
      other.statements.length = 0;
      await until(() => other.statements.filter((text) => text.includes("c.state = 'QUEUED'")).length >= 3, 20_000);
      expect(await other.state(operationId ?? '')).toBe('QUEUED');
      return operationId ?? '';
    }

    it('is left to the accepting one, which asks OZmap with it and refuses', async () => {
      const id = await leftAlone('p1');
      await accepting.start();
      await until(async () => (await other.state(id)) === 'FAILED', 20_000);
      expect((await other.findOperation(id, viewer))?.problem?.code).toBe('FORBIDDEN');
      expect(plant.log).toEqual([]);
      await accepting.stop();
      await other.rememberToken('token-of-u1', { ownerId: 'u1', ownerName: 'api-cnt', projectIds: ['sul'] });
    });

    it('is carried out once the accepting one is gone', async () => {
      const id = await leftAlone('p2');
      await accepting.stop();
      await until(async () => (await other.state(id)) === 'APPLIED', 20_000);
    });
  },
);
