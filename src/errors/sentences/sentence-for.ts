import type { ConflictReason, ErrorCode } from '../app-error.js';
import { en } from './en.js';
import { pt, type Sentences } from './pt.js';

/** Languages that people read. */
export type Language = 'pt' | 'en';

/** A failure as its sentence needs it: an `AppError`, a payload's `problem`, or what a page read of one. */
export interface Failure {
  code: string;
  reason?: string | null | undefined;
  details?: readonly {
    field?: string | null | undefined;
    limit?: number | null | undefined;
    actual?: number | null | undefined;
  }[];
}

const LANGUAGES: Readonly<Record<Language, Sentences>> = { pt, en };

/**
 * The sentence that people read for a failure, by its reason, else by its code; null for a code or reason that is unknown here. Server and pages
 * share these sentences. They hold measures and limits, never input.
 */
export function sentenceFor(failure: Failure, language: Language): string | null {
  return sentenceOf(LANGUAGES[language], failure);
}

/** The same where one language is at hand: a page loads no other. */
export function sentenceOf({ codes, reasons }: Sentences, { code, reason, details = [] }: Failure): string | null {
  const sentence = reason ? reasons[reason as ConflictReason] : codes[code as ErrorCode];
  if (typeof sentence !== 'function') return sentence ?? null;
  const first = <K extends 'field' | 'limit' | 'actual'>(key: K) =>
    details.map((detail) => detail[key]).find((value) => value !== undefined && value !== null) ?? undefined;
  return sentence({ field: first('field'), limit: first('limit'), actual: first('actual') });
}

/** What is said of a command that waits for OZmap. */
export function queuedSentence(language: Language): string {
  return LANGUAGES[language].queued;
}

/** Portuguese unless the first language tag that we speak is English: `en-GB,pt;q=0.5` is English, `fr` is Portuguese. */
export function languageOf(tags: readonly string[]): Language {
  for (const tag of tags) {
    const language = tag.trim().slice(0, 2).toLowerCase();
    if (language === 'pt' || language === 'en') return language;
  }
  return 'pt';
}
