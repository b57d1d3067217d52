import type { ComponentChildren } from 'preact';
import type { GraphqlClient } from '../../shared/graphql-client.js';
import type { PageConfig } from '../../shared/page-config.js';
import { createPageContext, type Store, useStore } from '../../shared/store.js';
import type { Effects } from '../effects/effects.js';
import type { DeliveryFilters } from '../state/deliveries.js';
import type { Filters } from '../state/filters.js';
import type { Action, LogsState } from '../state/state.js';
import type { Words } from '../words/words.js';

/** What every part of the page works with. */
export interface Page {
  store: Store<LogsState, Action>;
  effects: Effects;
  words: Words;
  config: PageConfig;
  client: GraphqlClient;
  /** The token is of no more use. */
  tokenRefused(): void;
  giveToken(token: string): void;
  /** Searches, and writes the filters into the address. */
  search(filters: Filters): void;
  /** Shows what receivers were told, and writes that into the address. */
  showDeliveries(filters: DeliveryFilters): void;
}

export const { PageProvider, usePage } = createPageContext<Page>();

/** The page and its state. */
export function useLogs(): Page & { state: LogsState } {
  const page = usePage();
  return { ...page, state: useStore(page.store) };
}

/** A place of this page: followed here, because the token lives in this page alone; opened elsewhere like other links. */
export function PageLink(props: { href: string; current?: boolean; go(): void; children: ComponentChildren }) {
  const { href, current = false, go, children } = props;
  return (
    <a
      href={href}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go();
      }}
    >
      {children}
    </a>
  );
}
