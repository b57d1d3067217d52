import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PageConfig } from '../../shared/page-config.js';
import type { Store } from '../../shared/store.js';
import { useStore } from '../../shared/use-store.js';
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

const PageContext = createContext<Page | null>(null);
export const PageProvider = PageContext.Provider;

/** The page without its state: no new drawing when that changes. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('outside of the page');
  return page;
}

/** The page and its state. */
export function useLogs(): Page & { state: LogsState } {
  const page = usePage();
  return { ...page, state: useStore(page.store) };
}
