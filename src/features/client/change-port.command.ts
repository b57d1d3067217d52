import { parseContractCode } from '../../domain/contract-code.js';
import { assertOneHome } from '../../domain/contract-lifecycle.js';
import { type Facts, factText } from '../../domain/facts.js';
import type { AskedPlace } from '../../domain/placement-check.js';
import { assertPortInput } from '../../domain/port-choice.js';
import type { WarningCode } from '../../domain/warnings.js';
import { type AppError, BadUserInputError, NotFoundError, UpstreamRefusedError } from '../../errors/app-error.js';
import type { Command } from '../../journal/command.js';
import type { OperationContext } from '../../journal/journal.js';
import type { FtthClient, Property, PropertyPatch } from '../../ozmap/types.js';
import { findClientOf, getContract } from '../contract/contract.service.js';
import { choosePlace, choosePortInBox } from '../placement/place.service.js';
import { placeFacts, placeOf } from '../placement/place-facts.service.js';
import { readBack, unexpected } from '../placement/read-back.service.js';
import { explainRefusal } from '../placement/refused-write.service.js';
import type { Session } from '../session.js';
import { hangsOn, moveBack, oldPlace, oldPlaceOf } from './move-back.js';

/** Where to move. */
export type ChangePortCommandInput = {
  contractCode: string;
  boxId: string;
  splitterId?: string | null;
  /** Counts from 1; needs `splitterId`. */
  port?: number | null;
  /** From the client to the box. */
  dropPath?: { lat: number; lng: number }[] | null;
};

/** The client and its home as read back. */
export interface ChangePortOutcome {
  client: FtthClient;
  property: Property;
  warnings: WarningCode[];
}

/**
 * Moves a client to another box or port; the home stays, and so does its one drop, led elsewhere. Writes nothing when the client is there
 * already. What is not as asked, or a port that somebody else got first, is moved back. Seven requests to another box.
 *
 * Errors: NOT_FOUND · CONFLICT CODE_AMBIGUOUS, SEVERAL_PROPERTIES, BOX_NOT_OFFERED, BOX_FULL, PORT_TAKEN, DROP_TOO_LONG, DROP_OFF_NETWORK ·
 *         BAD_USER_INPUT · UPSTREAM_REFUSED · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const changePort: Command<Session, ChangePortCommandInput, ChangePortOutcome> = {
  action: 'port.change',
  queueable: false,

  async run(input, session, operation, facts) {
    assertPortInput(input);
    if (factText(facts, 'undo') !== null) throw await moveBack(session, operation, facts, unexpected(['property']));
    const { outcome, problem: earlier } = await findMoved(session, facts);
    if (outcome) return outcome;
    if (earlier) throw await moveBack(session, operation, facts, earlier);

    const { ozmap } = session;
    const { client, homes } = await getContract(ozmap, parseContractCode(input.contractCode));
    const home = assertOneHome(homes);
    if (!home) throw new NotFoundError('propertyId', client.code);
    operation.inProject(home.projectId);
    if (isThere(input, home)) return { client, property: home, warnings: [] };
    const [drop] = home.dropId === null ? [] : await ozmap.findDropsByIds([home.dropId]);
    const place = await newPlace(input, session, home);
    operation.note({ ...placeFacts(place), propertyId: home.id, old: oldPlace(home, drop ?? null) });
    await write(session, operation, home, place);

    const { home: after, problem } = await readBack(session, place, home.id, home.dropId);
    const now = after && (await findClientOf(ozmap, after));
    const trouble = problem ?? (now?.id === client.id ? null : unexpected(['client']));
    if (trouble || !after || !now) {
      const why = trouble ?? unexpected(['property']);
      operation.note({ undo: why.reason ?? why.code });
      throw await moveBack(session, operation, { propertyId: home.id, old: oldPlace(home, drop ?? null) }, why);
    }
    await removeSecondDrop(session, operation, home, after);
    return { client: now, property: after, warnings: [] };
  },

  async look(_input, session, facts) {
    if (factText(facts, 'undo') !== null) return { seen: 'partly' };
    const { outcome, problem } = await findMoved(session, facts);
    if (outcome) return { seen: 'applied', outcome };
    return { seen: problem ? 'partly' : 'absent' };
  },
};

/** What came of an earlier run's write: the home is there, or it is elsewhere than it was but not as asked. Neither: nothing was moved (yet). */
async function findMoved(
  session: Session,
  facts: Facts,
): Promise<{ outcome: ChangePortOutcome | null; problem: AppError | null }> {
  const place = placeOf(facts);
  const propertyId = factText(facts, 'propertyId');
  if (!place || propertyId === null) return { outcome: null, problem: null };
  const { home, problem } = await readBack(session, place, propertyId, null);
  const client = home && !problem ? await findClientOf(session.ozmap, home) : null;
  if (home && client) return { outcome: { client, property: home, warnings: [] }, problem: null };
  const old = oldPlaceOf(facts);
  return { outcome: null, problem: home && old && !hangsOn(home, old) ? problem : null };
}

function isThere(input: ChangePortCommandInput, home: Property): boolean {
  const [connection] = home.connections;
  if (!connection || input.dropPath || home.boxId !== input.boxId) return false;
  if (input.splitterId && input.splitterId !== connection.id) return false;
  return !input.port || input.port === connection.port;
}

/** Within its own box a home needs no viability, only a free port; elsewhere it is a sale like any other. */
async function newPlace(input: ChangePortCommandInput, session: Session, home: Property): Promise<AskedPlace> {
  const { boxId, splitterId = null, port = null, dropPath = null } = input;
  if (home.location === null) {
    const details = [{ field: 'contractCode' }];
    throw new BadUserInputError('a home without coordinates, such as a flat, cannot be moved from here', details);
  }
  const request = { location: home.location, boxId, splitterId, port, dropPath };
  if (home.boxId !== boxId || dropPath) return choosePlace(session, request);
  return { boxId, target: await choosePortInBox(session, request), dropPoleIds: null };
}

async function write(session: Session, operation: OperationContext, home: Property, place: AskedPlace): Promise<void> {
  const { boxId, target, dropPoleIds } = place;
  const staysOnPort = target === null && home.boxId === boxId && home.connections.length > 0;
  const patch: PropertyPatch = {
    ...(home.boxId === boxId && home.dropId !== null ? {} : { boxId }),
    ...(target ?? (staysOnPort ? {} : { autoConnect: true })),
    ...(dropPoleIds ? { dropPoleIds: [...dropPoleIds] } : {}),
  };
  await operation.step('property.move', session.ozmap.updateProperty(home.id, patch)).catch(async (error: unknown) => {
    if (!(error instanceof UpstreamRefusedError)) throw error;
    throw await explainRefusal(session, error, { code: null, boxId, target });
  });
}

/** OZmap may lay a new drop instead of leading the old one: then the old one goes. */
async function removeSecondDrop({ ozmap }: Session, operation: OperationContext, before: Property, after: Property) {
  if (before.dropId === null || before.dropId === after.dropId) return;
  const left = await ozmap.findDropsByIds([before.dropId]);
  if (left.length > 0) await operation.step('drop.delete', ozmap.deleteDrop(before.dropId));
}
