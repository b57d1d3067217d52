/**
 * One write towards OZmap, described but not yet sent. The OZmap client makes it, the journal sends it after its intent is durable:
 * a resource method that writes returns a `Write`, so that there is no way to write past `journal.record`.
 */
export interface Write<T> {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** Path and query under the API root, without secrets, e.g. `properties/64c1…`. */
  readonly path: string;
  /**
   * Sends it once. Never re-sent on any failure. `canStillSend` is asked once, when the connection stands and right before the first byte
   * leaves: waiting for a place among the requests under way, connecting, or a stopped process may have taken any time.
   * Errors: WriteTooLateError (surely not sent) · UPSTREAM_REFUSED (read and rejected, nothing changed) · UPSTREAM_UNAVAILABLE (surely not sent) ·
   * UPSTREAM_OUTCOME_UNKNOWN (sent, no usable answer) · UNAUTHENTICATED · FORBIDDEN.
   */
  send(canStillSend?: () => boolean): Promise<Sent<T>>;
}

/** `canStillSend` said no: nothing was sent. Never leaves the engine, which declares the write anew. */
export class WriteTooLateError extends Error {}

/** What came of a write that OZmap acknowledged. */
export interface Sent<T> {
  readonly status: number;
  readonly value: T;
}
