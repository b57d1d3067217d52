import { AsyncLocalStorage } from 'node:async_hooks';
import type { AppError, ErrorCode } from './app-error.js';
import { type Language, sentenceFor } from './sentences/sentence-for.js';

const current = new AsyncLocalStorage<Language>();

/** Does `work`, whose refusals are worded in this language. */
export function inLanguage<T>(language: Language, work: () => T): T {
  return current.run(language, work);
}

/** The language of the current request; Portuguese outside of requests. */
export function requestLanguage(): Language {
  return current.getStore() ?? 'pt';
}

/** The sentence that people read for an expected failure, in the language of the current request. */
export function messageFor(error: Pick<AppError, 'code' | 'reason' | 'details'>): string {
  // Never null: the types of the catalogues know every code and reason.
  return sentenceFor(error, requestLanguage()) ?? error.code;
}

/** The sentence of a code for which there is no error object. */
export function messageForCode(code: ErrorCode): string {
  return messageFor({ code, reason: undefined, details: [] });
}
