import type { Language } from '../../../errors/sentences/sentence-for.js';
import { en } from './en.js';
import { type Catalogue, type Key, pt } from './pt.js';

export type { Catalogue, Key, Language };

/** Keys that come in a singular and a plural form, without their ending. */
export type PluralKey = Key extends infer K ? (K extends `${infer Stem}_one` ? Stem : never) : never;

export const CATALOGUES: Readonly<Record<Language, Catalogue>> = { pt, en };

/** Speaks one language: sentences, numbers, distances. */
export interface I18n {
  readonly language: Language;
  /** For `lang` attributes and Intl. */
  readonly locale: string;
  t(key: Key, values?: Record<string, string | number>): string;
  /** Singular or plural, with `{count}`. */
  plural(stem: PluralKey, count: number, values?: Record<string, string | number>): string;
  /** `34 m`, `8,5 m` below ten. */
  metres(value: number): string;
  has(key: string): key is Key;
}

export function createI18n(language: Language): I18n {
  const catalogue = CATALOGUES[language];
  const locale = language === 'pt' ? 'pt-BR' : 'en';
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const t: I18n['t'] = (key, values) => fill(catalogue[key], values);
  return {
    language,
    locale,
    t,
    plural: (stem, count, values) =>
      // Not Intl.PluralRules: it holds that Brazilians say “0 poste”.
      t(`${stem}_${count === 1 ? 'one' : 'other'}` as Key, { count: whole.format(count), ...values }),
    metres: (value) => `${value < 9.95 ? fine.format(value) : whole.format(value)}\u00a0m`,
    has: (key): key is Key => Object.hasOwn(catalogue, key),
  };
}

/** The sentence with `{names}` replaced by their values. */
export function fill(sentence: string, values: Record<string, string | number> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
