import type { Key, I18n as Speech } from '../../shared/i18n/i18n.js';
import type { PageConfig } from '../../shared/page-config.js';
import { createPageContext, type Store, useStore } from '../../shared/store.js';
import type { Effects } from '../effects/effects.js';
import type { Action } from '../state/actions.js';
import type { OzlocState } from '../state/state.js';
import type { StepKey } from '../words/pt.js';

/** The sentences of all pages, and those that come with the steps behind the list. */
export type I18n = Speech<Key | StepKey>;

const WORDS: Readonly<Record<I18n['language'], () => Promise<{ words: Readonly<Record<string, string>> }>>> = {
  pt: () => import('../words/pt.js'),
  en: () => import('../words/en.js'),
};

/** Fetches what the page says beyond its first list. Errors: throws where it cannot be fetched. */
export async function learnWords(i18n: I18n): Promise<void> {
  i18n.learn((await WORDS[i18n.language]()).words);
}

/** The ways in. */
export interface Entry {
  /** A token that the user typed. */
  giveToken(token: string): void;
  /** A one-time ticket. False: it opens nothing. */
  giveTicket(ticket: string): Promise<boolean>;
  /** On with the sale that the page had when a ticket was of no use. */
  goOn(): void;
  /** The ticket that the page came with once more, after a failure that left it whole. */
  retry(): Promise<void>;
}

/** What every part of the page works with. */
export interface Page {
  store: Store<OzlocState, Action>;
  effects: Effects;
  entry: Entry;
  i18n: I18n;
  config: PageConfig;
}

export const { PageProvider, usePage } = createPageContext<Page>();

/** The page and its state. */
export function useOzloc(): Page & { state: OzlocState; dispatch: (action: Action) => void } {
  const page = usePage();
  const state = useStore(page.store);
  return { ...page, state, dispatch: page.store.dispatch };
}
