import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  parse,
} from 'graphql';
import { buildSchema, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { refuseUnusableText, rememberRules, validateArgument } from './arguments.js';
import { BoxResolver } from './box/box.resolver.js';
import { CancellationPlanResolver } from './client/cancellation-plan.resolver.js';
import { ClientResolver } from './client/client.resolver.js';
import { ClientMutationResolver } from './client/client-mutation.resolver.js';
import { DeclareContractResolver } from './client/declare-contract.resolver.js';
import { MoveClientResolver } from './client/move-client.resolver.js';
import { UndoCancellationResolver } from './client/undo-cancellation.resolver.js';
import { PortConnectionResolver } from './connection/connection.resolver.js';
import { DeliveryResolver } from './delivery/delivery.resolver.js';
import { ENTITY_REFERENCES, type ReferenceResolver, resolveEntities } from './entities.js';
import { ClientOperationsResolver, OperationResolver } from './operation/operation.resolver.js';
import { OzlocResolver } from './ozloc/ozloc.resolver.js';
import { PoleResolver } from './pole/pole.resolver.js';
import { DropResolver, PropertyResolver } from './property/property.resolver.js';
import { ProspectResolver } from './prospect/prospect.resolver.js';
import { ReservationResolver } from './reservation/reservation.resolver.js';
import { ReservationMutationResolver } from './reservation/reservation-mutation.resolver.js';
import { guardByScopes, SCOPE_RULES, type ScopeRules, withScopes } from './scopes.js';
import { SplitterPortResolver, SplitterResolver } from './splitter/splitter.resolver.js';
import { noteTouched } from './touched.js';
import { BoxOfferResolver, BuildingOfferResolver, ViabilityResolver } from './viability/viability.resolver.js';
import { SuggestionResolver } from './viability/viability-suggestion.resolver.js';
import { completeInTurns, type Field, isRoot, wrapFields } from './wrap-fields.js';

/** v2.9 is the newest that all composition libraries read. Tools that stopped before it do not know `@listSize`: it is defined as well. */
const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag", "@listSize"])

"""How long a list may become, for who estimates the cost of an operation."""
directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
`;

/** The subgraph: the schema that serves, and its text as it is committed and published. */
export interface Subgraph {
  schema: GraphQLSchema;
  sdl: string;
  /** The same for routers that enforce scopes, with `@requiresScopes`. */
  scopedSdl: string;
}

/** What a subgraph is made of. */
export interface SubgraphParts {
  /** Classes of TypeGraphQL. */
  resolvers: NonEmptyArray<NewableFunction>;
  /** Types that no root field leads to: only routers ask for them. */
  orphanedTypes?: readonly NewableFunction[];
  /** What stands before the types: the federation's version and directives. */
  link: string;
  references: Readonly<Record<string, ReferenceResolver>>;
  /** Null: whoever is known may read all that is there. */
  scopes: ScopeRules | null;
}

const OURS: SubgraphParts = {
  resolvers: [
    ViabilityResolver,
    BoxOfferResolver,
    SuggestionResolver,
    BuildingOfferResolver,
    BoxResolver,
    SplitterResolver,
    SplitterPortResolver,
    PoleResolver,
    ClientResolver,
    PortConnectionResolver,
    PropertyResolver,
    DropResolver,
    ReservationResolver,
    ReservationMutationResolver,
    ClientMutationResolver,
    MoveClientResolver,
    DeclareContractResolver,
    CancellationPlanResolver,
    UndoCancellationResolver,
    OperationResolver,
    DeliveryResolver,
    ClientOperationsResolver,
    ProspectResolver,
    OzlocResolver,
  ],
  link: FEDERATION,
  references: ENTITY_REFERENCES,
  scopes: SCOPE_RULES,
};

let built: Promise<Subgraph> | undefined;

/** Our schema, made once per process. */
export function buildSubgraph(): Promise<Subgraph> {
  if (!built) rememberRules();
  built ??= build(OURS);
  return built;
}

/** A subgraph of any such parts: a test holds this to Apollo's own suite, whose schema is another. */
export async function build(parts: SubgraphParts): Promise<Subgraph> {
  const { resolvers, orphanedTypes = [], link, scopes } = parts;
  const source = await buildSchema({
    resolvers,
    orphanedTypes: [...orphanedTypes],
    validateFn: validateArgument,
    skipCheck: true,
  });
  inWrittenOrder(source);
  describe(source);
  const sdl = `${link}\n${printed(source)}\n`;
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: createResolversMap(source) as never }]);
  const entities = schema.getQueryType()?.getFields()._entities;
  if (!entities) throw new Error('the schema has no entities');
  entities.resolve = (_root, { representations }, context) => resolveEntities(representations, context, parts);
  noteTouched(schema);
  completeInTurns(schema);
  refuseUnusableText(schema);
  if (scopes) guardByScopes(schema, scopes);
  refuseByField(schema, entities);
  return { schema, sdl, scopedSdl: scopes ? withScopes(sdl, scopes) : sdl };
}

/** Where the whole request was refused, each field at the root says so, and each entity by itself; nothing beneath is asked. */
function refuseByField(schema: GraphQLSchema, entities: Field): void {
  wrapFields(schema, (field, type, resolve) => {
    if (!isRoot(schema, type) || field === entities) return;
    return (source, args, context, info) => {
      context.assertAdmitted();
      return resolve(source, args, context, info);
    };
  });
}

/** What TypeGraphQL has no words for. */
function describe(schema: GraphQLSchema): void {
  const described: Record<string, { description: string; specifiedByURL?: string }> = {
    Query: { description: 'Reads: what is not there, or not visible to the token, is null.' },
    Mutation: { description: 'Commands: a refusal that a caller can act on is `problem` in the payload.' },
    DateTimeISO: {
      description: 'An instant in UTC as RFC 3339 writes it, e.g. `2026-03-31T14:05:00.000Z`.',
      specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time',
    },
  };
  for (const [name, facts] of Object.entries(described)) Object.assign(schema.getType(name) ?? {}, facts);
}

/** Without `schema { … }`, which only says what is so by default, and hides the `extend schema` of the federation from linters. */
function printed(schema: GraphQLSchema): string {
  return printSchemaWithDirectives(schema).replace(/^schema \{[^}]*\}\n+/m, '');
}

/** Parameter decorators run last to first, and so come the arguments; readers of the schema expect them as they are written. */
function inWrittenOrder(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) field.args = field.args.toReversed();
  }
}

/** Every name that the schema defines: what messages may repeat. */
export function namesOf(schema: GraphQLSchema): Set<string> {
  const types = Object.values(schema.getTypeMap());
  const values = types.filter(isEnumType).flatMap((type) => type.getValues());
  const fields = types
    .filter((type) => isObjectType(type) || isInputObjectType(type))
    .flatMap((type) => Object.values<GraphQLField<unknown, unknown> | GraphQLInputField>(type.getFields()));
  const args = fields.flatMap((field) => ('args' in field ? field.args : []));
  return new Set([...types, ...values, ...fields, ...args].map(({ name }) => name));
}
