import { BadUserInputError } from '../errors/app-error.js';
import type { RequestContext } from './context.js';
import { assertUsable } from './usable-text.js';

/** What a router sends for an entity: its type's name and the fields of one of its keys, unchecked. */
export type Representation = Readonly<Record<string, unknown>>;

/** Finds one entity by its representation. Reads through the request's loaders: 500 of them are one batch. */
export type ReferenceResolver = (representation: Representation, context: RequestContext) => Promise<object | null>;

/** A key that is text, or a number as some callers send it. Errors: BAD_USER_INPUT. */
export function keyText(representation: Representation, field: string): string {
  const value = representation[field];
  assertUsable(value, field);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new BadUserInputError(`the key ${field} must be text`, [{ field }]);
}
