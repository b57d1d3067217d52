import type { Core } from '../core.js';
import { faultOf } from '../fault.js';
import type { JournalLogger } from '../options.js';
import { Sender } from '../outbox/sender.js';
import type { Recorder } from '../runs/recorder.js';
import type { Runner } from '../runs/runner.js';
import { findDue, releaseClaims } from '../sql/claims.js';
import { lookAgainNow } from '../sql/look-again.js';
import { beat, unregisterProcess } from '../sql/recover.js';
import { sweep } from '../sql/retention.js';
import { type Claimable, Claimer } from './claimer.js';
import { LateEffects } from './late-effects.js';
import { Queue } from './queue.js';
import { Reconciler } from './reconciler.js';
import { Recovery } from './recovery.js';
import { Schedule } from './schedule.js';

const SWEEP_MS = 3_600_000;
/** Late effects are rare, and nobody waits for word of them. */
const LOOK_AGAIN_MS = 60_000;
/**
 * How long a stop waits for commands that are still running, and for whatever else of the background waits for an OZmap that hangs; what it
 * cuts off is resumed at the next start.
 */
const DRAIN_MS = 2_000;

/** All work that nobody waits for. */
export class Background {
  private readonly tickers: Ticker[];
  private readonly recovery: Recovery;

  constructor(
    private readonly core: Core,
    runner: Runner,
    recorder: Recorder,
  ) {
    const { settings, database, logger, processId } = core;
    const { tickMs, deadAfterMs } = settings;
    this.recovery = new Recovery(core, runner);
    const lateEffects = new LateEffects(core);
    const beatMs = deadAfterMs / 4;
    const heartbeat = new Heartbeat({ beat: () => beat(database.db, processId), everyMs: beatMs, deadAfterMs });
    const ticker = (name: string, everyMs: number, work: () => Promise<unknown>) =>
      new Ticker(name, everyMs, work, logger);
    // All kinds of work tick in the same turn, and ask once. The embedded database answers before the turn is over.
    let asked: ReturnType<typeof findDue> | undefined;
    const forget = () => {
      asked = undefined;
    };
    const due = () => {
      asked ??= findDue(database.db).finally(() => setImmediate(forget));
      return asked;
    };
    const claimer = <Row>(work: Claimable<Row>) => {
      const claimer = new Claimer(core, work);
      return ticker(work.name, tickMs, async () => {
        if ((await due())[work.name]) await claimer.drain();
      });
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
      claimer(new Queue(core, runner)),
      claimer(new Reconciler(core, runner)),
    ];
    if (core.scheduled.length > 0) this.tickers.push(claimer(new Schedule(core, recorder)));
    if (core.hasReceivers) this.tickers.push(claimer(new Sender(core)));
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

/**
 * The signs of life of this process, and whether it may judge others by theirs. What keeps us from giving one (the database away, the machine
 * asleep) keeps the others too: they get their time to give one again before they count as dead.
 */
export class Heartbeat {
  private lastAt: number;
  private hinderedAt = Number.NEGATIVE_INFINITY;

  /** `everyMs`: how often `beat` is called; `deadAfterMs`: silent for so long is dead. */
  constructor(
    private readonly options: {
      beat: () => Promise<unknown>;
      everyMs: number;
      deadAfterMs: number;
      now?: () => number;
    },
  ) {
    this.lastAt = this.now();
  }

  async beat(): Promise<void> {
    await this.options.beat();
    if (this.isSilent()) this.hinderedAt = this.now();
    this.lastAt = this.now();
  }

  mayJudge(): boolean {
    return !this.isSilent() && this.now() - this.hinderedAt >= this.options.deadAfterMs;
  }

  /** Others may have given their last sign one beat before ours. */
  private isSilent(): boolean {
    return this.now() - this.lastAt > this.options.deadAfterMs - this.options.everyMs;
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}

/** Does one piece of background work again and again, never twice at once; ends when what runs has ended. */
export class Ticker {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
    private readonly logger: JournalLogger,
  ) {}

  start(): void {
    this.schedule(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private schedule(inMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.tick().finally(() => this.schedule(this.everyMs));
    }, inMs);
    this.timer.unref();
  }

  private async tick(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.logger.warn({ ...faultOf(error), work: this.name }, 'background work failed and will be tried again');
    }
  }
}
