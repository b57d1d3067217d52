import { sameConnections } from '../../domain/connection.js';
import type { FtthClient, Property } from '../../ozmap/types.js';
import type { OperationContext } from '../../saga/command.js';
import type { Session } from '../session.js';
import { findClientById, findHomeById } from './contract.js';
import { unexpected } from './read-back.js';

/**
 * Takes a client out of a home that stays: drop and port as they were before, off the port again where the reservation had put it there. The
 * client goes last: as long as it is there nobody else moves in, and loses the port to us.
 *
 * Errors: UPSTREAM_UNEXPECTED_EFFECT (the home is gone, or changed, or the client is still there).
 */
export async function detachClient(
  { ozmap }: Session,
  operation: OperationContext,
  what: { client: FtthClient | null; home: Property | null; disconnects: boolean },
): Promise<void> {
  const { client, home, disconnects } = what;
  if (disconnects && home?.dropId && home.connections.length > 0) {
    await operation.step('drop.disconnect', ozmap.disconnectDrop(home.dropId));
  }
  if (client) await operation.step('client.withdraw', ozmap.deleteClient(client.id));
  const [stray, after] = await Promise.all([
    client ? findClientById(ozmap, client.id) : null,
    home ? findHomeById(ozmap, home.id) : null,
  ]);
  if (stray) throw unexpected(['client']);
  if (!home) return;
  if (!after) throw unexpected(['property']);
  if (!disconnects && !sameConnections(home, after)) throw unexpected(['connection']);
}
