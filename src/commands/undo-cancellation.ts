import type { CancellationSnapshot } from '../domain/cancellation.js';
import { hasCancellationMark, withoutLastCancellationMark } from '../domain/cancellation-mark.js';
import type { ContractCode } from '../domain/contract-code.js';
import { type Facts, factFlag } from '../domain/facts.js';
import { portStanding } from '../domain/port-choice.js';
import { assertUndoInTime, connectionToRestore } from '../domain/undo.js';
import type { WarningCode } from '../domain/warnings.js';
import { NotFoundError, UpstreamRefusedError } from '../errors/app-error.js';
import type { FtthClient, NewClient, Property, PropertyPatch } from '../ozmap/types.js';
import type { Command, OperationContext } from '../saga/command.js';
import { findClient, findClientOf, findHomeById } from './kit/contract.js';
import { unexpected } from './kit/read-back.js';
import { codeInUse, explainRefusal, occupied } from './kit/refused-write.js';
import type { Session } from './session.js';

/** Which cancellation to undo; the resolver takes all but the id from the cancelled operation in the journal. */
export type UndoCancellationCommandInput = {
  /** The operation that cancelled. */
  operationId: string;
  contractCode: ContractCode;
  /** ISO 8601. */
  cancelledAt: string;
  /** The fact `snapshot` that the cancellation noted. */
  snapshot: CancellationSnapshot;
};

/** The client as it is back. */
export interface UndoOutcome {
  client: FtthClient;
  warnings: WarningCode[];
}

/**
 * Restores client, code and connection of a cancelled contract in the home that was kept, and takes the mark out of its observation: one write.
 * The client gets a new id in OZmap.
 *
 * Errors: NOT_FOUND (the home is gone) · CONFLICT UNDO_EXPIRED, CODE_IN_USE, PROPERTY_OCCUPIED, PORT_NO_LONGER_FREE ·
 *         UPSTREAM_UNEXPECTED_EFFECT.
 */
export const undoCancellation: Command<Session, UndoCancellationCommandInput, UndoOutcome> = {
  action: 'cancellation.undo',
  queueable: false,

  async run({ snapshot, cancelledAt }, session, operation, facts) {
    const earlier = factFlag(facts, 'sent') ? await findRestored(session, snapshot) : null;
    if (earlier) return earlier;
    assertUndoInTime(new Date(cancelledAt), session.now(), session.policy.undoWindowHours);
    operation.inProject(snapshot.projectId);
    const client = clientOf(snapshot);
    if (snapshot.propertyId === null) {
      if (await findClient(session.ozmap, snapshot.code)) throw codeInUse(snapshot.code);
      operation.note({ sent: true });
      await operation.step('client.restore', session.ozmap.createClient(client));
    } else {
      await restoreIn(snapshot.propertyId, session, operation, snapshot);
    }
    const restored = await findRestored(session, snapshot);
    if (!restored) throw unexpected(['client']);
    return restored;
  },

  async look({ snapshot }, session, facts: Facts) {
    const outcome = factFlag(facts, 'sent') ? await findRestored(session, snapshot) : null;
    return outcome ? { seen: 'applied', outcome } : { seen: 'absent' };
  },
};

async function restoreIn(
  propertyId: string,
  session: Session,
  operation: OperationContext,
  snapshot: CancellationSnapshot,
): Promise<void> {
  const { ozmap } = session;
  const [holder, home] = await Promise.all([findClient(ozmap, snapshot.code), findHomeById(ozmap, propertyId)]);
  if (holder) throw codeInUse(snapshot.code);
  if (!home) throw new NotFoundError('propertyId', propertyId);
  if (home.clientId !== null) throw occupied(home);
  const target = await targetOf(session, snapshot, home);
  const patch: PropertyPatch = { client: clientOf(snapshot), ...unmarked(home, snapshot), ...(target ?? {}) };
  operation.note({ sent: true });
  await operation.step('client.restore', ozmap.updateProperty(home.id, patch)).catch(async (error: unknown) => {
    if (!(error instanceof UpstreamRefusedError)) throw error;
    throw await explainRefusal(session, error, { code: snapshot.code, boxId: null, target });
  });
}

/** Null when the home is on its port still. Errors: CONFLICT PORT_NO_LONGER_FREE. */
async function targetOf({ ozmap }: Session, { connection, boxId }: CancellationSnapshot, home: Property) {
  const port = connection?.port ?? null;
  const [splitter] =
    connection && port !== null && home.connections.length === 0
      ? await ozmap.findSplittersByIds([connection.equipmentId])
      : [];
  const standing = splitter && port !== null ? portStanding(splitter, port) : null;
  const holder = standing === null ? 'unknown' : standing === 'taken' ? 'somebody' : 'nobody';
  if (connectionToRestore(connection, home, holder) === 'kept' || !connection || port === null) return null;
  const lay = home.dropId === null && boxId !== null ? { boxId } : {};
  return { connectorId: connection.equipmentId, port, ...lay };
}

/** The mark goes, unless it stood there before this cancellation. */
function unmarked(home: Property, { code, propertyObservation }: CancellationSnapshot): PropertyPatch {
  if (hasCancellationMark(propertyObservation, code) || !hasCancellationMark(home.observation, code)) return {};
  return { observation: withoutLastCancellationMark(home.observation, code) };
}

function clientOf({ code, name, observation, implanted }: CancellationSnapshot): NewClient {
  return { code, implanted, ...(name ? { name } : {}), ...(observation ? { observation } : {}) };
}

/** The client is back, in its home and on its port. */
async function findRestored({ ozmap }: Session, snapshot: CancellationSnapshot): Promise<UndoOutcome | null> {
  const { propertyId, connection, code, implanted } = snapshot;
  const home = propertyId === null ? null : await findHomeById(ozmap, propertyId);
  const client = home ? await findClientOf(ozmap, home) : propertyId === null ? await findClient(ozmap, code) : null;
  if (client?.code !== code || client.implanted !== implanted) return null;
  if (!home) return { client, warnings: ['NO_PROPERTY'] };
  const onPort = home.connections.some(({ id, port }) => id === connection?.equipmentId && port === connection.port);
  return connection === null || onPort ? { client, warnings: [] } : null;
}
