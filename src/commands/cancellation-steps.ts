import type { CancellationSnapshot } from '../domain/cancellation.js';
import { hasCancellationMark, withCancellationMark } from '../domain/cancellation-mark.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import type { Look, OperationContext } from '../saga/command.js';
import { findClientById, findHomeById } from './kit/contract.js';
import { unexpected } from './kit/read-back.js';
import type { Session } from './session.js';

/** A cancellation that was decided, by ids. */
export interface Cancellation {
  snapshot: CancellationSnapshot;
  disconnects: boolean;
  /** As just read; absent in a resumed run, which reads by the snapshot's ids. */
  found?: Found;
}
interface Found {
  client: FtthClient | null;
  home: Property | null;
}

/**
 * Mark, disconnect, delete: each only while it is still to be done, so that it may be called again after any failure. The client goes last: as
 * long as it is there, even a caller without our memory can repeat the cancellation by its code. Returns the home that stays.
 */
export async function carryOutCancellation(
  session: Session,
  operation: OperationContext,
  cancellation: Cancellation,
): Promise<Property | null> {
  const { ozmap } = session;
  const { snapshot, disconnects } = cancellation;
  const { client, home } = cancellation.found ?? (await readFound(session, snapshot));
  if (home && isOurs(home, snapshot)) {
    if (!hasCancellationMark(home.observation, snapshot.code)) {
      const observation = withCancellationMark(home.observation, snapshot.code, session.now());
      await operation.step('property.mark', ozmap.updateProperty(home.id, { observation }));
    }
    if (disconnects) await disconnect(session, operation, home);
  }
  if (client) await operation.step('client.delete', ozmap.deleteClient(client.id));

  const after = await readFound(session, snapshot);
  const faults = faultsOf(after, snapshot, disconnects);
  if (faults.length > 0) throw unexpected(faults);
  return after.home;
}

/** Is it done, begun, or not yet touched? Two reads. */
export async function lookAtCancellation(
  session: Session,
  { snapshot, disconnects }: Cancellation,
): Promise<Look<Property | null>> {
  const found = await readFound(session, snapshot);
  if (faultsOf(found, snapshot, disconnects).length === 0) return { seen: 'applied', outcome: found.home };
  const marked = found.home !== null && hasCancellationMark(found.home.observation, snapshot.code);
  return { seen: found.client && !marked ? 'absent' : 'partly' };
}

async function readFound({ ozmap }: Session, snapshot: CancellationSnapshot): Promise<Found> {
  const [client, home] = await Promise.all([
    findClientById(ozmap, snapshot.clientId),
    snapshot.propertyId === null ? null : findHomeById(ozmap, snapshot.propertyId),
  ]);
  return { client, home };
}

/** Not sold again in the meantime. */
function isOurs(home: Property, snapshot: CancellationSnapshot): boolean {
  return home.clientId === null || home.clientId === snapshot.clientId;
}

/** A flat may hang on its building without a drop of its own: then its fibre is taken off. */
async function disconnect({ ozmap }: Session, operation: OperationContext, home: Property): Promise<void> {
  if (home.connections.length === 0) return;
  if (home.dropId !== null) {
    await operation.step('drop.disconnect', ozmap.disconnectDrop(home.dropId));
    return;
  }
  for (const { id, fiberId } of home.connections) {
    if (fiberId !== null) await operation.step('port.disconnect', ozmap.disconnectFiber(id, fiberId));
  }
}

function faultsOf({ client, home }: Found, snapshot: CancellationSnapshot, disconnects: boolean): string[] {
  if (client) return ['client'];
  if (snapshot.propertyId === null) return [];
  if (!home) return ['property'];
  if (!isOurs(home, snapshot)) return [];
  const connected = home.connections.length > 0;
  return [
    ...(hasCancellationMark(home.observation, snapshot.code) ? [] : ['observation']),
    ...(disconnects && connected ? ['connection'] : []),
    ...(!disconnects && snapshot.connection !== null && !connected ? ['connection'] : []),
  ];
}
