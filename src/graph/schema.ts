import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, parse } from 'graphql';
import { buildSchema, createResolversMap } from 'type-graphql';
import { refuseUnusableText } from './arguments.js';
import { BoxResolver } from './box/box.resolver.js';
import { CancellationPlanResolver } from './client/cancellation-plan.resolver.js';
import { ClientResolver } from './client/client.resolver.js';
import { ClientMutationResolver } from './client/client-mutation.resolver.js';
import { MoveClientResolver } from './client/move-client.resolver.js';
import { PortConnectionResolver } from './connection/connection.resolver.js';
import type { RequestContext } from './context.js';
import { resolveEntities } from './entities.js';
import { completeInTurns } from './long-lists.js';
import { ClientOperationsResolver, OperationResolver } from './operation/operation.resolver.js';
import { OzlocResolver } from './ozloc/ozloc.resolver.js';
import { PoleResolver } from './pole/pole.resolver.js';
import { DropResolver, PropertyResolver } from './property/property.resolver.js';
import { ProspectResolver } from './prospect/prospect.resolver.js';
import { ReservationResolver } from './reservation/reservation.resolver.js';
import { ReservationMutationResolver } from './reservation/reservation-mutation.resolver.js';
import { SplitterPortResolver, SplitterResolver } from './splitter/splitter.resolver.js';
import { noteTouched } from './touched.js';
import { ViabilityResolver } from './viability/viability.resolver.js';

/** v2.9 is the newest that all composition libraries read. */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag", "@cost", "@listSize"])';

/** The subgraph: the schema that serves, and its text as it is committed and published. */
export interface Subgraph {
  schema: GraphQLSchema;
  sdl: string;
}

let built: Promise<Subgraph> | undefined;

/** The schema of the classes of features/, made once per process: TypeGraphQL keeps what they declare in one place, and a second build finds it used. */
export function buildSubgraph(): Promise<Subgraph> {
  built ??= build();
  return built;
}

async function build(): Promise<Subgraph> {
  const source = await buildSchema({
    resolvers: [
      ViabilityResolver,
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
      CancellationPlanResolver,
      OperationResolver,
      ClientOperationsResolver,
      ProspectResolver,
      OzlocResolver,
    ],
    // Without these, validation errors hold the caller's input, and an explicit null passes every rule.
    validate: { validationError: { target: false, value: false }, skipMissingProperties: false },
    skipCheck: true,
  });
  inWrittenOrder(source);
  const sdl = `${LINK}\n\n${printSchemaWithDirectives(source)}\n`;
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: createResolversMap(source) as never }]);
  const entities = schema.getQueryType()?.getFields()._entities;
  if (!entities) throw new Error('the schema has no entities');
  entities.resolve = (_root, { representations }, context) => resolveEntities(representations, context);
  noteTouched(schema);
  completeInTurns(schema);
  refuseUnusableText(schema);
  refuseByField(schema, entities);
  return { schema, sdl };
}

/** Where the whole request was refused, each field at the root says so, and each entity by itself; nothing beneath is asked. */
function refuseByField(schema: GraphQLSchema, entities: GraphQLField<unknown, RequestContext>): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (field === entities) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, args, context: RequestContext, info) => {
        context.assertAdmitted();
        return resolve(source, args, context, info);
      };
    }
  }
}

/** Parameter decorators run last to first, and so come the arguments; readers of the schema expect them as they are written. */
function inWrittenOrder(schema: GraphQLSchema): void {
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) field.args = field.args.toReversed();
  }
}
