import { describe, expect, it } from 'vitest';
import { serverUrl } from '../support/postgres-server.js';
import { until } from '../support/until.js';
import { LIST, useTroubledService } from './troubled-service.js';

describe.runIf(serverUrl)('A service whose connections to PostgreSQL are in trouble', () => {
  const { codes, proxy, query, update, rename, readiness, comesBack, isTold, expectAcknowledged } =
    useTroubledService();

  it('works on when idle connections were closed on their way', async () => {
    expect(await rename()).toBe('APPLIED');
    proxy().closeAll();
    await comesBack();
  });

  it('says so while the server restarts, refuses commands, reads and all, and works on afterwards', async () => {
    proxy().restart();
    await isTold();
    expect(await rename()).toBe('JOURNAL_UNAVAILABLE');
    const { errors } = await query(LIST, { filter: { contractCode: codes()[0] } });
    expect(errors).toMatchObject([{ extensions: { code: 'JOURNAL_UNAVAILABLE' } }]);
    proxy().open();
    await comesBack();
  });

  it('says so within 2 s of being asked while its connections stay open and bring no answer, and takes new ones', async () => {
    proxy().silence();
    await until(async () => {
      const askedAt = performance.now();
      const { code } = await readiness();
      expect(performance.now() - askedAt).toBeLessThan(2_000);
      return code === 503;
    }, 3_500);
    await isTold();
    proxy().open();
    await until(async () => (await readiness()).code === 200);
    proxy().closeAll();
    await comesBack();
  });

  it('says nothing about what was sent while it cannot read that', async () => {
    const input = { contractCode: codes().shift(), name: 'Outro nome', idempotencyKey: 'sent-before' };
    expect(await update(input)).toMatchObject({ operation: { state: 'APPLIED' } });
    proxy().restart();
    const again = await update(input);
    proxy().open();
    expect(again?.problem).toMatchObject({ code: 'JOURNAL_UNAVAILABLE' });
    expect(again?.problem?.message).not.toMatch(/nada foi|nothing/i);
    await comesBack();
  });

  it('has lost nothing that it acknowledged', expectAcknowledged);
});
