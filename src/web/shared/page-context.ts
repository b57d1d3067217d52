import { createContext, type Provider } from 'preact';
import { useContext } from 'preact/hooks';

/** Hands a page down to all its parts. `usePage` is the page without its state: no new drawing when that changes. */
export function createPageContext<Page>(): { PageProvider: Provider<Page | null>; usePage(): Page } {
  const context = createContext<Page | null>(null);
  return {
    PageProvider: context.Provider,
    usePage() {
      const page = useContext(context);
      if (!page) throw new Error('outside of the page');
      return page;
    },
  };
}
