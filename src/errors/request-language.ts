import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from './sentences/sentence-for.js';

const current = new AsyncLocalStorage<Language>();

/** Does `work`, whose refusals are worded in this language. */
export function inLanguage<T>(language: Language, work: () => T): T {
  return current.run(language, work);
}

/** The language of the request at hand; Portuguese outside of requests. */
export function requestLanguage(): Language {
  return current.getStore() ?? 'pt';
}
