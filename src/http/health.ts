import type { FastifyInstance } from 'fastify';
import type { JournalHealth } from '../saga/operation-journal.js';
import { type Metrics, VERSION } from './metrics.js';

/** Whether commands can be recorded. */
type JournalStanding = Pick<JournalHealth, 'database' | 'held' | 'leftOpen'>;

/** What readiness depends on. */
export interface HealthOptions {
  metrics: Metrics;
  stopping: () => boolean;
  /** Whether OZmap is there, and takes the service's own token. */
  ozmapStanding: () => Promise<'up' | 'down' | 'refused'>;
  /** How the geocoder took the last question: it makes nothing unready, for a position needs none. */
  geocoderStanding?: (() => 'up' | 'down' | 'refused' | 'quota') | null;
  /** Seconds since OZmap's settings were read; null: never yet. */
  settingsAgeS?: () => number | null;
  /** Null while there is no database. */
  journalStanding: (() => Promise<JournalStanding>) | null;
}

/** An orchestrator asks every few seconds; OZmap need not be asked each time. */
const OZMAP_CHECK_MS = 5_000;
/** Anyone may ask, as often as they like: what it costs is spent once a second. */
const REMEMBERED_MS = 1_000;

/** `/healthz`, `/readyz` and `/metrics`, at the root whatever the base path is. */
export function serveHealth(app: FastifyInstance, options: HealthOptions): void {
  const { journalStanding } = options;
  const ozmapStanding = remembered(() => options.ozmapStanding().catch(() => 'down' as const), OZMAP_CHECK_MS);
  const down: JournalStanding = { database: 'down' };
  const journal = journalStanding && remembered(() => journalStanding().catch(() => down), REMEMBERED_MS);
  const metrics = remembered(() => options.metrics.text(), REMEMBERED_MS);
  const quiet = { logLevel: 'warn' } as const;

  app.get('/healthz', quiet, async () => ({ status: 'alive', version: VERSION }));

  app.get('/readyz', quiet, async (_request, reply) => {
    const [ozmap, { database, held = 0, leftOpen = [] } = {}] = await Promise.all([ozmapStanding(), journal?.()]);
    const stopping = options.stopping();
    const ready = !stopping && database !== 'down';
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    return {
      status: stopping ? 'stopping' : ready ? 'ready' : 'not ready',
      ozmap,
      ...(options.geocoderStanding && { geocoder: options.geocoderStanding() }),
      ...(options.settingsAgeS && { settingsAgeS: options.settingsAgeS() }),
      ...(database && { database }),
      ...(held > 0 && { held }),
      ...(leftOpen.length > 0 && { leftOpen }),
    };
  });

  app.get('/metrics', quiet, async (_request, reply) => {
    // A gauge follows it, for the next scrape: this one does not wait for OZmap.
    void ozmapStanding();
    reply.type(options.metrics.registry.contentType);
    return metrics();
  });
}

/** Asks once at a time, and again only when an answer is older than `ms`. */
function remembered<T>(ask: () => Promise<T>, ms: number): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (!answer || performance.now() > until) {
      until = Number.POSITIVE_INFINITY;
      answer = ask().finally(() => {
        until = performance.now() + ms;
      });
    }
    return answer;
  };
}
