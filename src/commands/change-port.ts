import { parseContractCode } from '../domain/contract-code.js';
import { assertOneHome } from '../domain/contract-lifecycle.js';
import { factText } from '../domain/facts.js';
import type { AskedPlace } from '../domain/placement-check.js';
import { assertPortInput } from '../domain/port-choice.js';
import type { WarningCode } from '../domain/warnings.js';
import { BadUserInputError, NotFoundError, UpstreamRefusedError } from '../errors/app-error.js';
import type { FtthClient, Property, PropertyPatch } from '../ozmap/types.js';
import type { Command, OperationContext } from '../saga/command.js';
import { getContract } from './kit/contract.js';
import { choosePlace, choosePortInBox } from './kit/place.js';
import { placeFacts } from './kit/place-facts.js';
import { unexpected } from './kit/read-back.js';
import { explainRefusal } from './kit/refused-write.js';
import { undoneProblem } from './kit/undone-problem.js';
import { moveBack, oldPlace } from './move-back.js';
import { findMoved } from './moved.js';
import type { Session } from './session.js';

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
    if (factText(facts, 'undo') !== null) throw await moveBack(session, operation, facts, undoneProblem(facts));
    const earlier = await findMoved(session, facts);
    if (earlier.outcome) {
      await removeSecondDrop(session, operation, earlier.secondDropId);
      return earlier.outcome;
    }
    if (earlier.problem && !earlier.isUnmoved) throw await moveBack(session, operation, facts, earlier.problem);

    const { ozmap } = session;
    const { client, homes } = await getContract(ozmap, parseContractCode(input.contractCode));
    const home = assertOneHome(homes);
    if (!home) throw new NotFoundError('propertyId', client.code);
    operation.inProject(home.projectId);
    if (isThere(input, home)) return { client, property: home, warnings: [] };
    // The way back must stay open.
    await operation.keep({ propertyIds: [home.id], boxIds: [home.boxId] });
    const [drop] = home.dropId === null ? [] : await ozmap.findDropsByIds([home.dropId]);
    const place = await newPlace(input, session, home);
    const noted = {
      ...placeFacts(place),
      clientId: client.id,
      propertyId: home.id,
      oldDropId: home.dropId,
      old: oldPlace(home, drop ?? null),
    };
    operation.note(noted);
    await write(session, operation, home, place);

    const moved = await findMoved(session, noted, home.dropId);
    if (!moved.outcome) {
      const why = moved.problem ?? unexpected(['connection']);
      operation.note({ undo: why.reason ?? why.code });
      throw await moveBack(session, operation, noted, why);
    }
    await removeSecondDrop(session, operation, moved.secondDropId);
    return moved.outcome;
  },

  async look(_input, session, facts) {
    if (factText(facts, 'undo') !== null) return { seen: 'partly' };
    const { outcome, secondDropId, isUnmoved } = await findMoved(session, facts);
    if (outcome && secondDropId === null) return { seen: 'applied', outcome };
    return { seen: isUnmoved ? 'absent' : 'partly' };
  },
};

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

async function removeSecondDrop({ ozmap }: Session, operation: OperationContext, dropId: string | null) {
  if (dropId !== null) await operation.step('drop.delete', ozmap.deleteDrop(dropId));
}
