import { rm } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyDataDir } from '../support/empty-data-dir.js';
import { isBuilt } from '../support/spawn-service.js';
import { reportText } from './report.js';
import { runChaos } from './run.js';

const SEED = 20_261_125;
const FAULTS = 20;

describe.runIf(isBuilt)('Chaos, in its short form', () => {
  it('loses nothing, does nothing twice and leaves nothing stray or open, whatever OZmap does and however often we are killed', async () => {
    const dataDir = await emptyDataDir();
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const report = await runChaos({
      seed: SEED,
      lifecycles: 24,
      lanes: 24,
      boxes: 4,
      killEveryMs: [2_000, 4_000],
      kills: 2,
      stormMs: 10_000,
      faults: FAULTS,
      patienceMs: 60_000,
      dataDir,
      databaseUrl: null,
    });
    process.stdout.write(reportText(report));
    expect(report.violations).toEqual([]);
    expect(report.kills).toBeGreaterThan(0);
    expect(report.struck.total).toBeGreaterThanOrEqual(FAULTS);
  }, 600_000);
});
