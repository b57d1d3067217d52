import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { RequestContext } from '../graph/context.js';
import { createJournalMetrics, metricsIn } from './journal-metrics.js';
import { clientProgramFrom } from './request-headers.js';
import { nameRequestSpan } from './request-trace.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const CLIENT_LABELS = 20;
const MAX_NAME_LENGTH = 100;

/** Of this service, as package.json has it: two folders up as a source and as it is built. */
export const { version: VERSION } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
) as { version: string };

/** What is counted, for Prometheus. Labels have few values: no codes, no ids, no paths. */
export class Metrics {
  readonly registry = new Registry();
  /** What the journal reports of its work. */
  readonly journal = createJournalMetrics(this.registry);
  readonly #make = metricsIn(this.registry);
  readonly #ozmap = this.#make.histogram(
    'ozmap_request_duration_seconds',
    'Requests to OZmap; status "none" means that no answer came.',
    SECONDS,
    'method',
    'status',
  );
  readonly #tokenRefused = this.#make.gauge('ozmap_token_refused', '1 while OZmap refuses OZMAP_TOKEN.');
  readonly #operations = this.#make.histogram(
    'graphql_operation_duration_seconds',
    'GraphQL operations by their first root field.',
    SECONDS,
    'type',
    'field',
    'outcome',
  );
  readonly #errors = this.#make.counter('graphql_errors_total', 'Top-level errors by code.', 'code');
  readonly #entities = this.#make.counter(
    'graphql_entities_total',
    'References to entities that routers sent, by type.',
    'type',
  );
  readonly #clients = this.#make.counter(
    'graphql_client_operations_total',
    'GraphQL operations by the program that asked, as it names itself.',
    'client',
    'type',
  );
  #traffic: () => { places: number; waiting: Record<string, number> } = () => ({ places: 0, waiting: {} });
  /** Names that programs gave themselves, of those with a label of their own. */
  readonly #knownClients = new Set<string>();

  constructor() {
    const registers = [this.registry];
    const traffic = () => this.#traffic();
    collectDefaultMetrics({ register: this.registry });
    const build = this.#make.gauge(
      'build_info',
      'Always 1; its label tells which version of the service this is.',
      'version',
    );
    build.set({ version: VERSION }, 1);
    new Gauge({
      name: 'ozmap_requests_at_once',
      help: 'Requests to OZmap that may be under way; fewer than OZMAP_CONCURRENCY after it had too much to do.',
      registers,
      collect() {
        this.set(traffic().places);
      },
    });
    new Gauge({
      name: 'ozmap_requests_waiting',
      help: 'Requests to OZmap that wait for their turn, by lane.',
      labelNames: ['lane'],
      registers,
      collect() {
        for (const [lane, count] of Object.entries(traffic().waiting)) this.set({ lane }, count);
      },
    });
  }

  /** Everything, as Prometheus reads it. */
  async text(): Promise<string> {
    await this.journal.read();
    return this.registry.metrics();
  }

  /** Reads how many requests to OZmap may be under way, and wait, whenever somebody reads the metrics. */
  watchTraffic(read: () => { places: number; waiting: Record<string, number> }): void {
    this.#traffic = read;
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

  /** References of one request; `type` is an entity of the schema. */
  entities(type: string, count: number): void {
    this.#entities.inc({ type }, count);
  }

  /** One operation of a program. The first names get a label of their own, the others share one: anybody may call itself anything. */
  clientOperation(client: string | null, type: string): void {
    if (client !== null && this.#knownClients.size < CLIENT_LABELS) this.#knownClients.add(client);
    const label = client === null ? 'none' : this.#knownClients.has(client) ? client : 'other';
    this.#clients.inc({ client: label, type });
  }

  /** One top-level error was sent. */
  error(code: string): void {
    this.#errors.inc({ code });
  }
}

/**
 * Counts and logs each operation, and names its span: its kind, its first root field, how it ended, and which program asked under which
 * numbers; of a command, also the journal's number, which leads to it in `/logs`. Never its variables, which hold customers' data.
 */
export function observePlugin(metrics: Metrics, log: FastifyBaseLogger): ApolloServerPlugin<RequestContext> {
  // Its names are all written below, and none is a secret's: looking for those costs more than the line.
  const logger = log.child({}, { redact: [] });
  return {
    async requestDidStart() {
      const startedAt = performance.now();
      return {
        async willSendResponse({ operation, operationName, request, response, schema, contextValue }) {
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
          const { origin, touched } = contextValue;
          for (const [type, count] of touched.entities) metrics.entities(type, count);
          const program = clientProgramFrom((name) => request.http?.headers.get(name));
          // Who is not known by a token names no label.
          metrics.clientOperation((await contextValue.knownActor()) && program.client, labels.type);
          const name = operationName?.slice(0, MAX_NAME_LENGTH) ?? null;
          nameRequestSpan({ ...labels, operation: name });
          const { traceId, requestId } = origin;
          const line = { ...labels, operation: name, ...program, durationMs: Math.round(durationMs) };
          const operationIds = touched.operations.size > 0 && { operationIds: [...touched.operations] };
          logger.info({ ...line, traceId, requestId, ...operationIds }, 'operation');
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
