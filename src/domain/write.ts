/** The key to sending a write. Who may import it is written in test/architecture: the saga engine, and the client of OZmap that makes writes. */
export const SEND: unique symbol = Symbol('send');

/**
 * One write towards OZmap, described but not yet sent. The OZmap client makes it, a saga declares it as a step, and the engine alone sends it,
 * once its intent is durable: nothing but `SEND` opens it.
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
  [SEND](canStillSend?: () => boolean): Promise<Sent<T>>;
}

/** `canStillSend` said no: nothing was sent. Never leaves the engine, which declares the write anew. */
export class WriteTooLateError extends Error {}

/** What came of a write that OZmap acknowledged. */
export interface Sent<T> {
  readonly status: number;
  readonly value: T;
}

/** The same write, whose answer is read further: `read` gets what OZmap answered. */
export function withAnswer<T, R>(write: Write<T>, read: (value: T) => R): Write<R> {
  const { method, path } = write;
  const send = async (canStillSend?: () => boolean) => {
    const { status, value } = await write[SEND](canStillSend);
    return { status, value: read(value) };
  };
  return { method, path, [SEND]: send };
}

/** The same write, whose outcome goes through `hear`, failures included. */
export function heardBy<T>(write: Write<T>, hear: (sent: Promise<Sent<T>>) => Promise<Sent<T>>): Write<T> {
  const { method, path } = write;
  return { method, path, [SEND]: (canStillSend) => hear(write[SEND](canStillSend)) };
}

export function isWrite(value: unknown): value is Write<unknown> {
  return typeof value === 'object' && value !== null && SEND in value;
}
