import {
  type GraphQLInputType,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isNonNullType,
  typeFromAST,
} from 'graphql';
import { messageForCode } from '../../errors/messages.js';
import { type FieldFault, type Problem, problemOfField, WrongFieldError } from './problem.js';
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
  /** Whether what it stands in, as a place, cannot be without it. */
  belongs: boolean;
  inPath: boolean;
  description: string;
}

/** Where a command's variables have the key that a caller gives it. */
const KEY_PATH = ['input', 'idempotencyKey'];
/** It comes as a header. */
const KEY: Taken = {
  name: 'Idempotency-Key',
  path: KEY_PATH,
  type: GraphQLString,
  description: '',
  required: false,
  belongs: false,
  inPath: false,
};

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
 * Errors: BAD_USER_INPUT (something that the route does not take; what it is, the answer does not repeat), or lacks.
 */
export function variablesOf(
  taken: readonly Taken[],
  sent: Readonly<Record<string, unknown>>,
  { idempotencyKey, where }: { idempotencyKey: string | null; where: 'body' | 'query' },
): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(sent)) {
    const one = taken.find((known) => known.name === name);
    if (!one) throw new WrongFieldError('unknown', where, takenNames(taken));
    put(variables, one.path, typed(value, one.type));
  }
  // Of a route that needs none of its fields, as such, what is missing only the operation can tell.
  for (const { path } of taken) if (path.length > 1) put(variables, [path[0] ?? ''], variables[path[0] ?? ''] ?? {});
  const missing = taken.find((one) => lacks(variables, one));
  if (missing) throw new WrongFieldError('missing', missing.name);
  if (idempotencyKey !== null) put(variables, KEY_PATH, idempotencyKey);
  return variables;
}

/** What a caller may send beside the path. */
function takenNames(taken: readonly Taken[]): string[] {
  return taken.flatMap(({ name, inPath }) => (inPath ? [] : [name]));
}

function lacks(variables: Record<string, unknown>, { path, required, belongs }: Taken): boolean {
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], variables);
  if (holder === undefined) return required;
  return belongs && (holder as Record<string, unknown>)[path.at(-1) ?? ''] == null;
}

/** What was sent, under the caller's own names. Errors: BAD_USER_INPUT (one name with two values, as in the path and the body). */
export function sentTogether(
  taken: readonly Taken[],
  places: readonly Record<string, unknown>[],
): Record<string, unknown> {
  const twice = taken.find(
    ({ name }) => new Set(places.flatMap((place) => (name in place ? [String(place[name])] : []))).size > 1,
  );
  if (twice) throw new WrongFieldError('twice', twice.name);
  return Object.assign({}, ...places);
}

/** Whether a refusal says no more than that something was not accepted. */
export function isUnsaid({ code, detail }: Problem): boolean {
  return code === 'BAD_USER_INPUT' && detail === messageForCode(code);
}

/** A refusal by the schema, or by a command's own check, in the words of the route: what they call `location.lat` it takes as `lat`. */
export function inWordsOf(taken: readonly Taken[], problem: Problem): Problem {
  if (problem.code !== 'BAD_USER_INPUT') return problem;
  const told = (problem.details ?? []) as { field?: string | null }[];
  const found = told.map((detail) => ({ detail, at: takenAt(taken, detail.field ?? '') }));
  const [first, ...others] = found.flatMap(({ at }) => at);
  if (!first || found.some(({ at }) => at.length === 0)) return problem;
  const fault = isUnsaid(problem) || others.length > 0 ? 'value' : (FAULTS[getNamedType(first.type).name] ?? 'value');
  const { detail } = problemOfField({ fault, field: [first, ...others].map(({ name }) => name).join(', '), known: [] });
  const details = found.flatMap(({ detail: facts, at }) => at.map(({ name }) => ({ ...facts, field: name })));
  return { ...problem, detail, details };
}

/** What a route takes where the schema speaks of this field: `lat` and `lng` of `location`. */
function takenAt(taken: readonly Taken[], field: string): Taken[] {
  return [...taken, KEY].filter(({ path }) => [path.join('.'), path.slice(1).join('.'), path[1]].includes(field));
}

const FAULTS: Readonly<Record<string, FieldFault>> = {
  Float: 'number',
  Int: 'number',
  Boolean: 'boolean',
  DateTimeISO: 'time',
};

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
  // PHP before its version 8 writes `-19,46` into a form. What is no fraction has no comma: `1,000` would be one.
  const plain = name === 'Float' ? text.replace(',', '.') : text;
  return NUMBER.test(plain) ? Number(plain) : value;
}

/** `required` is told of the whole way: of an optional object nothing is. */
function typeAt(schema: GraphQLSchema, { operation, root }: Shape, [variable = '', ...way]: readonly string[]) {
  const declared = operation.variableDefinitions?.find((definition) => definition.variable.name.value === variable);
  const type = declared && (typeFromAST(schema, declared.type) as GraphQLInputType | undefined);
  if (!declared || !type) throw new TypeError(`no variable ${variable}`);
  let at = {
    type,
    required: isNonNullType(type) && declared.defaultValue === undefined,
    belongs: isNonNullType(type) && declared.defaultValue === undefined,
    description: root.args.find(({ name }) => name === variable)?.description ?? '',
  };
  for (const name of way) {
    const holder = getNullableType(at.type);
    const field = isInputObjectType(holder) ? holder.getFields()[name] : undefined;
    if (!field) throw new TypeError(`no ${name} in ${variable}`);
    const belongs = isNonNullType(field.type) && field.defaultValue === undefined;
    at = { type: field.type, required: at.required && belongs, belongs, description: field.description ?? '' };
  }
  return at;
}
