import { createI18n, fill, type I18n, type Language } from '../../shared/i18n/i18n.js';
import { en } from './en.js';
import { pt } from './pt.js';

export type WordKey = keyof typeof pt;
type PluralStem = WordKey extends infer K ? (K extends `${infer Stem}_one` ? Stem : never) : never;

export const LOG_CATALOGUES: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { pt, en };

/** Speaks one language: the sentences of this page, and through `i18n` those that all pages share. */
export interface Words {
  readonly i18n: I18n;
  say(key: WordKey, values?: Record<string, string | number>): string;
  /** Singular or plural, with `{count}`. */
  plural(stem: PluralStem, count: number): string;
  has(key: string): key is WordKey;
}

export function createWords(language: Language): Words {
  const catalogue = LOG_CATALOGUES[language];
  const say: Words['say'] = (key, values) => fill(catalogue[key], values);
  return {
    i18n: createI18n(language),
    say,
    plural: (stem, count) => say(`${stem}_${count === 1 ? 'one' : 'other'}`, { count }),
    has: (key): key is WordKey => Object.hasOwn(catalogue, key),
  };
}
