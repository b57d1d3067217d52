import { z } from 'zod';
import type { OperationAction } from '../domain/operation.js';
import { AppError, type ErrorCode } from '../errors/app-error.js';
import { backoff, type ScheduledWork } from '../saga/scheduled.js';

const HOUR_MS = 3_600_000;
const MAX_PAUSE_MS = 6 * HOUR_MS;
/** About a day and a half. What OZmap refuses for so long, it refuses for good. */
const MAX_ATTEMPTS = 16;

/** Of an extension or a transfer: when the reservation expires, ISO 8601. */
const EXPIRING = z.object({ expiresAt: z.string().nullable() });

/** What ends a reservation, begins another one, or goes on with its time. */
const ENDINGS: ReadonlySet<OperationAction> = new Set([
  'port.reserve',
  'reservation.withdraw',
  'client.activate',
  'client.cancel',
  'client.transfer',
  'reservation.extend',
]);
/** After these nothing is left to withdraw, or nothing that is ours. */
const SETTLED: ReadonlySet<ErrorCode> = new Set(['NOT_FOUND', 'CONFLICT', 'BAD_USER_INPUT']);
/** These say nothing about the reservation: OZmap or the journal is away. */
const AWAY: ReadonlySet<ErrorCode> = new Set(['UPSTREAM_UNAVAILABLE', 'JOURNAL_UNAVAILABLE']);
/** Another command is at work on the contract. */
const BUSY: ReadonlySet<string> = new Set(['BUSY', 'IN_PROGRESS']);

/**
 * Withdraws reservations made here that nothing has ended within `ttlHours`, or at the time that they were extended to: of the client that was made,
 * never another one under the same code. `ttlHours` 0: only those that were extended. `firstPauseMs`: before the second attempt; doubles up
 * to six hours.
 */
export function expireReservations({
  ttlHours,
  warningHours = 0,
  firstPauseMs = 10_000,
}: {
  ttlHours: number;
  warningHours?: number;
  firstPauseMs?: number;
}): ScheduledWork {
  const pause = (attempts: number) => backoff(attempts, { firstMs: firstPauseMs, maxMs: MAX_PAUSE_MS });
  return {
    after: ['port.reserve', 'reservation.extend', 'client.transfer'],
    warnsBeforeMs: warningHours * HOUR_MS,
    due(action, outcome) {
      if (action === 'port.reserve') return ttlHours > 0 ? { inMs: ttlHours * HOUR_MS } : null;
      const { expiresAt = null } = EXPIRING.safeParse(outcome).data ?? {};
      return expiresAt === null ? null : { at: new Date(expiresAt) };
    },
    next({ contractCode, madeId }, since) {
      if (contractCode === null || madeId === null || since.some((action) => ENDINGS.has(action))) return null;
      return { action: 'reservation.withdraw', input: { contractCode, onlyClientId: madeId } };
    },
    afterFailure(error, attempts) {
      const { code, reason } = error instanceof AppError ? error : { code: null, reason: undefined };
      const busy = reason !== undefined && BUSY.has(reason);
      if (busy || (code !== null && AWAY.has(code))) return { inMs: pause(1), counts: false };
      if (code !== null && SETTLED.has(code)) return 'settled';
      return attempts >= MAX_ATTEMPTS ? 'given up' : { inMs: pause(attempts) };
    },
  };
}
