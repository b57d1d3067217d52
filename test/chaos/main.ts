import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeDatabase } from '../support/own-database.js';
import { runMelee } from './melee.js';
import { reportText } from './report.js';
import { runChaos } from './run.js';

/*
 * The long form: `npm run chaos -- --seed 7 --lifecycles 500`. With DATABASE_URL the journal lives in a database of its own on that server,
 * made for the run and dropped after it. Ends with 1 when anything was lost, doubled, stray or open.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    lifecycles: { type: 'string', default: '500' },
    lanes: { type: 'string', default: '60' },
    boxes: { type: 'string', default: '40' },
    // Seconds: that our process is left alone, on average; that a command may go without end before the weather calms; from then on, that nothing
    // at all may go on before it counts as a standstill.
    kill: { type: 'string', default: '6' },
    storm: { type: 'string', default: '300' },
    patience: { type: 'string', default: '120' },
    // Afterwards: so many commands, several at once on each contract, with processes that are paused as well as killed. As many as lifecycles
    // where it is not given.
    melee: { type: 'string' },
  },
});
const killMs = Number(values.kill) * 1_000;
if (Number(values.lifecycles) > 0) await inOwnPlace(lifecycles);
if (Number(values.melee ?? values.lifecycles) > 0) await inOwnPlace(melee);

/** Where the journal lives. */
interface Place {
  dataDir: string;
  databaseUrl: string | null;
}

async function inOwnPlace(run: (place: Place) => Promise<number>): Promise<void> {
  const server = process.env.DATABASE_URL ? await makeDatabase(process.env.DATABASE_URL) : null;
  const dataDir = mkdtempSync(join(tmpdir(), 'chaos-'));
  try {
    const violations = await run({ dataDir, databaseUrl: server?.url ?? null });
    if (violations > 0) process.exitCode = 1;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await server?.remove();
  }
}

async function lifecycles(place: Place): Promise<number> {
  const report = await runChaos({
    seed: Number(values.seed),
    lifecycles: Number(values.lifecycles),
    lanes: Number(values.lanes),
    boxes: Number(values.boxes),
    killEveryMs: [killMs * 0.6, killMs * 1.4],
    stormMs: Number(values.storm) * 1_000,
    patienceMs: Number(values.patience) * 1_000,
    ...place,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(reportText(report));
  return report.violations.length;
}

async function melee(place: Place): Promise<number> {
  const { histories, violations, ...report } = await runMelee({
    seed: Number(values.seed),
    commands: Number(values.melee ?? values.lifecycles),
    callers: 12,
    contracts: 10,
    boxes: 6,
    haltEveryMs: [killMs * 0.6, killMs * 1.4],
    patienceMs: Number(values.patience) * 1_000,
    ...place,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  for (const [name, value] of Object.entries(report)) process.stdout.write(`${name.padEnd(20)}${value}\n`);
  process.stdout.write(`${'violations'.padEnd(20)}${violations.length}\n`);
  for (const line of violations) process.stdout.write(`  ! ${line}\n`);
  for (const line of histories) process.stdout.write(`    ${line}\n`);
  return violations.length;
}
