import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestSubgraph } from '../support/start-subgraph.js';

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
    const { pathname } = new URL(url);
    expect([await statusAt(opsUrl + pathname), await statusAt(`${opsUrl}${pathname}/ozloc`)]).toEqual([404, 404]);
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
