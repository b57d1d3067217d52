import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestContext } from '../graph/context.js';
import { JournalMetrics } from './journal-metrics.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is counted, for Prometheus. Labels have few values: no codes, no ids, no paths. */
export class Metrics {
  readonly registry = new Registry();
  /** What the journal reports of its work. */
  readonly journal = new JournalMetrics(this.registry);
  readonly #ozmap: Histogram<'method' | 'status'>;
  readonly #operations: Histogram<'type' | 'field' | 'outcome'>;
  readonly #errors: Counter<'code'>;
  readonly #tokenRefused: Gauge;

  constructor() {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#ozmap = new Histogram({
      name: 'ozmap_request_duration_seconds',
      help: 'Requests to OZmap; status "none" means that no answer came.',
      labelNames: ['method', 'status'],
      buckets: SECONDS,
      registers,
    });
    this.#tokenRefused = new Gauge({
      name: 'ozmap_token_refused',
      help: '1 while OZmap refuses OZMAP_TOKEN.',
      registers,
    });
    this.#operations = new Histogram({
      name: 'graphql_operation_duration_seconds',
      help: 'GraphQL operations by their first root field.',
      labelNames: ['type', 'field', 'outcome'],
      buckets: SECONDS,
      registers,
    });
    this.#errors = new Counter({
      name: 'graphql_errors_total',
      help: 'Top-level errors by code.',
      labelNames: ['code'],
      registers,
    });
  }

  /** Everything, as Prometheus reads it. */
  async text(): Promise<string> {
    await this.journal.read();
    return this.registry.metrics();
  }

  /** One request to OZmap is over. */
  ozmapRequest({ method, status, durationMs }: { method: string; status: number | null; durationMs: number }): void {
    this.#ozmap.observe({ method, status: status === null ? 'none' : String(status) }, durationMs / 1_000);
  }

  /** OZmap has begun, or ceased, to refuse the service's own token. */
  ozmapTokenRefused(refused: boolean): void {
    this.#tokenRefused.set(refused ? 1 : 0);
  }

  /** One GraphQL operation is over. `field` is a name of the schema. */
  operation(labels: { type: string; field: string; outcome: string }, durationMs: number): void {
    this.#operations.observe(labels, durationMs / 1_000);
  }

  /** One top-level error was sent. */
  error(code: string): void {
    this.#errors.inc({ code });
  }
}

/** Counts and logs each operation: its kind, its first root field, how it ended. Never its variables, which hold customers' data. */
export function observePlugin(metrics: Metrics, logger: FastifyBaseLogger): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      const startedAt = performance.now();
      return {
        async willSendResponse({ operation, response, schema, contextValue }) {
          const durationMs = performance.now() - startedAt;
          const errors = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
          const codes = errors.map((error) => String(error.extensions?.code));
          for (const code of codes) metrics.error(code);
          const labels = {
            type: operation?.operation ?? 'none',
            field: rootFieldOf(operation, schema),
            outcome: codes[0] ?? 'ok',
          };
          metrics.operation(labels, durationMs);
          const { traceId } = contextValue.origin;
          logger.info({ ...labels, durationMs: Math.round(durationMs), traceId }, 'operation');
        },
      };
    },
  };
}

function rootFieldOf(operation: OperationDefinitionNode | undefined, schema: GraphQLSchema): string {
  const first = operation?.selectionSet.selections[0];
  if (!operation || first?.kind !== Kind.FIELD) return 'none';
  const name = first.name.value;
  const known = name.startsWith('__') || schema.getRootType(operation.operation)?.getFields()[name];
  return known ? name : 'none';
}
