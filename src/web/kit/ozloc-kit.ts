/** What the map page tells the page that opened or embedded it, by `postMessage`. */
export interface OzlocMessage {
  source: 'ozloc';
  /** Of this form; another one would be another version. */
  v: 1;
  /**
   * `ready`: the sale is open. `resized`: `heightPx` would show all of it. `reserved`, `relocated`, `prospect-created`: it was carried out.
   * `failed`: it was refused, and the seller may try again. `expired`: its time is over, and another link is needed. `closed`: the page goes;
   * a `ready` behind it means that it was only loaded anew.
   */
  type: 'ready' | 'resized' | 'reserved' | 'relocated' | 'prospect-created' | 'closed' | 'expired' | 'failed';
  /** As it was given to `createOzlocLink`. */
  state: string | null;
  contractCode: string | null;
  /** In the journal: `integrationOperation(id)`, `GET v1/operations/{id}`. */
  operationId: string | null;
  boxId: string | null;
  boxName: string | null;
  port: number | null;
  prospectId: string | null;
  /** Of `resized` only. */
  heightPx?: number;
}

/** How the map page is opened, and what to do with what it tells. */
export interface OzlocOpenOptions {
  /** From `createOzlocLink`; or a promise of it, so that the window opens within the click that asked for it. */
  link: string | Promise<string>;
  onReserved?(message: OzlocMessage): void;
  onRelocated?(message: OzlocMessage): void;
  onProspect?(message: OzlocMessage): void;
  /** Once, when the window is gone, whoever closed it. */
  onClose?(): void;
  /** Every message, those above included. */
  onMessage?(message: OzlocMessage): void;
}

/**
 * The map page in a frame. Each message is an event of the element: `ozloc-reserved`, `ozloc-closed` …, with the message as its `detail`.
 * Another `link` goes on with the same contract's sale, or begins another one.
 */
export interface OzlocMapElement extends HTMLElement {
  link: string;
}

declare global {
  /** From `{base}/ozloc.js`. */
  const Ozloc: {
    /** Opens the map page in a window of its own; where the browser allows none, in this one, which `returnUrl` leads back to. */
    open(options: OzlocOpenOptions): { close(): void };
  };
  interface HTMLElementTagNameMap {
    'ozloc-map': OzlocMapElement;
  }
}
