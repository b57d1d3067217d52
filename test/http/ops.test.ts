import { execFile } from 'node:child_process';
import { Agent, get } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emulatorControl } from '../support/emulator-control.js';
import { startTestSubgraph } from '../support/start-subgraph.js';
import { until } from '../support/until.js';

async function started(env: NodeJS.ProcessEnv, onStatement: (sql: string) => void = () => {}) {
  const subgraph = await startTestSubgraph({ env, onStatement });
  onTestFinished(() => subgraph.stop());
  return subgraph;
}

const statusAt = async (url: string) => (await fetch(url)).status;

describe('OPS_PORT', () => {
  it('serves health and metrics, which the public port then does not', async () => {
    const { root, opsUrl, url } = await started({ OPS_PORT: '0' });
    expect(opsUrl).not.toBe(root);
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect([path, await statusAt(opsUrl + path), await statusAt(root + path)]).toEqual([path, 200, 404]);
    }
    expect(await (await fetch(root)).json()).not.toHaveProperty('health');
    const { pathname } = new URL(url);
    expect([await statusAt(opsUrl + pathname), await statusAt(`${opsUrl}${pathname}/ozloc`)]).toEqual([404, 404]);
  });

  it('holds up no stop: what asks there over a kept connection is answered, and the connection ends', async () => {
    const subgraph = await startTestSubgraph({ env: { OPS_PORT: '0', SHUTDOWN_GRACE_MS: '0' } });
    const ozmap = emulatorControl(subgraph.emulator.url);
    const asked = async () => (await ozmap.requests()).length;
    const before = await asked();
    await ozmap.fault({ fault: 'delay', delayMs: 500, match: { path: '/authenticated' } });
    const agent = new Agent({ keepAlive: true });
    const answer = new Promise<number | undefined>((resolve, reject) => {
      get(`${subgraph.opsUrl}/readyz`, { agent }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      }).on('error', reject);
    });
    await until(async () => (await asked()) > before);
    const startedAt = performance.now();
    await subgraph.stop();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(await answer).toBe(503);
    agent.destroy();
  });

  it("is where the container's health check asks", async () => {
    const { root, opsUrl } = await started({ OPS_PORT: '0' });
    const check = (OPS_PORT: string) =>
      promisify(execFile)(process.execPath, ['tools/health.mjs'], {
        env: { OPS_PORT, PORT: new URL(root).port, TLS_CERT_FILE: '/certs/public.pem' },
      });
    await expect(check(new URL(opsUrl).port)).resolves.toBeDefined();
    await expect(check('1')).rejects.toBeDefined();
  });
});

describe('Health and metrics', () => {
  it('cost the database one statement a second at most, however many ask', async () => {
    const counts = new Map<string, number>();
    const { opsUrl } = await started({}, (sql) => void counts.set(sql, (counts.get(sql) ?? 0) + 1));
    counts.clear();
    const startedAt = performance.now();
    for (const path of ['/readyz', '/metrics']) {
      for (let round = 0; round < 20; round += 1)
        await Promise.all(Array.from({ length: 10 }, () => statusAt(opsUrl + path)));
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    // What the journal does in the background beside it is done a few times a second.
    expect(Math.max(0, ...counts.values())).toBeLessThan(10 + 5 * seconds);
  });
});
