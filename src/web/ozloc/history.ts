import type { Store } from '../shared/store.js';
import type { Action } from './state/actions.js';
import { isOver } from './state/selectors.js';
import type { OzlocState } from './state/state.js';

/** In each entry of the tab's history, where it outlives F5 and storage that is refused. Holds nothing of the sale. */
interface Entry {
  /** Opened by a link for one sale. */
  sale: boolean;
  /** How many steps of the sale lie before it. */
  depth: number;
  /** Of the page's own entry and all its steps; any word. */
  id: string;
}

function entry(): Entry {
  const { ozloc } = (history.state ?? {}) as { ozloc?: Entry };
  return ozloc ?? { sale: false, depth: 0, id: String(Math.random()) };
}

function replace(next: Entry, address?: string): void {
  history.replaceState({ ozloc: next }, '', address);
}

/** Puts the cleaned address into the bar. `sale`: this entry was opened by a link for one sale. */
export function cleanEntry(address: string, sale: boolean): void {
  replace({ ...entry(), ...(sale && { sale }) }, address);
}

/** Whether this entry was opened by a link for one sale, now or before it was loaded anew, and its id. */
export function openedEntry(): Pick<Entry, 'sale' | 'id'> {
  return entry();
}

/** A step as it was left, and the place that it was about. */
type Step = Pick<OzlocState, 'view' | 'choice' | 'drawing' | 'drawFrom' | 'position'>;

function stepOf({ view, choice, drawing, drawFrom, position }: OzlocState): Step {
  return { view, choice, drawing, drawFrom, position };
}

/** Each step of the sale is an entry of the history, so that Back, a key or a gesture of the phone, is the step before and no loss, and Forward the one after. */
export function keepHistory(store: Store<OzlocState, Action>): void {
  let going = false;
  /** By depth. */
  const left = new Map<number, Step>();

  /** Brings the history to where the page is. */
  function follow(): void {
    const now = entry();
    const depth = depthOf(awaited(store.get()));
    if (going || depth === now.depth) return;
    if (depth > now.depth) {
      for (let next = now.depth + 1; next <= depth; next += 1)
        history.pushState({ ozloc: { ...now, depth: next } }, '');
      return;
    }
    // In a frame one step back may be one of the page around it.
    if (window.parent !== window) replace({ ...now, depth });
    else {
      going = true;
      history.go(depth - now.depth);
    }
  }

  /** Into the step that was left there, while it is about the same place. */
  function stepOnTo(depth: number): void {
    const state = store.get();
    const step = left.get(depth);
    if (step && depth > depthOf(state) && step.position === state.position && state.access === 'granted')
      store.dispatch({ type: 'sale.resumed', part: step });
  }

  addEventListener('popstate', () => {
    // A new ticket in the address: not a step of this sale.
    if (!history.state) return;
    const { depth } = entry();
    if (!going) {
      stepBackTo(store, depth);
      stepOnTo(depth);
    }
    going = false;
    follow();
  });
  store.subscribe((state, before) => {
    if (isOver(state)) left.clear();
    else if (depthOf(state) < depthOf(before) && !isOver(before)) left.set(depthOf(before), stepOf(before));
    if (state.view !== before.view || state.access !== before.access) follow();
  });
  follow();
}

/** What the page shows, or will once its token is given again: the history waits for it. */
function awaited(state: OzlocState): Pick<OzlocState, 'view' | 'drawFrom'> {
  return state.access === 'granted' ? state : (state.aside ?? state);
}

function depthOf({ view, drawFrom }: Pick<OzlocState, 'view' | 'drawFrom'>): number {
  if (view === 'list' || view === 'contract') return 0;
  return view === 'draw' && drawFrom === 'sale' ? 2 : 1;
}

/** What was sold stays on screen where the page came for that alone; a command under way is not left. */
function stepBackTo(store: Store<OzlocState, Action>, depth: number): void {
  while (depthOf(store.get()) > depth) {
    const { view } = store.get();
    const step = leaving(store.get());
    if (step) store.dispatch(step);
    if (store.get().view === view) return;
  }
}

/** What leaves the step that the page is at; null: nothing does. */
export function leaving({ view, contractFixed, mode }: OzlocState): Action | null {
  switch (view) {
    case 'draw':
      return { type: 'drawing.left' };
    case 'sale':
      return { type: 'sale.left' };
    case 'prospect':
      return { type: 'prospect.left' };
    case 'done':
    case 'prospect-done':
      return contractFixed || mode === 'relocate' ? null : { type: 'sale.restarted' };
    default:
      return null;
  }
}
