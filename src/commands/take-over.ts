import { type Facts, factFlag, factText } from '../domain/facts.js';
import { firstFreePort, portTaken } from '../domain/port-choice.js';
import { type AppError, BadUserInputError, NotFoundError, UpstreamRefusedError } from '../errors/app-error.js';
import type { Property, PropertyPatch } from '../ozmap/types.js';
import type { Look, OperationContext } from '../saga/command.js';
import { assertCodeFree, firstThen } from './kit/code-free.js';
import { findClient, findHomeById } from './kit/contract.js';
import { unexpected } from './kit/read-back.js';
import { explainRefusal, occupied } from './kit/refused-write.js';
import { undoneProblem } from './kit/undone-problem.js';
import type { TakenHome } from './reservation-request.js';
import type { ReservationOutcome } from './reserve-port.js';
import type { Session } from './session.js';
import { checkTakeOver, takenFacts } from './take-over-check.js';

/**
 * A client-less home gets this contract's client; drop and port are the home's own. A home whose drop is on no port is connected in the same
 * write. Everything is read back; what is not as asked is undone. Five requests, six where it is connected.
 */
export async function takeOverHome(
  asked: TakenHome,
  session: Session,
  operation: OperationContext,
  facts: Facts,
): Promise<ReservationOutcome> {
  const { ozmap } = session;
  const undo = factText(facts, 'undo');
  if (undo !== null) {
    const problem = undo === 'PROPERTY_OCCUPIED' ? occupied({ id: asked.propertyId }) : undoneProblem(facts);
    return undoTakeOver(asked, session, operation, { facts, problem });
  }
  if (factFlag(facts, 'sent')) {
    const earlier = await checkTakeOver(asked, session, facts);
    if (earlier.outcome) return earlier.outcome;
    // Whoever implanted it meanwhile took it as it is: that is nobody's to undo.
    if (earlier.client?.implanted) throw earlier.problem;
    if (earlier.client) return giveUp(asked, session, operation, { facts, problem: earlier.problem });
  }

  const [, home] = await firstThen(assertCodeFree(ozmap, asked.code), findHomeById(ozmap, asked.propertyId));
  if (!home) throw new NotFoundError('propertyId', asked.propertyId);
  if (home.clientId !== null) throw occupied(home);
  operation.inProject(home.projectId);
  const connects = home.connections.length === 0;
  if (connects) await operation.keep({ propertyIds: [home.id], boxIds: [home.boxId], takesPort: true });
  const target = await targetFor(asked, session, home);
  const patch: PropertyPatch = {
    client: asked.client,
    ...(connects ? (target ?? { autoConnect: true }) : {}),
  };
  const noted = takenFacts(home, target);
  operation.note(noted);
  await operation.step('property.takeOver', ozmap.updateProperty(home.id, patch)).catch(async (error: unknown) => {
    if (!(error instanceof UpstreamRefusedError)) throw error;
    // Somebody may have been quicker: a home with a client now says more than OZmap's refusal.
    const now = await findHomeById(ozmap, home.id);
    if (now && now.clientId !== null) throw occupied(now);
    throw await explainRefusal(session, error, { code: asked.code, boxId: connects ? home.boxId : null, target });
  });

  const { outcome, problem, client } = await checkTakeOver(asked, session, noted);
  if (outcome && !outcome.client.implanted) return outcome;
  const why = problem ?? unexpected(client ? ['client.implanted'] : ['client']);
  return giveUp(asked, session, operation, { facts: noted, problem: why });
}

/** Looks whether the home has our client, with drop and port as they should be. */
export async function lookForTakeOver(
  asked: TakenHome,
  session: Session,
  facts: Facts,
): Promise<Look<ReservationOutcome>> {
  if (factText(facts, 'undo') !== null) return { seen: 'partly' };
  if (!factFlag(facts, 'sent')) return { seen: 'absent' };
  const { outcome, client } = await checkTakeOver(asked, session, facts);
  if (outcome) return { seen: 'applied', outcome };
  return { seen: client ? 'partly' : 'absent' };
}

/** Not as asked: our client goes out of the home again, if it was made at all. */
async function giveUp(
  asked: TakenHome,
  session: Session,
  operation: OperationContext,
  why: { facts: Facts; problem: AppError },
): Promise<never> {
  operation.note({ undo: why.problem.reason ?? why.problem.code });
  return undoTakeOver(asked, session, operation, why);
}

/** Off the port that we put the home on, and the client out of it; one that somebody implanted meanwhile stays. */
async function undoTakeOver(
  { code, propertyId }: TakenHome,
  { ozmap }: Session,
  operation: OperationContext,
  { facts, problem }: { facts: Facts; problem: AppError },
): Promise<never> {
  const [client, home] = await Promise.all([findClient(ozmap, code), findHomeById(ozmap, propertyId)]);
  if (client && !client.implanted) {
    const connected = factFlag(facts, 'connectedHere') && home?.clientId === client.id && home.connections.length > 0;
    if (connected && home.dropId) await operation.step('drop.undo', ozmap.disconnectDrop(home.dropId));
    await operation.step('client.undo', ozmap.deleteClient(client.id));
  }
  // Whoever tries again starts afresh.
  operation.note({ undo: null, sent: false });
  throw problem;
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
