import { type Failure, sentenceFor } from '../../../errors/sentences/sentence-for.js';
import type { I18n } from './i18n.js';

interface Told extends Omit<Failure, 'details'> {
  message: string | null;
  /** OZmap's own answer comes as the one named `ozmap`. */
  details?: readonly (NonNullable<Failure['details']>[number] & { value: string | null })[];
}

/** A refusal or failure in words: OZmap's own where it gave them, else the sentence shared with the server, else this page's own, else what the server said. */
export function troubleText(i18n: I18n, { code, reason, message, details = [] }: Told): string {
  const answer = details.find(({ field }) => field === 'ozmap')?.value;
  if (code === 'UPSTREAM_REFUSED' && answer) return i18n.t('problem.UPSTREAM_REFUSED.answer', { answer });
  const ours = `problem.${code}`;
  return (
    sentenceFor({ code, reason, details }, i18n.language) ??
    (i18n.has(ours) ? i18n.t(ours) : message || i18n.t('problem.UNEXPECTED'))
  );
}
