import type { I18n } from './i18n.js';

/** A refusal or failure in words: by its reason, else its code, else what the server said. */
export function troubleText(
  i18n: I18n,
  trouble: { code: string; reason: string | null; message: string | null },
): string {
  const message = trouble.message ?? '';
  for (const name of [trouble.reason, trouble.code]) {
    const key = `problem.${name}`;
    // The bare code says less than the server's own sentence about it.
    if (name === 'CONFLICT' && message) return message;
    if (i18n.has(key)) return i18n.t(key, { message });
  }
  return message || i18n.t('problem.UNEXPECTED');
}
