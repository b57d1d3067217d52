import { sameConnections } from '../../domain/connection.js';
import { type Facts, factFlag } from '../../domain/facts.js';
import { firstFreePort, portTaken } from '../../domain/port-choice.js';
import { BadUserInputError, ConflictError, NotFoundError, UpstreamRefusedError } from '../../errors/app-error.js';
import type { Look } from '../../journal/command.js';
import type { OperationContext } from '../../journal/journal.js';
import type { FtthClient, Property, PropertyPatch } from '../../ozmap/types.js';
import { findClient, findClientOf, findHomeById } from '../contract/contract.service.js';
import { unexpected } from '../placement/read-back.service.js';
import { explainRefusal } from '../placement/refused-write.service.js';
import type { Session } from '../session.js';
import type { TakenHome } from './asked.js';
import { assertCodeFree, firstThen } from './code-free.js';
import type { ReservationOutcome } from './reserve-port.command.js';

/**
 * A client-less home gets this contract's client; drop and port are the home's own. A home whose drop is on no port is connected in the same
 * write. Five requests.
 */
export async function takeOverHome(
  asked: TakenHome,
  session: Session,
  operation: OperationContext,
  facts: Facts,
): Promise<ReservationOutcome> {
  const { ozmap } = session;
  const earlier = factFlag(facts, 'sent') ? await findTaken(asked, session) : null;
  if (earlier) return earlier;

  const [, home] = await firstThen(assertCodeFree(ozmap, asked.code), findHomeById(ozmap, asked.propertyId));
  if (!home) throw new NotFoundError('propertyId', asked.propertyId);
  if (home.clientId !== null) throw occupied(home);
  operation.inProject(home.projectId);
  const connects = home.connections.length === 0;
  const target = await targetFor(asked, session, home);
  const patch: PropertyPatch = {
    client: asked.client,
    ...(connects ? (target ?? { autoConnect: true }) : {}),
  };
  operation.note({ sent: true, tookOver: true, propertyId: home.id, connectedHere: connects });
  await operation.step('property.takeOver', ozmap.updateProperty(home.id, patch)).catch(async (error: unknown) => {
    if (!(error instanceof UpstreamRefusedError)) throw error;
    // Somebody may have been quicker: a home with a client now says more than OZmap's refusal.
    const now = await findHomeById(ozmap, home.id);
    if (now && now.clientId !== null) throw occupied(now);
    throw await explainRefusal(session, error, { code: asked.code, boxId: connects ? home.boxId : null, target });
  });

  const after = await findHomeById(ozmap, home.id);
  const client = after && (await findClientOf(ozmap, after));
  if (after && client?.code === asked.code) {
    const kept = connects ? after.connections.length === 1 : sameConnections(home, after);
    if (kept && after.dropId === home.dropId && !client.implanted) return { client, property: after, warnings: [] };
    await operation.step('client.undo', ozmap.deleteClient(client.id));
    throw unexpected(kept ? ['drop'] : ['connection']);
  }
  // Another client sits there: ours, if it was made at all, is left without a home.
  const stray = await findClient(ozmap, asked.code);
  if (stray && !stray.implanted) await operation.step('client.undo', ozmap.deleteClient(stray.id));
  throw after?.clientId ? occupied(after) : unexpected(['client']);
}

/** Looks whether the home has our client. */
export async function lookForTakeOver(
  asked: TakenHome,
  session: Session,
  facts: Facts,
): Promise<Look<ReservationOutcome>> {
  const outcome = factFlag(facts, 'sent') ? await findTaken(asked, session) : null;
  return outcome ? { seen: 'applied', outcome } : { seen: 'absent' };
}

async function findTaken(asked: TakenHome, { ozmap }: Session): Promise<ReservationOutcome | null> {
  const home = await findHomeById(ozmap, asked.propertyId);
  const client: FtthClient | null = home && (await findClientOf(ozmap, home));
  return home && client?.code === asked.code ? { client, property: home, warnings: [] } : null;
}

/** The port for a home that is on none; null: OZmap chooses, or the home has its port already. Errors: BAD_USER_INPUT · CONFLICT PORT_TAKEN. */
async function targetFor(
  { splitterId, port }: TakenHome,
  { ozmap }: Session,
  home: Property,
): Promise<{ connectorId: string; port: number } | null> {
  const [connection] = home.connections;
  if (connection) {
    if (splitterId === null || (connection.id === splitterId && (port === null || connection.port === port)))
      return null;
    const details = [{ field: 'splitterId' }, { field: 'port' }];
    throw new BadUserInputError('the home hangs on another port: take it over first, then change the port', details);
  }
  if (home.dropId === null && home.buildingId === null) {
    const details = [{ field: 'propertyId' }];
    throw new BadUserInputError('the home has no drop to take over: reserve by box and location', details);
  }
  if (splitterId === null) return null;
  if (port !== null) return { connectorId: splitterId, port };
  const [splitter] = await ozmap.findSplittersByIds([splitterId]);
  const free = splitter ? firstFreePort(splitter) : null;
  if (free === null) throw portTaken(splitterId, null);
  return { connectorId: splitterId, port: free };
}

function occupied(home: Property): ConflictError {
  return new ConflictError('PROPERTY_OCCUPIED', 'the home has a client', [{ field: 'propertyId', value: home.id }]);
}
