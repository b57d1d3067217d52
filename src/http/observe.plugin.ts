import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { RequestContext } from '../graph/context.js';
import type { Metrics } from './metrics.js';

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
