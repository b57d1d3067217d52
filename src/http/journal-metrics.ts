import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { JournalHealth } from '../saga/operation-journal.js';
import type { DeliveryOutcome } from '../saga/options.js';

const WAIT_SECONDS = [0.001, 0.01, 0.1, 0.5, 1, 2.5, 5, 10, 15, 30];

type Standing = Omit<JournalHealth, 'description'>;

/** Makes metrics of a registry. */
export function metricsIn(registry: Registry) {
  const registers = [registry];
  return {
    gauge: <L extends string>(name: string, help: string, ...labelNames: L[]) =>
      new Gauge<L>({ name, help, labelNames, registers }),
    counter: <L extends string>(name: string, help: string, ...labelNames: L[]) =>
      new Counter<L>({ name, help, labelNames, registers }),
    histogram: <L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]) =>
      new Histogram<L>({ name, help, labelNames, buckets, registers }),
  };
}

/** What is counted of the journal. Its standing is read once a scrape, by one statement over what is open. */
export function createJournalMetrics(registry: Registry) {
  const { gauge, counter, histogram } = metricsIn(registry);
  const up = gauge('journal_up', '1 while the journal can be written.');
  const open = gauge(
    'journal_operations_open',
    'Operations that are not at their end, by state; QUEUED is the depth of the queue.',
    'state',
  );
  const held = gauge('journal_operations_held', 'Open operations of a restored journal, on which a person decides.');
  const oldest = gauge(
    'journal_oldest_queued_seconds',
    'For how long the oldest operation has waited for OZmap; 0 when none does.',
  );
  const leftOpen = gauge(
    'journal_operations_left_open',
    'Operations that only another release can go on with, by action and version of their state.',
    'action',
    'version',
  );
  const pending = gauge('journal_webhooks_pending', 'Events that a receiver has not taken yet.', 'receiver');
  const dead = gauge('journal_webhooks_dead', 'Events set aside because their receiver did not take them.', 'receiver');
  const attempts = counter(
    'journal_webhooks_attempts_total',
    'Attempts of this process to deliver an event: taken, failed, or failed for the last time (dead).',
    'receiver',
    'outcome',
  );
  const finished = counter(
    'journal_operations_finished_total',
    'Operations that came to their end in this process.',
    'action',
    'state',
  );
  const waits = histogram(
    'journal_lease_wait_seconds',
    'For how long commands waited for their contract and boxes; outcome "busy": in vain.',
    WAIT_SECONDS,
    'outcome',
  );
  let standing: (() => Promise<Standing>) | null = null;
  return {
    /** Where the standing is read from now on. */
    watch(read: () => Promise<Standing>): void {
      standing = read;
    },

    /** Reads the journal's state. When the database is down, only `journal_up` says so: no stale values. */
    async read(): Promise<void> {
      const { database, ...counts } = (await standing?.()) ?? { database: 'down' };
      up.set(database === 'up' ? 1 : 0);
      const states = { PENDING: counts.pending, QUEUED: counts.queued, UNKNOWN: counts.unknown };
      for (const [state, count] of Object.entries(states)) setOrRemove(open, count, { state });
      setOrRemove(held, counts.held);
      setOrRemove(oldest, counts.oldestQueuedS);
      for (const byLabel of [leftOpen, pending, dead]) byLabel.reset();
      for (const { action, version, count } of counts.leftOpen ?? [])
        leftOpen.set({ action, version: String(version) }, count);
      for (const { receiver, ...events } of counts.receivers ?? []) {
        pending.set({ receiver }, events.waiting);
        dead.set({ receiver }, events.dead);
      }
    },

    /** One operation has come to its end. */
    finished: (labels: { action: string; state: string }) => finished.inc(labels),

    /** One command has waited for its turn. */
    waited: (ms: number, outcome: 'taken' | 'busy') => waits.observe({ outcome }, ms / 1_000),

    /** One attempt to deliver an event is over. */
    delivered: (receiver: string, outcome: DeliveryOutcome) => attempts.inc({ receiver, outcome }),
  };
}

function setOrRemove(gauge: Gauge<string>, value: number | undefined, labels: Record<string, string> = {}): void {
  if (value === undefined) gauge.remove(labels);
  else gauge.set(labels, value);
}
