import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLSchema, Kind, type OperationDefinitionNode, type SelectionSetNode, type TypeNode } from 'graphql';
import type { Limits } from '../config.js';
import { BadUserInputError, LimitExceededError, UpstreamUnavailableError } from '../errors/app-error.js';
import { assertExact, isInput } from '../graph/arguments.js';
import type { RequestContext } from '../graph/context.js';
import { fragmentsOf } from './document-size.js';
import { type OperationSize, sizeOf } from './operation-size.js';

/** What the gate needs. */
export interface GateOptions {
  limits: Limits;
  /** Whether the schema may be read without a token. */
  introspection: boolean;
}

/** Tools read the whole schema at once; no request needs it more than twice. */
const INTROSPECTION_AT_MOST = 60_000;
/** References in one request. With so many errors in one answer as well, this service is still quick to answer others. */
const REPRESENTATIONS_AT_MOST = 2_500;

/**
 * Runs between validation and execution: measures the document, then authenticates the caller, once for the whole request, entities
 * included. Who asks without a known token is refused by each field, and where a router asks for entities, what is too much as well: the
 * router goes on with what others answer. Errors: LIMIT_EXCEEDED.
 */
export function gatePlugin({ limits, introspection }: GateOptions): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (!operation) return;
          const { variables = {} } = request;
          assertCarriedExactly(schema, operation, variables);
          const size = sizeOf(schema, document, operation, variables);
          contextValue.expect(size.cost);
          const excess = excessOf(size, limits);
          if (excess && (size.representations === 0 || !FOR_EACH_ENTITY.has(excess.limit))) throw excess;
          if (excess) return contextValue.refuse(excess);
          if (readsSchemaOnly(fragmentsOf(document), operation, introspection)) return;
          await contextValue.actor().catch((error: unknown) => {
            // A command answers for itself that OZmap is away, as data in its payload.
            if (operation.operation === 'mutation' && error instanceof UpstreamUnavailableError) return;
            contextValue.refuse(error);
          });
        },
      };
    },
  };
}

/** Errors: BAD_USER_INPUT (a subscription, which the schema does not have; a number that JSON has rounded). */
function assertCarriedExactly(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  if (!schema.getRootType(operation.operation))
    throw new BadUserInputError(`the schema has no ${operation.operation}`, [{ field: 'query' }]);
  for (const { variable, type } of operation.variableDefinitions ?? []) {
    const { value: name } = variable.name;
    // References answer for themselves, one by one.
    if (namesAny(type)) continue;
    const value = variables[name];
    assertExact(value, isInput(value) ? '' : name);
  }
}

function namesAny(type: TypeNode): boolean {
  return type.kind === Kind.NAMED_TYPE ? type.name.value === '_Any' : namesAny(type.type);
}

/** What each reference can be refused for; too many of them, or too much else, is refused as a whole. */
const FOR_EACH_ENTITY: ReadonlySet<string> = new Set(['depth', 'aliases', 'cost']);

/** The first measure that is above its limit, as an error. */
function excessOf(size: OperationSize, limits: Limits): LimitExceededError | null {
  const most = { introspection: INTROSPECTION_AT_MOST, representations: REPRESENTATIONS_AT_MOST, ...limits };
  for (const measure of ['introspection', 'representations', 'depth', 'aliases', 'cost'] as const) {
    if (size[measure] > most[measure]) return new LimitExceededError(measure, most[measure], Math.ceil(size[measure]));
  }
  return null;
}

/** True for an operation that asks for nothing but the schema. */
function readsSchemaOnly(
  fragments: ReturnType<typeof fragmentsOf>,
  operation: OperationDefinitionNode,
  introspection: boolean,
): boolean {
  const only = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind !== Kind.FIELD) {
        const inside = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        return inside !== undefined && only(inside.selectionSet);
      }
      const name = selection.name.value;
      return name.startsWith('__') || (introspection && name === '_service');
    });
  return only(operation.selectionSet);
}
