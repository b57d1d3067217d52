import { BadUserInputError } from '../errors/app-error.js';

/** Longer than any ERP's contract number, short enough to stand in a URL many times over. */
export const CONTRACT_CODE_MAX_LENGTH = 200;

/** Line breaks and the like would break the mark that a cancellation leaves in an observation. */
const CONTROL_CHARACTERS = /\p{Cc}/u;

/**
 * Takes a contract code as CNT sends it: opaque, trimmed, otherwise as given (`00123`, `123|123`, `a/b`; 123 sent as a number is `123`).
 *
 * Errors: BAD_USER_INPUT (neither text nor number, empty, longer than 200 characters, or with control characters inside).
 */
export function parseContractCode(value: unknown): string {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string') throw refused('a contract code is text or a whole number');
  const code = text.trim();
  if (code === '') throw refused('a contract code may not be empty');
  if (code.length > CONTRACT_CODE_MAX_LENGTH) {
    throw new BadUserInputError(`a contract code takes at most ${CONTRACT_CODE_MAX_LENGTH} characters`, [
      { field: 'contractCode', limit: CONTRACT_CODE_MAX_LENGTH, actual: code.length },
    ]);
  }
  if (CONTROL_CHARACTERS.test(code)) throw refused('a contract code may not hold control characters');
  return code;
}

function refused(message: string): BadUserInputError {
  return new BadUserInputError(message, [{ field: 'contractCode' }]);
}
