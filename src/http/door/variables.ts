import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isNonNullType,
  typeFromAST,
} from 'graphql';
import { BadUserInputError } from '../../errors/app-error.js';
import type { DoorRoute } from './routes.js';
import type { Shape } from './shape.js';

/** One thing that a route takes. */
export interface Taken {
  name: string;
  /** Where it stands in the operation's variables. */
  path: readonly string[];
  type: GraphQLInputType;
  /** Whether nothing can be done without it. */
  required: boolean;
  inPath: boolean;
  description: string;
}

/** Where a command's variables have the key that a caller gives it. */
const KEY_PATH = ['input', 'idempotencyKey'];

/** What a route takes, as the schema has it. Errors: a place that the schema does not have. */
export function takenBy(schema: GraphQLSchema, { takes, path }: DoorRoute, shape: Shape): Taken[] {
  return Object.entries(takes).map(([name, place]) => {
    const way = place.split('.');
    return { name, path: way, inPath: path.includes(`{${name}}`), ...typeAt(schema, shape, way) };
  });
}

/** Whether an operation takes a caller's own key. */
export function takesKey(schema: GraphQLSchema, shape: Shape): boolean {
  const input = shape.root.args.find(({ name }) => name === KEY_PATH[0]);
  const type = input && schema.getType(getNamedType(input.type).name);
  return isInputObjectType(type) && 'idempotencyKey' in type.getFields();
}

/**
 * The operation's variables, made of what was sent. Numbers and booleans may come as text, as forms bring them.
 * Errors: BAD_USER_INPUT (something that the route does not take; what it is, the answer does not repeat).
 */
export function variablesOf(
  taken: readonly Taken[],
  sent: Readonly<Record<string, unknown>>,
  { idempotencyKey, where }: { idempotencyKey: string | null; where: 'body' | 'query' },
): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sent)) {
    const one = taken.find((known) => known.name === name);
    if (!one) throw new BadUserInputError('a field that this route does not take', [{ field: where }]);
    put(variables, one.path, typed(value, one.type));
  }
  if (idempotencyKey !== null) put(variables, KEY_PATH, idempotencyKey);
  return variables;
}

function put(variables: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [last = '', ...above] = path.toReversed();
  const holder = above.toReversed().reduce((at, name) => {
    at[name] ??= {};
    return at[name] as Record<string, unknown>;
  }, variables);
  if (value !== undefined) holder[last] = value;
}

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };

/** What cannot be read as its type stays text, so that the schema refuses it as it refuses everything else. */
function typed(value: unknown, type: GraphQLInputType): unknown {
  const { name } = getNamedType(type);
  if (typeof value !== 'string' || !(name === 'Float' || name === 'Int' || name === 'Boolean')) return value;
  const text = value.trim();
  if (text === '') return undefined;
  if (name === 'Boolean') return BOOLEANS[text.toLowerCase()] ?? value;
  return NUMBER.test(text) ? Number(text) : value;
}

/** `required` is told of the whole way: of an optional object nothing is. */
function typeAt(schema: GraphQLSchema, { operation, root }: Shape, [variable = '', ...way]: readonly string[]) {
  const declared = operation.variableDefinitions?.find((definition) => definition.variable.name.value === variable);
  const type = declared && (typeFromAST(schema, declared.type) as GraphQLInputType | undefined);
  if (!declared || !type) throw new TypeError(`no variable ${variable}`);
  let at = {
    type,
    required: isNonNullType(type) && declared.defaultValue === undefined,
    description: root.args.find(({ name }) => name === variable)?.description ?? '',
  };
  for (const name of way) {
    const holder = getNullableType(at.type);
    const field = isInputObjectType(holder) ? holder.getFields()[name] : undefined;
    if (!field) throw new TypeError(`no ${name} in ${variable}`);
    const required = at.required && isNonNullType(field.type) && field.defaultValue === undefined;
    at = { type: field.type, required, description: field.description ?? '' };
  }
  return at;
}
