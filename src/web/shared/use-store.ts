import { useEffect, useState } from 'preact/hooks';
import type { Store } from './store.js';

/** The store's state, drawn again whenever it changes. */
export function useStore<State, Action>(store: Store<State, Action>): State {
  const [state, setState] = useState(store.get());
  useEffect(() => {
    setState(store.get());
    return store.subscribe(setState);
  }, [store]);
  return state;
}
