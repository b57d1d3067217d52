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
