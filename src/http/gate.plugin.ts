import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Limits } from '../config.js';
import { LimitExceededError, UpstreamUnavailableError } from '../errors/app-error.js';
import type { RequestContext } from '../graph/context.js';
import { sizeOf } from './operation-size.js';

/** What the gate needs. */
export interface GateOptions {
  limits: Limits;
  /** Whether the schema may be read without a token. */
  introspection: boolean;
}

/**
 * Stands between a valid document and its execution: measures it, then finds out who asks, once for the whole request, entities
 * included. Errors: LIMIT_EXCEEDED · UNAUTHENTICATED · UPSTREAM_UNAVAILABLE.
 */
export function gatePlugin({ limits, introspection }: GateOptions): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (!operation) return;
          const size = sizeOf(schema, document, operation, request.variables ?? {});
          for (const measure of ['depth', 'aliases', 'cost'] as const) {
            if (size[measure] > limits[measure]) throw new LimitExceededError(measure, limits[measure], size[measure]);
          }
          if (readsSchemaOnly(document, operation, introspection)) return;
          await contextValue.actor().catch((error: unknown) => {
            // A command answers for itself that OZmap is away, as data in its payload.
            if (operation.operation === 'mutation' && error instanceof UpstreamUnavailableError) return;
            throw error;
          });
        },
      };
    },
  };
}

/** True for an operation that asks for nothing but the schema. */
function readsSchemaOnly(document: DocumentNode, operation: OperationDefinitionNode, introspection: boolean): boolean {
  const fragments = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const only = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.INLINE_FRAGMENT) return only(selection.selectionSet);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        return fragment !== undefined && only(fragment.selectionSet);
      }
      const name = selection.name.value;
      return name.startsWith('__') || (introspection && name === '_service');
    });
  return only(operation.selectionSet);
}
