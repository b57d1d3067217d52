import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SpawnedService, spawnService } from '../support/spawn-service.js';
import type { Dice } from './dice.js';

/** Longer than a write in doubt takes to count as not applied, from when others take a process for dead. */
const LONG_PAUSE_MS = 22_000;
/** Of all pauses; the others are short. */
const LONG = 0.3;
/** Time for the answers that a killed process can no longer give. */
const SETTLE_S = 4;

/** Our service on one port and one database, killed and started again and again. */
export class MortalService {
  kills = 0;
  pauses = 0;
  private over = false;
  private running: Promise<void> = Promise.resolve();

  private constructor(
    readonly url: string,
    private readonly env: NodeJS.ProcessEnv,
    private process: SpawnedService,
  ) {}

  /** `database`: `DATABASE_URL`, or the folder alone. */
  static async start(options: {
    ozmapUrl: string;
    dataDir: string;
    databaseUrl: string | null;
  }): Promise<MortalService> {
    const env = {
      PORT: String(await freePort()),
      DATA_DIR: options.dataDir,
      ...(options.databaseUrl !== null && { DATABASE_URL: options.databaseUrl }),
      OZMAP_URL: options.ozmapUrl,
      OZMAP_TOKEN: 'demo',
      OZMAP_TIMEOUT_MS: '2000',
      OUTCOME_SETTLE_S: String(SETTLE_S),
      // Never asked: the callers know where their homes are.
      GEOCODER: 'nominatim',
      NOMINATIM_URL: options.ozmapUrl,
      RATE_LIMIT_PER_MINUTE: '0',
      LOG_LEVEL: process.env.CHAOS_LOG_LEVEL ?? 'fatal',
    };
    const first = await spawnService(env);
    return new MortalService(await first.ready(), env, first);
  }

  /** Kills it every few seconds that it is up, without warning, until `spare`; with `pauses` it stops it for a while as often. */
  haunt(
    dice: Dice,
    everyMs: readonly [number, number],
    atMost: number,
    { pauses = false }: { pauses?: boolean } = {},
  ): void {
    this.running = this.killAgainAndAgain(dice, everyMs, { atMost, pauses });
  }

  /** Kills it no more, and waits until it is up. */
  async spare(): Promise<void> {
    this.over = true;
    await this.running;
  }

  async stop(): Promise<void> {
    this.process.signal('SIGTERM');
    await this.process.exited;
  }

  /** At once. */
  async end(): Promise<void> {
    this.over = true;
    await this.process.kill();
  }

  /** Stops it where it is, as a frozen container is, and lets it go on. */
  private async pause(ms: number): Promise<void> {
    this.process.signal('SIGSTOP');
    await sleep(ms);
    this.process.signal('SIGCONT');
    this.pauses += 1;
  }

  private async killAgainAndAgain(
    dice: Dice,
    [from, to]: readonly [number, number],
    { atMost, pauses }: { atMost: number; pauses: boolean },
  ): Promise<void> {
    while (this.kills < atMost) {
      const until = Date.now() + dice.between(from, to);
      while (Date.now() < until && !this.over) await sleep(50);
      if (this.over) return;
      if (pauses && dice.chance(0.5)) {
        await this.pause(dice.chance(LONG) ? LONG_PAUSE_MS : dice.between(500, 5_000));
        continue;
      }
      await this.process.kill();
      this.kills += 1;
      this.process = await spawnService(this.env);
      await this.process.ready();
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
