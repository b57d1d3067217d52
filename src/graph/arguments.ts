import { getMetadataStorage, validateSync } from 'class-validator';
import type { GraphQLSchema } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { BadUserInputError, LimitExceededError } from '../errors/app-error.js';
import { faultyFields } from '../errors/format-error.js';
import { wrapFields } from './wrap-fields.js';

/** Holds an argument to its bounds; `field`: what the caller calls it, where the limit has another name. Errors: BAD_USER_INPUT (not above zero) · LIMIT_EXCEEDED. */
export function assertAtMost(name: string, value: number, max: number, field = name): void {
  if (!(value > 0)) throw new BadUserInputError(`${field} must be above zero`, [{ field }]);
  if (value > max) throw new LimitExceededError(name, max, value);
}

/** Holds a list argument to its length. Errors: LIMIT_EXCEEDED. */
export function assertListAtMost(name: string, list: readonly unknown[], max: number): void {
  if (list.length > max) throw new LimitExceededError(name, max, list.length);
}

// Without the first, validation errors hold the caller's input; without the second, an explicit null passes every rule.
const VALIDATION = {
  validationError: { target: false, value: false },
  skipMissingProperties: false,
  forbidUnknownValues: false,
} as const;

/** Holds an argument, or each item of a list, to the rules of its class. Errors: ArgumentValidationError. */
export function validateArgument(argument: unknown): void {
  for (const value of Array.isArray(argument) ? argument : [argument]) {
    if (typeof value !== 'object' || value === null) continue;
    const errors = validateSync(value, VALIDATION);
    if (errors.length > 0) throw new ArgumentValidationError(errors);
  }
}

/** The same for an item that is answered by itself, instead of refusing the whole list. Errors: BAD_USER_INPUT, naming the item's fields. */
export function assertItem(item: object): void {
  const details = faultyFields(validateSync(item, VALIDATION)).map(({ field }) => ({ field }));
  if (details.length > 0) throw new BadUserInputError('an item breaks the rules of its class', details);
}

/** class-validator looks through the rules of all classes for those of one, for each object: they do not change once they are declared. */
export function rememberRules(): void {
  const storage = getMetadataStorage();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const known = new Map<unknown, ReturnType<typeof find>>();
  storage.getTargetValidationMetadatas = (target, ...options) => {
    const rules = known.get(target) ?? find(target, ...options);
    known.set(target, rules);
    return rules;
  };
}

/** OZmap's ids are ObjectIds: 24 hex digits. Anything else is not there, and asking would only make OZmap refuse the whole list. */
export function isOzmapId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value);
}

/**
 * U+0000, which PostgreSQL takes in no text, and halves of a surrogate pair, which are no text: every half becomes the same U+FFFD on its way,
 * so that two codes would be one.
 */
const UNUSABLE = /\0|\p{Cs}/u;

/** Outside of these years, ISO 8601 needs a sign, which neither PostgreSQL nor any caller's calendar reads. */
const FIRST_YEAR = 1;
const LAST_YEAR = 9_999;

/** Fields that answer for each item of theirs by itself. */
const ANSWERS_PER_ITEM = '_entities';

/** Has every field look at its arguments first. Errors of such a field: BAD_USER_INPUT that names the argument or the field of the input. */
export function refuseUnusableText(schema: GraphQLSchema): void {
  wrapFields(schema, (field, _type, resolve) => {
    if (field.args.length === 0 || field.name === ANSWERS_PER_ITEM) return;
    return (root, args, context, info) => {
      for (const [name, value] of Object.entries(args)) assertUsable(value, isInput(value) ? '' : name);
      return resolve(root, args, context, info);
    };
  });
}

/** Errors: BAD_USER_INPUT. `path` names the value, as class-validator names fields: `contractCode`, `actions[2]`, `address.street`. */
export function assertUsable(value: unknown, path: string): void {
  if (typeof value === 'string' && UNUSABLE.test(value))
    throw new BadUserInputError('text may hold neither U+0000 nor half a surrogate pair', [{ field: path }]);
  if (value instanceof Date && !(value.getUTCFullYear() >= FIRST_YEAR && value.getUTCFullYear() <= LAST_YEAR))
    throw new BadUserInputError('a time must lie in the years 1 to 9999, in UTC', [{ field: path }]);
  eachMember(value, path, assertUsable);
}

/**
 * Refuses whole numbers among variables that JSON cannot carry: 9007199254740993 arrives as …992, and would be another contract. Callers send
 * such a code as text. Errors: BAD_USER_INPUT, with the field as above.
 */
export function assertExact(value: unknown, path: string): void {
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new BadUserInputError('a whole number beyond 2^53 must be sent as text', [{ field: path }]);
  eachMember(value, path, assertExact);
}

function eachMember(value: unknown, path: string, assert: (member: unknown, path: string) => void): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) assert(item, `${path}[${index}]`);
  } else if (isInput(value)) {
    for (const [name, member] of Object.entries(value)) assert(member, path === '' ? name : `${path}.${name}`);
  }
}

/** An input object as graphql-js coerces it: no list, no date. */
export function isInput(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
