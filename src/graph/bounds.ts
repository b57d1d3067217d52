import { BadUserInputError, LimitExceededError } from '../errors/app-error.js';

/** Holds an argument to its bounds. Errors: BAD_USER_INPUT (not above zero) · LIMIT_EXCEEDED. */
export function assertAtMost(name: string, value: number, max: number): void {
  if (!(value > 0)) throw new BadUserInputError(`${name} must be above zero`, [{ field: name }]);
  if (value > max) throw new LimitExceededError(name, max, value);
}

/** Holds a list argument to its length. Errors: LIMIT_EXCEEDED. */
export function assertListAtMost(name: string, list: readonly unknown[], max: number): void {
  if (list.length > max) throw new LimitExceededError(name, max, list.length);
}

/** OZmap's ids are ObjectIds: 24 hex digits. Anything else is not there, and asking would only make OZmap refuse the whole list. */
export function isOzmapId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value);
}
