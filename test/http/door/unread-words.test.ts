import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startDeclaring } from './declaring.js';

const journalled = await startDeclaring();
const { ozmap, declare, aContract, implanted, goAway } = journalled;
afterEach(() => ozmap.clearFaults());
afterAll(() => journalled.stop());

describe('Nobody has to read an answer:', () => {
  it('while OZmap is away each word is 202, in order, and the last one counts when it is back', async () => {
    const [left, kept, gone] = [await aContract('RESERVED'), await aContract('RESERVED'), await aContract('ABSENT')];
    await goAway();
    const answers = [
      await declare(left, 'ACTIVE'),
      await declare(left, 'CANCELLED'),
      await declare(kept, 'CANCELLED', { at: '2026-01-01T00:00:00Z' }),
      await declare(kept, 'ACTIVE', { at: '2026-01-02T00:00:00Z' }),
      await declare(gone, 'ACTIVE'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    await ozmap.clearFaults();
    const ends = [];
    for (const { body } of answers) ends.push(await journalled.ended(String(body.operationId)));
    expect(ends.map(({ state }) => state)).toEqual(['APPLIED', 'APPLIED', 'APPLIED', 'APPLIED', 'REFUSED']);
    // The older word of `kept` was overtaken while it waited.
    expect([await implanted(left), await implanted(kept), await implanted(gone)]).toEqual([null, true, null]);
  });

  it('a word that does not say when it was so is newer than one that came before it, whatever the clock of that one said', async () => {
    const code = await aContract('ACTIVE');
    await goAway();
    const ahead = await declare(code, 'CANCELLED', { at: new Date(Date.now() + 3 * 3_600_000).toISOString() });
    const now = await declare(code, 'ACTIVE');
    await ozmap.clearFaults();
    for (const { body } of [ahead, now])
      expect((await journalled.ended(String(body.operationId))).state).toBe('APPLIED');
    expect(await implanted(code)).toBe(true);
  });

  it('a word that comes while another is in doubt waits behind it, instead of being refused', async () => {
    const code = await aContract('RESERVED');
    await ozmap.fault({ fault: 'reset-after', times: 1, match: { method: 'PATCH', path: 'ftth-clients' } });
    const first = await declare(code, 'ACTIVE');
    const second = await declare(code, 'CANCELLED');
    expect([first.status, second.status]).toEqual([202, 202]);
    for (const { body } of [first, second])
      expect((await journalled.ended(String(body.operationId))).state).toBe('APPLIED');
    expect(await implanted(code)).toBeNull();
  });

  it('a write that never arrived is sent again, although nobody asks for it', async () => {
    const code = await aContract('RESERVED');
    await ozmap.fault({ fault: 'reset-before', times: 1, match: { method: 'PATCH', path: 'ftth-clients' } });
    const { status, body } = await declare(code, 'ACTIVE', { name: 'Outro' });
    expect(status).toBe(202);
    expect((await journalled.ended(String(body.operationId))).state).toBe('APPLIED');
    expect(await journalled.clientOf(code)).toMatchObject({ implanted: true, name: 'Outro' });
  });

  it('a write that never arrived is sent again before a word that came meanwhile, though that word has waited longer', async () => {
    const code = await aContract('ACTIVE');
    await ozmap.fault({ fault: 'reset-before', times: 1, match: { method: 'PATCH', path: 'properties' } });
    const first = await declare(code, 'CANCELLED');
    // It comes while the first is in doubt, and waits already when that has to wait as well. Both want the same home.
    const second = await declare(code, 'CANCELLED');
    expect([first.status, second.status]).toEqual([202, 202]);
    const ends = [];
    for (const { body } of [first, second]) ends.push((await journalled.ended(String(body.operationId))).state);
    expect(ends).toEqual(['APPLIED', 'APPLIED']);
    expect(await implanted(code)).toBeNull();
  });

  it('a caller that is gone before OZmap answered has said it all the same', async () => {
    const code = await aContract('RESERVED');
    await ozmap.fault({ fault: 'delay', delayMs: 400, times: 2, match: { method: 'GET', path: 'ftth-clients' } });
    const impatient = fetch(`${journalled.subgraph.url}/v1/contracts/${code}/state`, {
      method: 'PUT',
      headers: { authorization: 'demo', 'content-type': 'application/json' },
      body: JSON.stringify({ state: 'ACTIVE' }),
      signal: AbortSignal.timeout(100),
    });
    await expect(impatient).rejects.toThrow();
    await expect.poll(() => implanted(code)).toBe(true);
  });

  it('words that come all at once are carried out one by one', async () => {
    const code = await aContract('RESERVED');
    const at = Date.now();
    const words = ['ACTIVE', 'BLOCKED', 'ACTIVE', 'CANCELLED'].map((state, n) =>
      declare(code, state, { at: new Date(at + n).toISOString() }),
    );
    for (const { status } of await Promise.all(words)) expect([200, 202]).toContain(status);
    await expect.poll(() => implanted(code)).toBeNull();
  });
});
