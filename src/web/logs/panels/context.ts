import type { PageConfig } from '../../shared/page-config.js';
import { createPageContext, type Store, useStore } from '../../shared/store.js';
import type { Effects } from '../effects/effects.js';
import type { Filters } from '../state/filters.js';
import type { Action, LogsState } from '../state/state.js';
import type { Words } from '../words/words.js';

/** What every part of the page works with. */
export interface Page {
  store: Store<LogsState, Action>;
  effects: Effects;
  words: Words;
  config: PageConfig;
  giveToken(token: string): void;
  /** Searches, and writes the filters into the address. */
  search(filters: Filters): void;
}

export const { PageProvider, usePage } = createPageContext<Page>();

/** The page and its state. */
export function useLogs(): Page & { state: LogsState } {
  const page = usePage();
  return { ...page, state: useStore(page.store) };
}
