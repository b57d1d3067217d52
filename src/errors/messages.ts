import type { AppError, ErrorCode } from './app-error.js';
import { requestLanguage } from './request-language.js';
import { sentenceFor } from './sentences/sentence-for.js';

/** The sentence that people read for an expected failure, in the language of the request at hand. */
export function messageFor(error: Pick<AppError, 'code' | 'reason' | 'details'>): string {
  // Never null: the types of the catalogues know every code and reason.
  return sentenceFor(error, requestLanguage()) ?? error.code;
}

/** The sentence of a code for which there is no error object. */
export function messageForCode(code: ErrorCode): string {
  return messageFor({ code, reason: undefined, details: [] });
}
