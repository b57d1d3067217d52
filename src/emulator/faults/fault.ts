import { z } from 'zod';

/**
 * A fault for tests and demos.
 *
 * - `delay`: answers `delayMs` later.
 * - `status`: answers `status` (503 unless given) with `Retry-After` when `retryAfterS` is given; nothing takes effect.
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
