import type { Lane } from './fair-queue.js';

/** How many requests may be sent, over all processes. */
export interface Allowance {
  /** True: one may be sent now, and is counted. False: `again` will be called when that may have changed. */
  take(lane: Lane, again: () => void): boolean;
  /** Counts one that is sent whatever is left. */
  note(): void;
  /** From now on it is counted where all processes count. */
  countIn(draw: DrawRequests): void;
}

/** What of an allowance all processes draw from, filled again all the time. */
interface Bucket {
  size: number;
  perSecond: number;
}

/** Takes up to `count` requests out of the bucket, as long as `reserve` stays in it. Answers how many, and how many are left. */
export type DrawRequests = (
  bucket: Bucket,
  count: number,
  reserve: number,
) => Promise<{ granted: number; left: number }>;

/** Nothing is counted. */
export const UNLIMITED: Allowance = { take: () => true, note: () => {}, countIn: () => {} };

/** Requests of so long are drawn at once, and what is not sent within it is given up: a draw is a statement, a request is none. */
const DRAWN_S = 1;
/** What may be sent in one go after a calm time, of a minute's requests. */
const BURST = 1 / 12;
const RETRY_AT_LEAST_MS = 50;

/**
 * `perMinute` requests in any minute at most. While the place where all processes count is away, this one counts for itself. Half of what may
 * be sent in one go is kept for sellers.
 */
export function createAllowance(perMinute: number): Allowance {
  const size = Math.max(1, Math.floor(perMinute * BURST));
  // Together with a full bucket and a draw that is spent late, never more than `perMinute` in 60 s.
  const bucket = { size, perSecond: (perMinute - size) / (60 + 2 * DRAWN_S) };
  const alone = createBucket();
  const asking = new Set<'sellers' | 'others'>();
  let draw: DrawRequests = alone;
  let held = 0;
  let heldUntil = 0;

  const ask = async (who: 'sellers' | 'others', again: () => void): Promise<void> => {
    asking.add(who);
    const count = Math.max(1, Math.floor(bucket.perSecond * DRAWN_S));
    const reserve = who === 'sellers' ? 0 : Math.floor(bucket.size / 2);
    const { granted, left } = await inTime(draw(bucket, count, reserve)).catch(() => alone(bucket, count, reserve));
    if (performance.now() > heldUntil) held = Math.min(0, held);
    held += granted;
    heldUntil = performance.now() + DRAWN_S * 1_000;
    const waitMs = granted > 0 ? 0 : Math.max(RETRY_AT_LEAST_MS, ((reserve + 1 - left) / bucket.perSecond) * 1_000);
    const done = (): void => {
      asking.delete(who);
      again();
    };
    if (waitMs === 0) done();
    else setTimeout(done, Math.min(waitMs, DRAWN_S * 1_000)).unref();
  };

  return {
    take: (lane, again) => {
      if (held >= 1 && performance.now() <= heldUntil) {
        held -= 1;
        return true;
      }
      const who = lane === 'sellers' ? 'sellers' : 'others';
      if (!asking.has(who)) void ask(who, again);
      return false;
    },
    note: () => {
      held -= 1;
    },
    countIn: (shared) => {
      draw = shared;
    },
  };
}

/** Errors: what the promise ends with · too late. */
async function inTime<T>(promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('too late')), DRAWN_S * 1_000).unref();
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}

/** A bucket of this process alone. */
function createBucket(): DrawRequests {
  let level: number | null = null;
  let filledAt = performance.now();
  return async ({ size, perSecond }, count, reserve) => {
    const now = performance.now();
    const full = Math.min(size, (level ?? size) + ((now - filledAt) / 1_000) * perSecond);
    const granted = Math.max(0, Math.min(count, Math.floor(full - reserve)));
    level = full - granted;
    filledAt = now;
    return { granted, left: level };
  };
}
