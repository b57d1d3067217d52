import { ConflictError } from '../errors/app-error.js';
import type { WarningCode } from './operation.js';

interface Implantable {
  implanted: boolean;
}

/** What an activation should make people look at: no home at all, or homes of which none hangs on a port. */
export function activationWarnings(homes: readonly { connections: readonly unknown[] }[]): WarningCode[] {
  if (homes.length === 0) return ['NO_PROPERTY'];
  return homes.some((home) => home.connections.length > 0) ? [] : ['DROP_DISCONNECTED'];
}

/**
 * May the contract be cancelled? Only CNT knows whether it was active; OZmap knows what reached it.
 *
 * Errors: CONFLICT NOT_ACTIVE.
 */
export function assertMayCancel(client: Implantable, contractWasActive: boolean): WarningCode[] {
  if (client.implanted) return [];
  if (contractWasActive) return ['NOT_IMPLANTED_IN_OZMAP'];
  throw new ConflictError(
    'NOT_ACTIVE',
    'OZmap holds this client as not implanted: set contractWasActive if CNT knows the contract as active; a withdrawal instead deletes the home with its drop',
    [{ field: 'implanted', value: 'false' }],
  );
}

/** May the reservation be withdrawn? Errors: CONFLICT ALREADY_ACTIVE. */
export function assertMayWithdraw(client: Implantable): void {
  if (client.implanted) throw alreadyActive();
}

/** The client is implanted: there is no reservation to withdraw any more. */
export function alreadyActive(): ConflictError {
  return new ConflictError('ALREADY_ACTIVE', 'the client is implanted: cancel the contract instead', [
    { field: 'implanted', value: 'true' },
  ]);
}

/** Moves and removals must know which home is meant. Errors: CONFLICT SEVERAL_PROPERTIES, listing them. */
export function assertOneHome<T extends { id: string }>(homes: readonly T[]): T | null {
  if (homes.length <= 1) return homes[0] ?? null;
  throw new ConflictError('SEVERAL_PROPERTIES', 'the client has several properties', listed('property', homes));
}

/** One client for a code, or none. Errors: CONFLICT CODE_AMBIGUOUS, listing them. */
export function assertOneClient<T extends { id: string }>(clients: readonly T[]): T | null {
  if (clients.length <= 1) return clients[0] ?? null;
  throw new ConflictError('CODE_AMBIGUOUS', 'several clients carry this code', listed('client', clients));
}

function listed(field: string, found: readonly { id: string }[]) {
  return found.map(({ id }) => ({ field, value: id }));
}

/** The home to show of several: the one last changed. */
export function lastChanged<T extends { id: string; createdAt: string | null; updatedAt: string | null }>(
  homes: readonly T[],
): T | null {
  const when = (home: T) => home.updatedAt ?? home.createdAt ?? '';
  return homes.reduce<T | null>((best, home) => {
    if (best === null) return home;
    const newer = when(home) === when(best) ? home.id > best.id : when(home) > when(best);
    return newer ? home : best;
  }, null);
}

/** What a withdrawal does with the home: DELETE it with client and drop, or DETACH the client and leave the home as it was before. */
export const HOME_FATES = ['DELETE', 'DETACH'] as const;
export type HomeFate = (typeof HOME_FATES)[number];

/**
 * A reservation creates home and client in one call. A home this much older than its client was there before, and only taken over.
 * Milliseconds; small, because keeping a home too many is the lesser harm.
 */
const CREATED_TOGETHER_MS = 1_000;
/** The same where the journal knows that home and client were created in one call, however slow OZmap was over it. */
const CREATED_HERE_MS = 600_000;

/**
 * Does the home go with a withdrawn reservation? Not when it lived before this client: a flat that the journal does not know to be made by this
 * reservation, a home with earlier clients in its history, a home that the reservation took over. `tookOver` is what the journal knows; null when it does not know this reservation.
 */
export function homeFate(
  home: {
    buildingId: string | null;
    createdAt: string | null;
    history: readonly { clientId: string | null; code: string | null }[];
  },
  client: { id: string; code: string; createdAt: string | null },
  tookOver: boolean | null,
): HomeFate {
  if (home.buildingId !== null && tookOver !== false) return 'DETACH';
  if (home.history.some((entry) => isOther(entry, client))) return 'DETACH';
  if (tookOver) return 'DETACH';
  const toleratedMs = tookOver === false ? CREATED_HERE_MS : CREATED_TOGETHER_MS;
  return isOlder(home.createdAt, client.createdAt, toleratedMs) ? 'DETACH' : 'DELETE';
}

function isOther(
  entry: { clientId: string | null; code: string | null },
  client: { id: string; code: string },
): boolean {
  if (entry.clientId !== null) return entry.clientId !== client.id;
  return entry.code !== null && entry.code !== client.code;
}

function isOlder(home: string | null, client: string | null, toleratedMs: number): boolean {
  if (home === null || client === null) return false;
  return Date.parse(client) - Date.parse(home) > toleratedMs;
}

/** What becomes of a home that its client moves out of. MARK: it stays, with the contract in its observation. KEEP: it stays as it is. */
export const LEFT_HOME_FATES = ['MARK', 'KEEP', 'DELETE'] as const;

/** An active contract's home stays with a mark unless it is not to be kept, and a flat always; a reserved one's goes as in a withdrawal. */
export function leftHomeFate(
  home: Parameters<typeof homeFate>[0],
  client: Parameters<typeof homeFate>[1] & Implantable,
  keepsHome: boolean,
): (typeof LEFT_HOME_FATES)[number] {
  if (client.implanted) return keepsHome || home.buildingId !== null ? 'MARK' : 'DELETE';
  return homeFate(home, client, null) === 'DELETE' ? 'DELETE' : 'KEEP';
}

/** Somebody lives there who did not before. */
export function isTaken(home: { clientId: string | null }, clientId: string | null): boolean {
  return home.clientId !== null && home.clientId !== clientId;
}
