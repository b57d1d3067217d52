import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { ForbiddenError } from '../../errors/app-error.js';
import type { RequestContext } from '../../graph/context.js';

/** What a sale needs, and where the contract stands in it; null where it names none. */
const ALLOWED: Record<string, ((args: Args) => unknown) | null> = {
  'Query.viability': null,
  'Query.boxes': null,
  'Query.box': null,
  'Query.poles': null,
  'Query.client': ({ contractCode }) => contractCode,
  'Query.reservation': ({ contractCode }) => contractCode,
  // Whose operation it is only the journal knows: the resolver compares it with the context's sale.
  'Query.integrationOperation': null,
  'Mutation.reservePort': ({ input }) => input?.contractCode,
  'Mutation.relocateClient': ({ input }) => input?.contractCode,
  'Mutation.createProspect': ({ input }) => input?.contractCode,
};

/** From a box over its ports one would come to everybody's contracts. */
const FORBIDDEN_TYPES: ReadonlySet<string> = new Set(['SplitterPort']);

type Args = { contractCode?: unknown; input?: { contractCode?: unknown } | null };

/** Holds a sale's bearer to its sale. Errors: FORBIDDEN, before anything is carried out. */
export const saleScopePlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        const { sale } = contextValue;
        if (!sale || !operation) return;
        assertWithinSale(schema, document, operation, request.variables ?? {}, sale.contractCode);
      },
    };
  },
};

/** Fragments included, skipped fields included: nothing of the document may reach further. */
function assertWithinSale(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  contractCode: string,
): void {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  // Such an operation is refused by the execution, with the reason.
  if (errors) return;
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const types = new TypeInfo(schema);
  const check = (node: FieldNode) => {
    const field = types.getFieldDef();
    const parent = types.getParentType();
    if (!field || !parent || field.name.startsWith('__')) return;
    if (FORBIDDEN_TYPES.has(getNamedType(field.type).name)) throw forbidden(field);
    if (roots.some((root) => root?.name === parent.name)) assertRoot(parent.name, field, node);
  };
  const assertRoot = (parent: string, field: GraphQLField<unknown, unknown>, node: FieldNode) => {
    const codeOf = ALLOWED[`${parent}.${field.name}`];
    if (codeOf === undefined) throw forbidden(field);
    if (codeOf === null) return;
    const named = codeOf(getArgumentValues(field, node, coerced) as Args);
    if (named === null || named === undefined || parseContractCode(named) !== contractCode) throw forbidden(field);
  };
  visit(document, visitWithTypeInfo(types, { Field: { enter: check } }));
}

function forbidden({ name }: { name: string }): ForbiddenError {
  return new ForbiddenError(`${name} is not part of this sale`);
}
