import type { ConflictReason, ErrorCode } from '../app-error.js';

/** What a refusal's sentence may say beside its code: measures, counts and the name of a field, never input. */
export interface SentenceFacts {
  limit: number | undefined;
  actual: number | undefined;
  /** `field` of the first detail that has one. */
  field: string | undefined;
}

export type Sentence = string | ((facts: SentenceFacts) => string);

/** One language's sentences; CONFLICT is told by its reason. */
export interface Sentences {
  codes: Readonly<Record<ErrorCode, Sentence>>;
  reasons: Readonly<Record<ConflictReason, Sentence>>;
}
