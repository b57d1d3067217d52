import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { JournalHealth } from '../saga/operation-journal.js';
import type { DeliveryOutcome } from '../saga/options.js';

const WAIT_SECONDS = [0.001, 0.01, 0.1, 0.5, 1, 2.5, 5, 10, 15, 30];

type Standing = Omit<JournalHealth, 'description'>;

/** What is counted of the journal. Its standing is read once a scrape, by one statement over what is open. */
export class JournalMetrics {
  readonly #up: Gauge;
  readonly #open: Gauge<'state'>;
  readonly #held: Gauge;
  readonly #oldest: Gauge;
  readonly #leftOpen: Gauge<'action' | 'version'>;
  readonly #webhooks: Gauge<'receiver'>;
  readonly #deadLetters: Gauge<'receiver'>;
  readonly #attempts: Counter<'receiver' | 'outcome'>;
  readonly #finished: Counter<'action' | 'state'>;
  readonly #waits: Histogram<'outcome'>;
  #standing: (() => Promise<Standing>) | null = null;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#up = new Gauge({ name: 'journal_up', help: '1 while the journal can be written.', registers });
    this.#open = new Gauge({
      name: 'journal_operations_open',
      help: 'Operations that are not at their end, by state; QUEUED is the depth of the queue.',
      labelNames: ['state'],
      registers,
    });
    this.#held = new Gauge({
      name: 'journal_operations_held',
      help: 'Open operations of a restored journal, on which a person decides.',
      registers,
    });
    this.#oldest = new Gauge({
      name: 'journal_oldest_queued_seconds',
      help: 'For how long the oldest operation has waited for OZmap; 0 when none does.',
      registers,
    });
    this.#leftOpen = new Gauge({
      name: 'journal_operations_left_open',
      help: 'Operations that only another release can go on with, by action and version of their state.',
      labelNames: ['action', 'version'],
      registers,
    });
    this.#webhooks = new Gauge({
      name: 'journal_webhooks_pending',
      help: 'Events that a receiver has not taken yet.',
      labelNames: ['receiver'],
      registers,
    });
    this.#deadLetters = new Gauge({
      name: 'journal_webhooks_dead',
      help: 'Events set aside because their receiver did not take them.',
      labelNames: ['receiver'],
      registers,
    });
    this.#attempts = new Counter({
      name: 'journal_webhooks_attempts_total',
      help: 'Attempts of this process to deliver an event: taken, failed, or failed for the last time (dead).',
      labelNames: ['receiver', 'outcome'],
      registers,
    });
    this.#finished = new Counter({
      name: 'journal_operations_finished_total',
      help: 'Operations that came to their end in this process.',
      labelNames: ['action', 'state'],
      registers,
    });
    this.#waits = new Histogram({
      name: 'journal_lease_wait_seconds',
      help: 'For how long commands waited for their contract and boxes; outcome "busy": in vain.',
      labelNames: ['outcome'],
      buckets: WAIT_SECONDS,
      registers,
    });
  }

  /** Where the standing is read from now on. */
  watch(standing: () => Promise<Standing>): void {
    this.#standing = standing;
  }

  /** Reads the journal's state. When the database is down, only `journal_up` says so: no stale values. */
  async read(): Promise<void> {
    const { database, ...counts } = (await this.#standing?.()) ?? { database: 'down' };
    this.#up.set(database === 'up' ? 1 : 0);
    const { pending, queued, unknown, held, receivers = [], oldestQueuedS, leftOpen = [] } = counts;
    for (const [state, count] of Object.entries({ PENDING: pending, QUEUED: queued, UNKNOWN: unknown }))
      setOrRemove(this.#open, count, { state });
    setOrRemove(this.#held, held);
    setOrRemove(this.#oldest, oldestQueuedS);
    this.#leftOpen.reset();
    for (const { action, version, count } of leftOpen) this.#leftOpen.set({ action, version: String(version) }, count);
    for (const gauge of [this.#webhooks, this.#deadLetters]) gauge.reset();
    for (const { receiver, waiting, dead } of receivers) {
      this.#webhooks.set({ receiver }, waiting);
      this.#deadLetters.set({ receiver }, dead);
    }
  }

  /** One operation has come to its end. */
  finished(labels: { action: string; state: string }): void {
    this.#finished.inc(labels);
  }

  /** One command has waited for its turn. */
  waited(ms: number, outcome: 'taken' | 'busy'): void {
    this.#waits.observe({ outcome }, ms / 1_000);
  }

  /** One attempt to deliver an event is over. */
  delivered(receiver: string, outcome: DeliveryOutcome): void {
    this.#attempts.inc({ receiver, outcome });
  }
}

function setOrRemove(gauge: Gauge<string>, value: number | undefined, labels: Record<string, string> = {}): void {
  if (value === undefined) gauge.remove(labels);
  else gauge.set(labels, value);
}
