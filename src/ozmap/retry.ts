import { setTimeout as sleep } from 'node:timers/promises';
import { type Incoming, TransportFailure } from './http.js';

/** A status, or why there was no answer. */
type Trouble = number | TransportFailure['kind'];

/**
 * After which trouble a read is asked how often in all. Of reads only, for ever: a write whose answer was lost may have happened.
 * 501 is in no line: it means that the route does not exist.
 */
const READ_RETRIES: readonly { on: readonly Trouble[]; tries: number }[] = [
  { on: ['network'], tries: 3 }, // a kept connection that OZmap closed, a reset, half a body
  { on: ['connect'], tries: 2 }, // OZmap restarts; when it is away for long, say so soon
  { on: ['timeout'], tries: 2 }, // the first may have warmed its caches; a third would make the caller wait too long
  { on: [408, 425, 429, 502, 503, 504], tries: 4 },
  { on: [500], tries: 2 },
];

/** First back-off; doubled each time, and spread over 50–100 % of itself so that callers do not come back in step. */
const BASE_DELAY_MS = 150;
const MAX_DELAY_MS = 2_000;

/**
 * Runs one attempt at a read after another by the table, and gives back the last answer or throws the last failure.
 *
 * `attempt` is called again only after the wait, so that no slot of the queue is held while waiting. `patienceMs`: how long whoever asks
 * can wait, when OZmap says for how long.
 */
export async function withRetries(
  attempt: () => Promise<Incoming>,
  options: { signals: readonly AbortSignal[]; patienceMs: () => number; now: () => Date },
): Promise<Incoming> {
  for (let tried = 1; ; tried += 1) {
    const result = await attempt().catch((error: unknown) => {
      if (error instanceof TransportFailure) return error;
      throw error;
    });
    const failed = result instanceof TransportFailure;
    const [trouble, retryAfter] = failed ? [result.kind, null] : [result.status, result.retryAfter];
    const wait = tried < triesFor(trouble) ? delayMs(tried, retryAfter, options) : null;
    if (wait === null) {
      if (failed) throw result;
      return result;
    }
    await sleep(wait, undefined, { signal: AbortSignal.any([...options.signals]) }).catch(() => {
      throw new TransportFailure('stopped', true, 'the client is stopping');
    });
  }
}

/** How often to ask in all; 1 where the table has no line. */
function triesFor(trouble: Trouble): number {
  return READ_RETRIES.find(({ on }) => on.includes(trouble))?.tries ?? 1;
}

/** Null: not worth the wait. */
function delayMs(
  tried: number,
  retryAfter: string | null,
  { patienceMs, now }: { patienceMs: () => number; now: () => Date },
): number | null {
  const asked = retryAfterMs(retryAfter, now());
  if (asked !== null) return asked < patienceMs() ? asked : null;
  const full = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (tried - 1));
  return full / 2 + Math.random() * (full / 2);
}

/** Seconds, or an HTTP date; null when absent or unreadable. */
export function retryAfterMs(header: string | null, now: Date): number | null {
  if (header === null) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
