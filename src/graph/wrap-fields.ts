import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';
import { endOfTurn } from '../budget/turns.js';
import type { RequestContext } from './context.js';

export type Field = GraphQLField<unknown, RequestContext>;
type Resolver = GraphQLFieldResolver<unknown, RequestContext>;

/** Has fields of objects resolved by what `wrap` makes of their resolvers; those for which it makes nothing stay as they are. */
export function wrapFields(
  schema: GraphQLSchema,
  wrap: (field: Field, type: GraphQLObjectType, resolve: Resolver) => Resolver | undefined,
): void {
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const { resolve = defaultFieldResolver } = field;
      const wrapped = wrap(field, type, resolve);
      if (wrapped) field.resolve = wrapped;
    }
  }
}

/** Whether a type is that of queries or of mutations. */
export function isRoot(schema: GraphQLSchema, type: GraphQLObjectType): boolean {
  return type === schema.getQueryType() || type === schema.getMutationType();
}

const LONG = 50;

/** Has long lists of objects completed item by item, over several turns of the event loop: graphql-js alone completes all of a list in one. */
export function completeInTurns(schema: GraphQLSchema): void {
  const inTurns = (answer: unknown): unknown => {
    if (!Array.isArray(answer) || answer.length < LONG) return answer;
    let before: Promise<unknown> = Promise.resolve();
    return answer.map((item: unknown) => {
      // Its failure is heard of once its turn has come.
      if (item instanceof Promise) item.catch(() => {});
      before = before.then(endOfTurn);
      return before.then(() => item);
    });
  };
  wrapFields(schema, ({ type }, _parent, resolve) => {
    if (!isListType(getNullableType(type)) || !isCompositeType(getNamedType(type))) return;
    return (...args) => {
      const answer: unknown = resolve(...args);
      return answer instanceof Promise ? answer.then(inTurns) : inTurns(answer);
    };
  });
}
