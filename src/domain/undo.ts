import { ConflictError } from '../errors/app-error.js';
import type { CancellationSnapshot } from './cancellation-plan.js';
import type { Json, JsonObject } from './json.js';
import { losesPort, rivals } from './placement-check.js';
import type { Ports } from './ports.js';

type Home = Parameters<typeof losesPort>[0];

/** Errors: CONFLICT UNDO_EXPIRED with the window in hours. */
export function assertUndoInTime(cancelledAt: Date, now: Date, windowHours: number): void {
  const passedHours = (now.getTime() - cancelledAt.getTime()) / 3_600_000;
  if (passedHours <= windowHours) return;
  throw new ConflictError('UNDO_EXPIRED', 'the cancellation is too long ago to be undone', [
    { field: 'hours', limit: windowHours, actual: Math.round(passedHours * 10) / 10 },
  ]);
}

/**
 * How the kept home stands to the port it had: `kept`, it is on it; `free`, it is on none and may be put back; `lost`, somebody else is on its
 * port, or it is on another one by now. `splitter`: null when the equipment is none that OZmap lists; then only OZmap can tell.
 */
export function standingOfPort(
  { connection, boxId }: Pick<CancellationSnapshot, 'connection' | 'boxId'>,
  home: Home,
  neighbours: readonly Home[],
  splitter: Ports | null,
): 'kept' | 'free' | 'lost' {
  if (connection === null) return 'kept';
  const { equipmentId, port } = connection;
  const [now] = home.connections;
  const fiberId = port === null ? null : (splitter?.outputs[port - 1] ?? null);
  if (now) {
    const isOnIt = now.id === equipmentId && now.port === port;
    return isOnIt && !losesPort(home, rivals(home, neighbours), fiberId) ? 'kept' : 'lost';
  }
  const wasMoved = home.dropId !== null && home.boxId !== boxId;
  if (wasMoved || port === null) return 'lost';
  if (splitter === null) return 'free';
  return splitter.outputs[port - 1] === null && !splitter.blocked[port - 1] ? 'free' : 'lost';
}

/** The port that the client had is not to be had any more. */
export function portNoLongerFree(before: CancellationSnapshot['connection']): ConflictError {
  return new ConflictError('PORT_NO_LONGER_FREE', 'the port that the client had is not free any more', [
    ...(before === null ? [] : [{ field: 'equipmentId', value: before.equipmentId }]),
    ...(before?.port == null ? [] : [{ field: 'port', value: String(before.port) }]),
  ]);
}

/** What of a client that was made anew is not there, in the words of the fields. What somebody wrote since is no fault. */
export function missingFields(
  before: Pick<CancellationSnapshot, 'name' | 'observation' | 'implanted' | 'extras'>,
  now: { name: string | null; observation: string | null; implanted: boolean; extras: JsonObject },
): string[] {
  const fields = ({ name, observation, implanted, extras }: typeof now) => {
    return { name, observation, implanted, ...extras };
  };
  const [wanted, found]: JsonObject[] = [fields(before), fields(now)];
  return Object.keys(wanted ?? {}).filter((name) => lacks(wanted?.[name], found?.[name]));
}

function lacks(wanted: Json | undefined, found: Json | undefined): boolean {
  if (wanted === undefined || wanted === null || wanted === false || wanted === '') return false;
  if (found === undefined || found === null || found === false || found === '') return true;
  if (Array.isArray(wanted)) return Array.isArray(found) && wanted.some((item) => !found.includes(item));
  if (typeof wanted !== 'object' || typeof found !== 'object' || Array.isArray(found)) return false;
  return Object.keys(wanted).some((key) => lacks(wanted[key], found[key]));
}
