/*
 * Runs the benchmarks whose ratios a change may spoil, and compares them with bench/results.json: names what fell by more than a fifth, and ends
 * with 1 then. Not part of CI: it wants a quiet machine and some minutes.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTables } from './peers/results.js';

const GUARDED = ['viability', 'contracts', 'lanes'];
const FELL = 1.2;
/** Of these ratios more is better; of all others, less. */
const MORE_IS_BETTER = /throughput/;

const kept = join(import.meta.dirname, 'results.json');
const folder = mkdtempSync(join(tmpdir(), 'bench-guard-'));
const fresh = join(folder, 'results.json');
cpSync(kept, fresh);
const run = spawnSync(process.execPath, [join(import.meta.dirname, 'run.mjs'), ...GUARDED], {
  stdio: 'inherit',
  env: { ...process.env, BENCH_RESULTS: fresh },
});
if (run.status !== 0) process.exit(run.status ?? 1);

const before = readTables(kept);
const fallen: string[] = [];
for (const [title, { rows }] of Object.entries(readTables(fresh))) {
  for (const { name, ratios } of rows.filter((row) => row.goal !== undefined)) {
    const old = before[title]?.rows.find((row) => row.name === name)?.ratios ?? {};
    for (const [ratio, { median }] of Object.entries(ratios)) {
      const was = old[ratio]?.median;
      if (was === undefined) continue;
      const worse = MORE_IS_BETTER.test(ratio) ? was / median : median / was;
      if (worse > FELL) fallen.push(`${title}: ${name}: ${ratio} was ${was} and is ${median}`);
    }
  }
}
rmSync(folder, { recursive: true });
process.stdout.write(fallen.length === 0 ? 'nothing fell by more than a fifth\n' : `${fallen.join('\n')}\n`);
process.exitCode = fallen.length === 0 ? 0 : 1;
