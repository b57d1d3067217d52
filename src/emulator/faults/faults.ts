import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/**
 * A fault for tests and demos.
 *
 * - `delay`: answers `delayMs` later.
 * - `status`: answers `status` (503 unless given) with `Retry-After` when `retryAfterS` is given; nothing takes effect. `text` makes the
 *   answer that plain text instead of `{ message }`.
 * - `reset-before`: the connection is reset, nothing takes effect.
 * - `reset-after`: the request takes effect, then the connection is reset instead of an answer.
 * - `late`: the connection is reset at once, the request takes effect `lateMs` later. Dropped when the emulator stops before.
 */
export const faultRequest = z.strictObject({
  match: z
    .strictObject({
      method: z.string().optional(),
      /** A regular expression over path and query, e.g. `^/api/v2/properties`. */
      path: z.string().refine(isPattern, 'not a regular expression').optional(),
      /** Only the nth matching request, counted from 1 since the fault was set. */
      nth: z.number().int().positive().optional(),
    })
    .default({}),
  fault: z.enum(['delay', 'status', 'reset-before', 'reset-after', 'late']),
  status: z.number().int().min(400).max(599).default(503),
  text: z.string().optional(),
  delayMs: z.number().min(0).max(600_000).default(1_000),
  lateMs: z.number().min(0).max(600_000).default(1_000),
  /** How often it strikes: once with `nth`, else until it is taken away. */
  times: z.number().int().positive().optional(),
  retryAfterS: z.number().min(0).optional(),
});

/** A fault as it was set. */
export type FaultRequest = z.output<typeof faultRequest>;

/** A fault with what it has met so far. */
export interface Fault extends FaultRequest {
  id: number;
  matched: number;
  struck: number;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** The faults that are set, and the waiting they cause. */
export class FaultBox {
  private faults: Fault[] = [];
  private lastId = 0;
  private readonly stopping = new AbortController();

  set(request: FaultRequest): Fault {
    this.lastId += 1;
    const fault = { ...request, id: this.lastId, matched: 0, struck: 0 };
    this.faults.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.faults;
  }

  clear(): void {
    this.faults = [];
  }

  /** The fault that strikes this request, if any: the one set first. Every fault that matches counts the request. */
  strike(method: string, url: string): Fault | undefined {
    let striking: Fault | undefined;
    for (const fault of this.faults) {
      const { match } = fault;
      if (match.method !== undefined && match.method.toUpperCase() !== method) continue;
      if (match.path !== undefined && !new RegExp(match.path).test(url)) continue;
      fault.matched += 1;
      if (striking || fault.struck >= timesOf(fault)) continue;
      if (match.nth === undefined || fault.matched >= match.nth) striking = fault;
    }
    if (striking) striking.struck += 1;
    return striking;
  }

  /** Waits; false when the emulator stopped meanwhile. */
  wait(ms: number): Promise<boolean> {
    return sleep(ms, true, { signal: this.stopping.signal }).catch(() => false);
  }

  /** Ends all waiting. */
  stop(): void {
    this.stopping.abort();
  }
}

function timesOf({ times, match }: Fault): number {
  return times ?? (match.nth === undefined ? Number.POSITIVE_INFINITY : 1);
}

/** One request to the API, in order of arrival. */
export interface LoggedRequest {
  method: string;
  /** With the query. */
  path: string;
  /** The user name behind the token; null when there was none, or an unknown one. */
  token: string | null;
  /** Null while it runs, and for a connection that was reset. */
  status: number | null;
}

/** More than any test counts; the oldest make room. */
const MAX_ENTRIES = 20_000;

/** The API requests since it was cleared, for tests that count. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  /** All since it was cleared, also those that made room. */
  total = 0;

  add(method: string, path: string): LoggedRequest {
    const entry: LoggedRequest = { method, path, token: null, status: null };
    this.total += 1;
    this.entries.push(entry);
    if (this.entries.length > MAX_ENTRIES) this.entries = this.entries.slice(-MAX_ENTRIES / 2);
    return entry;
  }

  list(): readonly LoggedRequest[] {
    return this.entries;
  }

  clear(): void {
    this.total = 0;
    this.entries = [];
  }
}
