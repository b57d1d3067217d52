import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SpawnedService, spawnService } from '../support/spawn-service.js';
import type { Dice } from './dice.js';

/** Time for the answers that a killed process can no longer give. */
const SETTLE_S = 4;

/** Our service on one port and one database, killed and started again and again. */
export class MortalService {
  kills = 0;
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

  /** Kills it every few seconds that it is up, without warning, until `spare`. */
  haunt(dice: Dice, everyMs: readonly [number, number], atMost: number): void {
    this.running = this.killAgainAndAgain(dice, everyMs, atMost);
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

  private async killAgainAndAgain(dice: Dice, [from, to]: readonly [number, number], atMost: number): Promise<void> {
    while (this.kills < atMost) {
      const until = Date.now() + dice.between(from, to);
      while (Date.now() < until && !this.over) await sleep(50);
      if (this.over) return;
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
