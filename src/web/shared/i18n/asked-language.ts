import { type Language, languageOf } from '../../../errors/sentences/sentence-for.js';
import type { PageConfig } from '../page-config.js';

/** The language that the page's address or the browser asks for, else the installation's. */
export function askedLanguage(config: PageConfig | null): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  return languageOf(asked === null ? [...navigator.languages, config?.language ?? 'pt'] : [asked]);
}
