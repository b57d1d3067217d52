import {
  defaultFieldResolver,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql';
import { endOfTurn } from '../budget/turns.js';

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
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      if (!isListType(getNullableType(field.type)) || !isCompositeType(getNamedType(field.type))) continue;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (...args) => {
        const answer: unknown = resolve(...args);
        return answer instanceof Promise ? answer.then(inTurns) : inTurns(answer);
      };
    }
  }
}
