import type { Commands } from '../commands.js';
import type { Core } from '../core.js';
import type { Leases } from '../leases/leases.js';
import type { WebhookOptions } from '../options.js';
import { Sender } from '../outbox/sender.js';
import type { Recorder } from '../runs/recorder.js';
import type { Runner } from '../runs/runner.js';
import { releaseClaims } from '../sql/claims.js';
import { lookAgainNow } from '../sql/look-again.js';
import { beat, unregisterProcess } from '../sql/recover.js';
import { sweep } from '../sql/retention.js';
import { type Claimable, Claimer } from './claimer.js';
import { Heartbeat } from './heartbeat.js';
import { LateEffects } from './late-effects.js';
import { Queue } from './queue.js';
import { Reconciler } from './reconciler.js';
import { Recovery } from './recovery.js';
import { Schedule } from './schedule.js';
import { Ticker } from './ticker.js';

const SWEEP_MS = 3_600_000;
/** Late effects are rare, and nobody waits for word of them. */
const LOOK_AGAIN_MS = 60_000;
/**
 * How long a stop waits for commands that are still running, and for whatever else of the background waits for an OZmap that hangs; what it
 * cuts off is resumed at the next start.
 */
const DRAIN_MS = 2_000;

/** What the parts work with. */
export interface BackgroundParts {
  leases: Leases;
  runner: Runner;
  recorder: Recorder;
  commands: Commands;
  webhooks: WebhookOptions | undefined;
}

/** All work that nobody waits for. */
export class Background {
  private readonly tickers: Ticker[];
  private readonly recovery: Recovery;

  constructor(
    private readonly core: Core,
    parts: BackgroundParts,
  ) {
    const { leases, runner, recorder, commands, webhooks } = parts;
    const { settings, database, logger, processId } = core;
    const { tickMs, deadAfterMs } = settings;
    this.recovery = new Recovery(core, runner);
    const lateEffects = new LateEffects(core, commands);
    const beatMs = deadAfterMs / 4;
    const heartbeat = new Heartbeat({ beat: () => beat(database.db, processId), everyMs: beatMs, deadAfterMs });
    const ticker = (name: string, everyMs: number, work: () => Promise<unknown>) =>
      new Ticker(name, everyMs, work, logger);
    const claimer = <Row>(work: Claimable<Row>) => {
      const claimer = new Claimer(core, work);
      return ticker(work.name, tickMs, () => claimer.drain());
    };
    this.tickers = [
      ticker('heartbeat', beatMs, () => heartbeat.beat()),
      ticker('recovery', Math.max(tickMs, beatMs), async () => {
        await this.recovery.closeOwn();
        await this.recovery.recoverOwn();
        if (heartbeat.mayJudge()) await this.recovery.recover(deadAfterMs);
      }),
      ticker('late effects', Math.min(LOOK_AGAIN_MS, (settings.lookAgainS * 1_000) / 4), () => lateEffects.look()),
      ticker('retention', SWEEP_MS, async () => {
        const { deadLetters } = await sweep(database.db, settings);
        if (deadLetters > 0) logger.warn({ deadLetters }, 'dead letters were removed: their time is over');
      }),
      claimer(new Queue(core, leases, runner, commands)),
      claimer(new Reconciler(core, leases, runner, commands)),
    ];
    if (core.scheduled.length > 0) this.tickers.push(claimer(new Schedule(core, recorder, commands)));
    if (webhooks && webhooks.urls.length > 0) {
      this.tickers.push(claimer(new Sender(core, webhooks)));
    }
  }

  async start(): Promise<void> {
    if (this.core.database.exclusive) {
      while ((await this.recovery.recover(0)) > 0);
      await releaseClaims(this.core.database.db);
    }
    await lookAgainNow(this.core.database.db);
    for (const ticker of this.tickers) ticker.start();
  }

  async stop(): Promise<void> {
    const ticked = Promise.all(this.tickers.map((ticker) => ticker.stop()));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((done) => {
      timer = setTimeout(done, DRAIN_MS);
    });
    await Promise.all([this.drain(), Promise.race([ticked, late])]);
    clearTimeout(timer);
    await unregisterProcess(this.core.database.db, this.core.processId).catch(() => {});
  }

  private async drain(): Promise<void> {
    const deadline = Date.now() + DRAIN_MS;
    while (this.core.leaseRenewer.size > 0 && Date.now() < deadline) await new Promise((done) => setTimeout(done, 20));
  }
}
