import type { PageConfig } from '../page-config.js';
import { type Language, pickLanguage } from './i18n.js';

/** The language that the page's address or the browser asks for, else the installation's. */
export function askedLanguage(config: PageConfig | null): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  return pickLanguage(asked, [...navigator.languages, config?.language ?? 'pt']);
}
