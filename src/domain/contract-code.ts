import { BadUserInputError } from '../errors/app-error.js';

declare const PARSED: unique symbol;

/** A contract code that `parseContractCode` has seen: parsed where it comes in, and never again. */
export type ContractCode = string & { readonly [PARSED]: 'ContractCode' };

/** Longer than any ERP's contract number, short enough to stand in a URL many times over. */
export const CONTRACT_CODE_MAX_LENGTH = 200;

/**
 * Characters without a shape (zero-width space, soft hyphen, marks of direction) would make two contracts of what people read as one: nowhere,
 * not even at the ends, where `trim` takes one of them, the byte order mark, for a space.
 */
const WITHOUT_SHAPE = /\p{Cf}/u;
/** Line breaks and the like would break the mark that a cancellation leaves in an observation; halves of surrogate pairs are no characters. */
const NOT_INSIDE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Takes a contract code as CNT sends it: opaque, trimmed, otherwise as given (`00123`, `123|123`, `a/b`; 123 sent as a number is `123`). Only
 * the encoding is made one, Unicode's NFC: `é` is the same code whether it comes as one character or as `e` and an accent. `field`: what the caller
 * calls it.
 *
 * Errors: BAD_USER_INPUT (neither text nor number, empty, longer than 200 characters, or with control characters inside or invisible ones anywhere).
 */
export function parseContractCode(value: unknown, field = 'contractCode'): ContractCode {
  const refused = (message: string) => new BadUserInputError(message, [{ field }]);
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string') throw refused('a contract code is text or a whole number');
  const code = text.trim().normalize('NFC');
  if (code === '') throw refused('a contract code may not be empty');
  if (code.length > CONTRACT_CODE_MAX_LENGTH) {
    throw new BadUserInputError(`a contract code takes at most ${CONTRACT_CODE_MAX_LENGTH} characters`, [
      { field, limit: CONTRACT_CODE_MAX_LENGTH, actual: code.length },
    ]);
  }
  if (WITHOUT_SHAPE.test(text) || NOT_INSIDE.test(code))
    throw refused('a contract code may not hold control or invisible characters');
  return code as ContractCode;
}
