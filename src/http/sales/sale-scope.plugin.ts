import type { ApolloServerPlugin } from '@apollo/server';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { ForbiddenError, UnauthenticatedError } from '../../errors/app-error.js';
import type { RequestContext } from '../../graph/context.js';
import type { SaleKind, SaleScope } from '../../graph/ozloc/sale-scope.js';

/** A query or mutation that a sale needs. */
interface AllowedRoot {
  /** The contract that it names, which must be the sale's; absent where it names none. */
  contract?: (args: Args) => unknown;
  /** Only of sales of this kind; any when absent. */
  kind?: SaleKind;
  /** Also once something was sold: reads how it ended, or repeats the command that sold it. */
  afterwards?: true | 'repeat';
}

type Args = { contractCode?: unknown; input?: { contractCode?: unknown; idempotencyKey?: unknown } | null };

const byInput = ({ input }: Args) => input?.contractCode;
const byCode = ({ contractCode }: Args) => contractCode;

const ROOTS: Record<string, AllowedRoot> = {
  'Query.viability': {},
  'Query.addressSuggestions': {},
  'Query.boxes': {},
  'Query.box': {},
  'Query.poles': {},
  'Query.client': { contract: byCode, afterwards: true },
  'Query.reservation': { contract: byCode, afterwards: true },
  // Whose operation it is only the journal knows: the resolver compares it with the context's sale.
  'Query.integrationOperation': { afterwards: true },
  'Mutation.reservePort': { contract: byInput, kind: 'reserve', afterwards: 'repeat' },
  'Mutation.relocateClient': { contract: byInput, kind: 'relocate', afterwards: 'repeat' },
  'Mutation.createProspect': { contract: byInput },
};

/** Types that a sale may read: whole, or these fields. Whatever the schema gains is closed until it is named here. */
const TYPES: Record<string, 'whole' | readonly string[]> = {
  Viability: 'whole',
  GeocodedLocation: 'whole',
  ViabilityAddressSuggestion: 'whole',
  BoxOffer: 'whole',
  BoxRefusal: 'whole',
  RefusalDetail: 'whole',
  BoxAtDistance: 'whole',
  Box: 'whole',
  BoxType: 'whole',
  OzmapBuilding: 'whole',
  BuildingOffer: 'whole',
  ViabilityCondominium: 'whole',
  NetworkProject: 'whole',
  OzmapPole: 'whole',
  MapPoint: 'whole',
  OzmapDrop: 'whole',
  NetworkAttachment: 'whole',
  OzmapEquipment: 'whole',
  Splitter: 'whole',
  // Which ports are free, to choose one; over who holds them one would come to everybody's contracts.
  SplitterPort: ['number', 'state'],
  // A kept home: its observation names the contracts of others.
  OzmapProperty: ['id', 'address', 'lat', 'lng', 'drop', 'box', 'building'],
  Client: [
    'contractCode',
    'ozmapId',
    'name',
    'observation',
    'implanted',
    'status',
    'property',
    'properties',
    'connection',
    'reservation',
  ],
  Reservation: 'whole',
  OzmapProspect: 'whole',
  ReservePortPayload: 'whole',
  RelocateClientPayload: 'whole',
  CreateProspectPayload: 'whole',
  IntegrationOperation: 'whole',
  IntegrationOperationStep: 'whole',
  IntegrationProblem: 'whole',
  IntegrationProblemDetail: 'whole',
  IntegrationWarning: 'whole',
};

/** Holds a sale's bearer to its sale. Errors: FORBIDDEN · UNAUTHENTICATED (something was sold already), before anything is carried out. */
export const saleScopePlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        const { sale } = contextValue;
        if (!sale || !operation) return;
        assertAskedWithinSale(schema, document, operation, request.variables ?? {}, sale);
      },
    };
  },
};

/** Fragments included, skipped fields included: nothing of the document may reach further. */
function assertAskedWithinSale(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  sale: SaleScope,
): void {
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  // Such an operation is refused by the execution, with the reason.
  if (errors) return;
  const roots = [schema.getQueryType(), schema.getMutationType()];
  const types = new TypeInfo(schema);
  let commands = 0;
  const check = (node: FieldNode) => {
    const field = types.getFieldDef();
    const parent = types.getParentType();
    if (!field || !parent || field.name.startsWith('__')) return;
    const root = roots.some((type) => type?.name === parent.name);
    if (root) assertRoot(parent.name, field, node);
    else if (!mayRead(parent.name, field.name)) throw forbidden(field);
  };
  const assertRoot = (parent: string, field: GraphQLField<unknown, unknown>, node: FieldNode) => {
    const allowed = ROOTS[`${parent}.${field.name}`];
    if (!allowed || (allowed.kind && allowed.kind !== sale.kind)) throw forbidden(field);
    // Of two commands in one document the second would go by what held before the first.
    if (parent === schema.getMutationType()?.name && ++commands > 1) throw forbidden(field);
    const args = getArgumentValues(field, node, coerced) as Args;
    if (allowed.contract && !isCode(allowed.contract(args), sale.contractCode)) throw forbidden(field);
    if (sale.sold && !mayAfterwards(allowed, args, sale.sold.idempotencyKey)) {
      throw new UnauthenticatedError('the sale is over');
    }
  };
  visit(document, visitWithTypeInfo(types, { Field: { enter: check } }));
}

function isCode(named: unknown, code: string): boolean {
  return named !== null && named !== undefined && parseContractCode(named) === code;
}

function mayRead(type: string, field: string): boolean {
  const fields = TYPES[type];
  return fields === 'whole' || (fields?.includes(field) ?? false);
}

/** The answer of the command that sold may have been lost: the same command answers what it answered. */
function mayAfterwards({ afterwards }: AllowedRoot, { input }: Args, soldBy: string | null): boolean {
  return afterwards === 'repeat' ? soldBy !== null && input?.idempotencyKey === soldBy : afterwards === true;
}

function forbidden({ name }: { name: string }): ForbiddenError {
  return new ForbiddenError(`${name} is not part of this sale`);
}
