import { ConflictError } from '../errors/app-error.js';
import type { CancellationSnapshot } from './cancellation.js';

interface Home {
  connections: readonly { id: string; port: number | null }[];
}

/** Errors: CONFLICT UNDO_EXPIRED with the window in hours. */
export function assertUndoInTime(cancelledAt: Date, now: Date, windowHours: number): void {
  const passedHours = (now.getTime() - cancelledAt.getTime()) / 3_600_000;
  if (passedHours <= windowHours) return;
  throw new ConflictError('UNDO_EXPIRED', 'the cancellation is too long ago to be undone', [
    { field: 'hours', limit: windowHours, actual: Math.round(passedHours * 10) / 10 },
  ]);
}

/**
 * How the kept home gets back to the port it had: `kept`, it is still on it; `reconnect`, it is on none and must be put back.
 *
 * Errors: CONFLICT PORT_NO_LONGER_FREE (the home is on another port by now, or somebody else is on its own).
 */
export function connectionToRestore(
  before: CancellationSnapshot['connection'],
  home: Home,
  holderOfPort: 'nobody' | 'somebody' | 'unknown',
): 'kept' | 'reconnect' {
  const [now] = home.connections;
  if (before === null || (now && now.id === before.equipmentId && now.port === before.port)) return 'kept';
  if (!now && holderOfPort !== 'somebody') return 'reconnect';
  throw new ConflictError('PORT_NO_LONGER_FREE', 'the port that the client had is not free any more', [
    { field: 'equipmentId', value: before.equipmentId },
    ...(before.port === null ? [] : [{ field: 'port', value: String(before.port) }]),
  ]);
}
