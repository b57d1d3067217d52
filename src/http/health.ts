import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

/** What readiness depends on. */
export interface HealthOptions {
  metrics: Metrics;
  stopping: () => boolean;
  /** Whether OZmap is there, and takes the service's own token. */
  ozmapStanding: () => Promise<'up' | 'down' | 'refused'>;
  /** Null while there is no database. */
  databaseReachable: (() => Promise<boolean>) | null;
}

/** An orchestrator asks every few seconds; OZmap need not be asked each time. */
const OZMAP_CHECK_MS = 5_000;
/** Anyone may ask, as often as they like: what it costs is spent once a second. */
const REMEMBERED_MS = 1_000;

/** `/healthz`, `/readyz` and `/metrics`, at the root whatever the base path is. */
export function serveHealth(app: FastifyInstance, options: HealthOptions): void {
  const { databaseReachable } = options;
  const ozmapStanding = remembered(() => options.ozmapStanding().catch(() => 'down' as const), OZMAP_CHECK_MS);
  const databaseUp = databaseReachable && remembered(() => databaseReachable().catch(() => false), REMEMBERED_MS);
  const metrics = remembered(() => options.metrics.text(), REMEMBERED_MS);
  const quiet = { logLevel: 'warn' } as const;

  app.get('/healthz', quiet, async () => ({ status: 'alive' }));

  app.get('/readyz', quiet, async (_request, reply) => {
    const [ozmap, database] = await Promise.all([ozmapStanding(), databaseUp?.()]);
    const stopping = options.stopping();
    const ready = !stopping && database !== false;
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    return {
      status: stopping ? 'stopping' : ready ? 'ready' : 'not ready',
      ozmap,
      ...(database !== undefined && { database: database ? 'up' : 'down' }),
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
