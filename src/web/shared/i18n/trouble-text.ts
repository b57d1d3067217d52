import type { I18n } from './i18n.js';

interface Told {
  code: string;
  reason: string | null;
  message: string | null;
  /** OZmap's own answer comes as the one named `ozmap`. */
  details?: readonly { field: string | null; value: string | null }[];
}

/** A refusal or failure in words: OZmap's own where it gave them, else by its reason, else its code, else what the server said. */
export function troubleText(i18n: I18n, { code, reason, message, details = [] }: Told): string {
  const answer = details.find(({ field }) => field === 'ozmap')?.value;
  if (code === 'UPSTREAM_REFUSED' && answer) return i18n.t('problem.UPSTREAM_REFUSED.answer', { answer });
  for (const name of [reason, code]) {
    const key = `problem.${name}`;
    // The bare code says less than the server's own sentence about it.
    if (name === 'CONFLICT' && message) return message;
    if (i18n.has(key)) return i18n.t(key);
  }
  return message || i18n.t('problem.UNEXPECTED');
}
