import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

/** What readiness depends on. */
export interface HealthOptions {
  metrics: Metrics;
  stopping: () => boolean;
  ozmapReachable: () => Promise<boolean>;
  /** Null while there is no database. */
  databaseReachable: (() => Promise<boolean>) | null;
}

/** An orchestrator asks every few seconds; OZmap need not be asked each time. */
const OZMAP_CHECK_MS = 5_000;

/** `/healthz`, `/readyz` and `/metrics`, at the root whatever the base path is. */
export function serveHealth(app: FastifyInstance, options: HealthOptions): void {
  const ozmapUp = remembered(options.ozmapReachable, OZMAP_CHECK_MS);
  const quiet = { logLevel: 'warn' } as const;

  app.get('/healthz', quiet, async () => ({ status: 'alive' }));

  app.get('/readyz', quiet, async (_request, reply) => {
    const [ozmap, database] = await Promise.all([ozmapUp(), options.databaseReachable?.().catch(() => false)]);
    const stopping = options.stopping();
    const ready = !stopping && database !== false;
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    return {
      status: stopping ? 'stopping' : ready ? 'ready' : 'not ready',
      ozmap: ozmap ? 'up' : 'down',
      ...(database !== undefined && { database: database ? 'up' : 'down' }),
    };
  });

  app.get('/metrics', quiet, async (_request, reply) => {
    reply.type(options.metrics.registry.contentType);
    return options.metrics.text();
  });
}

/** Asks again only after `ms`, and only once at a time. */
function remembered(ask: () => Promise<boolean>, ms: number): () => Promise<boolean> {
  let answer: Promise<boolean> | undefined;
  let askedAt = 0;
  return () => {
    if (!answer || Date.now() - askedAt > ms) {
      askedAt = Date.now();
      answer = ask().catch(() => false);
    }
    return answer;
  };
}
