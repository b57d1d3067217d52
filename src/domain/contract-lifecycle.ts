import { ConflictError } from '../errors/app-error.js';
import type { WarningCode } from './operation.js';

interface Implantable {
  implanted: boolean;
}
interface Home {
  connections: readonly unknown[];
}
interface Dated {
  id: string;
  createdAt: string | null;
  updatedAt: string | null;
}

/** What an activation should make people look at: no home at all, or homes of which none hangs on a port. */
export function activationWarnings(homes: readonly Home[]): WarningCode[] {
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
export function lastChanged<T extends Dated>(homes: readonly T[]): T | null {
  const when = (home: T) => home.updatedAt ?? home.createdAt ?? '';
  return homes.reduce<T | null>((best, home) => {
    if (best === null) return home;
    const newer = when(home) === when(best) ? home.id > best.id : when(home) > when(best);
    return newer ? home : best;
  }, null);
}
