import type { Sentences } from '../../../errors/sentences/pt.js';
import { type Failure, type Language, languageOf, sentenceOf } from '../../../errors/sentences/sentence-for.js';
import { metresIn } from '../../../sketch/words.js';
import type { PageConfig } from '../page-config.js';
import type { Catalogue, Key } from './pt.js';

export type { Catalogue, Key, Language };

/** Keys that come in a singular and a plural form, without their ending. */
type PluralOf<K> = K extends `${infer Stem}_one` ? Stem : never;

/** A page fetches the one language that it speaks. */
const LANGUAGES: Readonly<Record<Language, () => Promise<{ catalogue: Catalogue; sentences: Sentences }>>> = {
  pt: () => import('./pt.js').then(({ pt, sentences }) => ({ catalogue: pt, sentences })),
  en: () => import('./en.js').then(({ en, sentences }) => ({ catalogue: en, sentences })),
};

/** Speaks one language: sentences, numbers, distances. `K`: of the sentences that all pages share, and of the page's own. */
export interface I18n<K extends string = Key> {
  readonly language: Language;
  /** For `lang` attributes and Intl. */
  readonly locale: string;
  t(key: K, values?: Record<string, string | number>): string;
  /** Singular or plural, with `{count}`. */
  plural(stem: PluralOf<K>, count: number, values?: Record<string, string | number>): string;
  /** `34 m`, `8,5 m` below ten. */
  metres(value: number): string;
  /** The sentence of a key that is put together; undefined where there is none. */
  find(key: string): string | undefined;
  /** Takes in sentences that come later than the page. */
  learn(more: Readonly<Record<string, string>>): void;
  /** What the server says too for this failure; null for one that it does not know. */
  sentence(failure: Failure): string | null;
}

/** `own`: what only this page says. Errors: throws when the language cannot be fetched. */
export async function loadI18n<Own extends string = never>(
  language: Language,
  own?: Promise<Readonly<Record<Own, string>>>,
): Promise<I18n<Key | Own>> {
  const [{ catalogue: shared, sentences }, more] = await Promise.all([LANGUAGES[language](), own]);
  const catalogue: Record<string, string> = { ...shared, ...more };
  const locale = language === 'pt' ? 'pt-BR' : 'en';
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const t = (key: string, values?: Record<string, string | number>) => fill(catalogue[key] ?? '', values);
  return {
    language,
    locale,
    t,
    plural: (stem, count, values) =>
      // Not Intl.PluralRules: it holds that Brazilians say “0 poste”.
      t(`${stem}_${count === 1 ? 'one' : 'other'}`, { count: whole.format(count), ...values }),
    metres: metresIn(locale),
    learn: (later) => void Object.assign(catalogue, later),
    find: (key) => (Object.hasOwn(catalogue, key) ? catalogue[key] : undefined),
    sentence: (failure) => sentenceOf(sentences, failure),
  };
}

/** The sentence with `{names}` replaced by their values. */
function fill(sentence: string, values: Record<string, string | number> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The language that the page's address or the browser asks for, else the installation's. */
export function askedLanguage(config: PageConfig | null): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  return languageOf(asked === null ? [...navigator.languages, config?.language ?? 'pt'] : [asked]);
}

interface Told extends Omit<Failure, 'details'> {
  message: string | null;
  /** OZmap's own answer comes as the one named `ozmap`. */
  details?: readonly (NonNullable<Failure['details']>[number] & { value: string | null })[];
}

/** A refusal or failure in words: OZmap's own where it gave them, else the sentence shared with the server, else this page's own, else what the server said. */
export function troubleText(i18n: I18n, { code, reason, message, details = [] }: Told): string {
  const answer = details.find(({ field }) => field === 'ozmap')?.value;
  if (code === 'UPSTREAM_REFUSED' && answer) return i18n.t('problem.UPSTREAM_REFUSED.answer', { answer });
  const ours = i18n.sentence({ code, reason, details }) ?? i18n.find(`problem.${code}`);
  return ours ?? (message || i18n.t('problem.UNEXPECTED'));
}
