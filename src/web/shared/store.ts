import { createContext, type Provider } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

/** Holds one state, changed only by actions through a pure reducer. */
export interface Store<State, Action> {
  get(): State;
  dispatch(action: Action): void;
  /** Called after every change; returns how to stop that. */
  subscribe(listener: (state: State, before: State) => void): () => void;
}

/** A store over `reduce`. An action that changes nothing (the same object comes back) tells nobody. */
export function createStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  initial: State,
): Store<State, Action> {
  let state = initial;
  const listeners = new Set<(state: State, before: State) => void>();
  return {
    get: () => state,
    dispatch(action) {
      const before = state;
      state = reduce(state, action);
      if (state === before) return;
      for (const listener of [...listeners]) listener(state, before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The store's state, drawn again whenever it changes. */
export function useStore<State, Action>(store: Store<State, Action>): State {
  const [state, setState] = useState(store.get());
  useEffect(() => {
    setState(store.get());
    return store.subscribe(setState);
  }, [store]);
  return state;
}

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
