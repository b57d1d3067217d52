import type { ConflictReason, ErrorCode, ForbiddenReason } from '../app-error.js';

/** What a refusal's sentence may say beside its code: measures, counts and the name of a field, never input. */
export interface SentenceFacts {
  limit: number | undefined;
  actual: number | undefined;
  /** `field` of the first detail that has one. */
  field: string | undefined;
}

export type Sentence = string | ((facts: SentenceFacts) => string);

/** One language's sentences; a reason is told before its code. */
export interface Sentences {
  codes: Readonly<Record<ErrorCode, Sentence>>;
  reasons: Readonly<Record<ConflictReason | ForbiddenReason, Sentence>>;
}
