import { setTimeout as sleep } from 'node:timers/promises';
import { generateTown } from '../../src/city/generate.js';
import { startEmulator } from '../../src/emulator/start.js';
import { ozmapFromOutside } from '../support/ozmap-from-outside.js';
import { Beliefs } from './belief.js';
import { Caller, Experience } from './caller.js';
import { Counts } from './counts.js';
import { createDice } from './dice.js';
import { MAX_DELAY_MS, MAX_LATE_MS, Storm } from './faults.js';
import { awaitQuiet, historiesOf, readJournal, watchProgress } from './journal.js';
import { journalFaults } from './journal-verdict.js';
import { Lanes } from './lanes.js';
import { Patience } from './patience.js';
import { findSpots, readInventory } from './plant.js';
import type { ChaosReport } from './report.js';
import { MortalService } from './service.js';
import { compare } from './verdict.js';

export interface ChaosOptions {
  seed: number;
  lifecycles: number;
  /** How many contracts are under way at once. */
  lanes: number;
  /** How many boxes they share. */
  boxes: number;
  /** Shortest and longest time that our process is left alone once it is up. */
  killEveryMs: readonly [number, number];
  /** At most; no end to them when absent. */
  kills?: number;
  /** Faults and kills go on until all lifecycles are led, or a command has been without end for so long. */
  stormMs: number;
  /** They go on as well until so many have struck: a slow machine meets fewer in the same time. */
  faults?: number;
  /** In calm weather: how long nothing at all may go on before callers, and whoever waits for the journal to come to rest, give up. */
  patienceMs: number;
  dataDir: string;
  /** Null: the embedded database in `dataDir`. */
  databaseUrl: string | null;
  /** Told now and then how far it is. */
  progress?: (line: string) => void;
}

/** Drives the lifecycles through faults and kills, lets everything come to rest, and compares journal, callers and OZmap. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, databaseUrl, dataDir, patienceMs } = options;
  const startedAt = performance.now();
  const dice = createDice(seed);
  const emulator = await startEmulator({ city: generateTown(), control: true });
  const ozmap = ozmapFromOutside(emulator.url);
  let service: MortalService | null = null;
  try {
    const before = await readInventory(ozmap);
    const spots = await findSpots(ozmap, options.boxes);
    service = await MortalService.start({ ozmapUrl: emulator.url, dataDir, databaseUrl });
    const experience = new Experience();
    const beliefs = new Beliefs();
    const storm = new Storm(ozmap, dice.forNumber(-1));
    const caller = new Caller(service.url, experience);
    const lanes = new Lanes(options, { beliefs, spots, dice, caller, experience });

    storm.start();
    service.haunt(dice.forNumber(-2), options.killEveryMs, options.kills ?? Number.POSITIVE_INFINITY);
    const over = new AbortController();
    const led = lanes.run().finally(() => over.abort());
    const long = caller.someoneWaits(options.stormMs, over.signal);
    await Promise.race([led, Promise.all([long, storm.hasStruck(options.faults ?? 0, over.signal)])]);
    const stormyMs = performance.now() - startedAt;
    await service.spare();
    await storm.stop();
    const patience = new Patience(patienceMs);
    caller.calmDown(patience);
    const watched = watchProgress(service.url, patience, over.signal);
    await led;
    await watched;
    await sleep(Math.max(MAX_LATE_MS, MAX_DELAY_MS));

    const open = await awaitQuiet(service.url, new Patience(patienceMs));
    const operations = await readJournal(service.url);
    const after = await readInventory(ozmap);
    await service.stop();
    const states = new Counts();
    for (const { state } of operations) states.add(state);
    const violations = [
      ...lanes.violations,
      ...open.map(({ id, action, contractCode, state }) => `${contractCode}: ${action} ${id} stays ${state}`),
      ...journalFaults(lanes.told, lanes.unheard, operations),
      ...compare(beliefs, before, after),
    ];
    return {
      seed,
      engine: databaseUrl === null ? 'PGlite' : 'PostgreSQL',
      lifecycles: options.lifecycles,
      commands: lanes.commands,
      applied: experience.applied,
      refused: experience.refused,
      askedAgain: experience.again,
      resolved: experience.resolved,
      longestS: experience.longestMs / 1_000,
      struck: storm.struck,
      kills: service.kills,
      operations: states,
      ozmapRequests: await ozmap.requestCount(),
      stormyS: stormyMs / 1_000,
      seconds: (performance.now() - startedAt) / 1_000,
      violations,
      histories: historiesOf(violations, operations),
    };
  } finally {
    await service?.end();
    await emulator.stop();
  }
}
