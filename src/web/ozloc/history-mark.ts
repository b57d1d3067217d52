/** In the entry of the tab's history, where it outlives F5 and storage that is refused. Holds nothing of the sale. */
const MARK = 'ozloc-sale';

/** Puts the cleaned address into the bar. `sale`: this entry was opened by a link for one sale. */
export function cleanEntry(address: string, sale: boolean): void {
  history.replaceState(sale ? MARK : history.state, '', address);
}

/** True where this entry was opened by a link for one sale, now or before it was loaded anew. */
export function isSaleEntry(): boolean {
  return history.state === MARK;
}
