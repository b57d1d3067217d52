import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(() => emulator.stop());
beforeEach(async () => {
  await emulator.clearFaults();
  await emulator.clearRequests();
});

let last = 0;
const newCode = () => `fault-${++last}`;
const create = (code: string) => emulator.api('POST', 'ftth-clients', { code });
const exists = async (code: string) => {
  const filter = encodeURIComponent(JSON.stringify([{ property: 'code', operator: '=', value: code }]));
  return (await emulator.api<{ total: number }>('GET', `ftth-clients?filter=${filter}`)).body.total === 1;
};
const writes = { method: 'POST', path: '^/api/v2/ftth-clients$' };

describe('a fault', () => {
  it('"status" answers with it, and nothing takes effect', async () => {
    await emulator.fault({ match: writes, fault: 'status', status: 429, retryAfterS: 2, times: 1 });
    const code = newCode();
    const answer = await create(code);
    expect(answer).toMatchObject({ status: 429, body: { message: expect.any(String) } });
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await exists(code)).toBe(false);
    expect((await create(code)).status).toBe(201);
  });

  it('"status" may be a 422, and answer in plain text', async () => {
    await emulator.fault({ match: writes, fault: 'status', status: 422, text: 'Unprocessable Entity', times: 1 });
    const answer = await fetch(`${emulator.url}/api/v2/ftth-clients`, {
      ...{ method: 'POST', headers: { authorization: 'demo' }, body: '{"code":"plain"}' },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'text/plain; charset=utf-8']);
    expect(await answer.text()).toBe('Unprocessable Entity');
    expect(await exists('plain')).toBe(false);
  });

  it('"delay" answers later', async () => {
    await emulator.fault({ match: { path: 'boxes' }, fault: 'delay', delayMs: 150 });
    const start = performance.now();
    expect((await emulator.api('GET', 'boxes?limit=1')).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(140);
  });

  it('"reset-before" cuts the connection, and nothing takes effect', async () => {
    await emulator.fault({ match: writes, fault: 'reset-before' });
    const code = newCode();
    await expect(create(code)).rejects.toThrow('fetch failed');
    await sleep(50);
    expect(await exists(code)).toBe(false);
  });

  it('"reset-after" cuts the connection when the write took effect', async () => {
    await emulator.fault({ match: writes, fault: 'reset-after' });
    const code = newCode();
    await expect(create(code)).rejects.toThrow('fetch failed');
    expect(await exists(code)).toBe(true);
  });

  it('"late" cuts the connection now, and the write takes effect later', async () => {
    await emulator.fault({ match: writes, fault: 'late', lateMs: 200 });
    const code = newCode();
    await expect(create(code)).rejects.toThrow('fetch failed');
    expect(await exists(code)).toBe(false);
    await sleep(300);
    expect(await exists(code)).toBe(true);
  });

  it('"late" is dropped when the emulator stops first', async () => {
    const other = await startTestEmulator();
    await other.fault({ match: writes, fault: 'late', lateMs: 60_000 });
    await expect(other.api('POST', 'ftth-clients', { code: 'x' })).rejects.toThrow('fetch failed');
    const start = performance.now();
    await other.stop();
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('strikes the nth match once, or as many matches as it is told, or all until it is taken away', async () => {
    const statuses = async (count: number) => {
      const seen: number[] = [];
      for (let i = 0; i < count; i++) seen.push((await emulator.api('GET', 'authenticated')).status);
      return seen;
    };
    await emulator.fault({ match: { path: 'authenticated', nth: 2 }, fault: 'status' });
    expect(await statuses(4)).toEqual([200, 503, 200, 200]);
    await emulator.clearFaults();
    await emulator.fault({ match: { method: 'get' }, fault: 'status', times: 2 });
    expect(await statuses(3)).toEqual([503, 503, 200]);
    await emulator.fault({ fault: 'status', status: 500 });
    expect(await statuses(3)).toEqual([500, 500, 500]);
    await emulator.clearFaults();
    expect(await statuses(1)).toEqual([200]);
  });

  it('is refused when it makes no sense', async () => {
    await expect(emulator.fault({ match: { path: '(' }, fault: 'delay' })).rejects.toThrow('match.path');
    await expect(emulator.fault({ fault: 'explode' as 'delay' })).rejects.toThrow('400');
  });
});

describe('the list of requests', () => {
  it('holds method, path, owner of the token and status in order of arrival, and can be cleared', async () => {
    await emulator.fault({ match: { path: 'tags', method: 'POST' }, fault: 'reset-before' });
    await emulator.api('GET', 'boxes?limit=1', undefined, 'demo-norte');
    await emulator.api('GET', 'boxes', undefined, 'nobody');
    await emulator.api('POST', 'tags', {}).catch(() => {});
    await emulator.api('GET', 'nothing');
    expect(await emulator.requests()).toEqual([
      { method: 'GET', path: '/api/v2/boxes?limit=1', token: 'demo-norte', status: 200 },
      { method: 'GET', path: '/api/v2/boxes', token: null, status: 401 },
      { method: 'POST', path: '/api/v2/tags', token: null, status: null },
      { method: 'GET', path: '/api/v2/nothing', token: null, status: 501 },
    ]);
    await emulator.clearRequests();
    expect(await emulator.requests()).toEqual([]);
  });
});
