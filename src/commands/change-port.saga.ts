import { z } from 'zod';
import type { ContractCode } from '../domain/contract-code.js';
import { assertOneHome } from '../domain/contract-lifecycle.js';
import { assertPortInput } from '../domain/port-choice.js';
import type { WarningCode } from '../domain/warnings.js';
import { type AppError, BadUserInputError, NotFoundError, UpstreamRefusedError } from '../errors/app-error.js';
import type { Drop, FtthClient, Property, PropertyPatch } from '../ozmap/types.js';
import type { Step } from '../saga/command.js';
import { defineSaga } from '../saga/engine.js';
import { done, underway, untouched, wrong } from '../saga/saga.js';
import { findClientOf, findHomeById, getContract } from './kit/contract.js';
import { choosePlace, choosePortInBox, PLACE } from './kit/place.js';
import { readBack, unexpected } from './kit/read-back.js';
import { explainRefusal } from './kit/refused-write.js';
import type { Session } from './session.js';

/** Where to move. */
export type ChangePortCommandInput = {
  contractCode: ContractCode;
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

const STATE = z.object({
  clientId: z.string(),
  propertyId: z.string(),
  /** The drop that the home had; null: none. */
  oldDropId: z.string().nullable(),
  /** Where the home was; null: on no box. `target` null: on no port or, where `isConnected`, on one that OZmap does not name. */
  from: PLACE.extend({ isConnected: z.boolean() }).nullable(),
  /** Where it goes. `target` null: the port that it has in this box, else any free one. `dropPoleIds` null: no way is asked for; []: straight. */
  to: PLACE,
});
type State = z.infer<typeof STATE>;
type To = State['to'];
type From = State['from'];

interface View {
  home: Property | null;
  client: FtthClient | null;
  /** What is not as asked, or that somebody else is on the port too; null: the home is where it was to go, with our client. */
  problem: AppError | null;
  /** The old drop, where OZmap laid a new one instead of rerouting it, and left it. */
  leftDropId: string | null;
}

/**
 * Moves a client to another box or port; the home stays, and so does its one drop, rerouted. Writes nothing when the client is there already. Half
 * a move, or a port that is somebody else's by its fibre or by the older home, is moved back, never finished; a wrong way to the same port stays,
 * and is told. Seven requests to another box.
 *
 * Errors: NOT_FOUND · CONFLICT CODE_AMBIGUOUS, SEVERAL_PROPERTIES, BOX_NOT_OFFERED, BOX_FULL, PORT_TAKEN, DROP_TOO_LONG, DROP_OFF_NETWORK ·
 *         BAD_USER_INPUT · UPSTREAM_REFUSED · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const changePort = defineSaga<Session, ChangePortCommandInput, State, View, ChangePortOutcome>({
  action: 'port.change',
  queueable: false,
  state: STATE,
  version: 1,

  async plan(input, session) {
    assertPortInput(input);
    const { client, homes } = await getContract(session, input.contractCode);
    const home = assertOneHome(homes);
    if (!home) throw new NotFoundError('propertyId', client.code);
    const { projectId } = home;
    if (isAsAsked(home, input)) return { projectId, outcome: { client, property: home, warnings: [] } };
    const [drop] = home.dropId === null ? [] : await session.ozmap.findDropsByIds([home.dropId]);
    const to = await destination(home, input, session);
    const state = { clientId: client.id, propertyId: home.id, oldDropId: home.dropId, from: placeOf(home, drop), to };
    // The old port, for the way back. The box that it goes to is kept for every command that names it.
    const keeps = { propertyIds: [home.id], boxIds: [home.boxId] };
    // As `read` would see it: not there yet, so that the move is due.
    return { projectId, keeps, state, view: { home, client, problem: unexpected(['connection']), leftDropId: null } };
  },

  async read({ propertyId, clientId, oldDropId, to }, session) {
    const { home, problem } = await readBack(session, to, propertyId, oldDropId);
    if (!home || problem) return { home, client: null, problem, leftDropId: null };
    const client = await findClientOf(session, home);
    const isLaidAnew = oldDropId !== null && home.dropId !== oldDropId;
    const isLeft = isLaidAnew && (await session.ozmap.findDropsByIds([oldDropId])).length > 0;
    const notOurs = client?.id === clientId ? null : unexpected(['client']);
    return { home, client, problem: notOurs, leftDropId: isLeft ? oldDropId : null };
  },

  judge({ home, client, problem, leftDropId }, { from }) {
    // `problem` comes first: where only the way was to change, the home stands where it was also once all is done.
    if (problem && home && isWhereItWas(home, from)) return untouched(problem);
    if (problem || !home || !client) return wrong(problem ?? unexpected(['client']));
    return leftDropId === null ? done({ client, property: home, warnings: [] }) : underway(unexpected(['drop']));
  },

  steps: [
    {
      name: 'property.move',
      // From where it was only: anything between is wrong, and moved back.
      due: ({ home }, { from }) => home !== null && isWhereItWas(home, from),
      write: ({ home }, { propertyId, to }, { ozmap }) => ozmap.updateProperty(propertyId, movePatch(home, to)),
      explain: (refusal, { to }, session) => explainRefusal(session, refusal, { code: null, ...to }),
    },
    {
      // Last, when the home hangs on its new drop.
      name: 'drop.delete',
      due: ({ leftDropId }) => leftDropId !== null,
      write: ({ leftDropId }, _state, { ozmap }) => (leftDropId === null ? [] : ozmap.deleteDrop(leftDropId)),
      retriable: true,
    },
  ],

  record: ({ from }) => ({ before: { boxId: from?.boxId ?? null, port: from?.target?.port ?? null } }),

  /**
   * Back to where the home was: on its old port or, where somebody got that meanwhile, on another one of its old box, which the caller is then
   * told. Judged by box and port: a way is not led back. A home that is not our client's any more is left alone.
   */
  async compensate({ propertyId, clientId, oldDropId, from }, session, step) {
    const { ozmap } = session;
    const home = await findHomeById(session, propertyId);
    if (!home || home.clientId !== clientId || isWhereItWas(home, from)) return null;
    if (from && (from.isConnected || home.boxId !== from.boxId)) await moveBack(propertyId, from, session, step);
    // It was on no port. A drop that the move laid goes, and the home leaves the box with it; one that it had is taken off the port.
    else if (home.dropId !== null && home.dropId !== oldDropId) await step('drop.undo', ozmap.deleteDrop(home.dropId));
    else if (home.dropId !== null) await step('drop.undo', ozmap.disconnectDrop(home.dropId));
    const after = await findHomeById(session, propertyId);
    return after && isWhereItWas(after, from) ? null : unexpected(['connection']);
  },
});

/** Nothing is left to do. */
function isAsAsked(home: Property, input: ChangePortCommandInput): boolean {
  const [connection] = home.connections;
  if (!connection || input.dropPath || home.boxId !== input.boxId) return false;
  if (input.splitterId && input.splitterId !== connection.id) return false;
  return !input.port || input.port === connection.port;
}

/** Within its own box a home needs no viability, only a free port; elsewhere it is a sale like any other. */
async function destination(home: Property, input: ChangePortCommandInput, session: Session): Promise<To> {
  const { boxId, splitterId = null, port = null, dropPath = null } = input;
  if (home.location === null) {
    const details = [{ field: 'contractCode' }];
    throw new BadUserInputError('a home without coordinates, such as a flat, cannot be moved from here', details);
  }
  const request = { location: home.location, boxId, splitterId, port, dropPath };
  if (home.boxId !== boxId || dropPath) return choosePlace(session, request);
  return { boxId, target: await choosePortInBox(session, request), poleId: null, dropPoleIds: null };
}

function movePatch(home: Property | null, { boxId, target, poleId, dropPoleIds }: To): PropertyPatch {
  const staysInBox = home?.boxId === boxId;
  const staysOnPort = target === null && staysInBox && home.connections.length > 0;
  return {
    ...(staysInBox && home.dropId !== null ? {} : { boxId }),
    ...(target ?? (staysOnPort ? {} : { autoConnect: true })),
    ...(poleId === null ? {} : { poleId }),
    ...(dropPoleIds ? { dropPoleIds } : {}),
  };
}

/** To its old port, or where somebody has got that, to any port of the old box: better than one that two clients share, or none. */
async function moveBack(propertyId: string, from: NonNullable<From>, session: Session, step: Step): Promise<void> {
  const { boxId, target, isConnected, dropPoleIds } = from;
  const move = async (to: PropertyPatch): Promise<'moved' | 'refused'> => {
    const patch = { boxId, dropPoleIds: dropPoleIds ?? [], ...to };
    try {
      await step('property.moveBack', session.ozmap.updateProperty(propertyId, patch));
      return 'moved';
    } catch (error) {
      if (error instanceof UpstreamRefusedError) return 'refused';
      throw error;
    }
  };
  const end = await move(target ?? (isConnected ? { autoConnect: true } : {}));
  if (target === null) return;
  // OZmap may put a second home on one port without refusing.
  const isLost = end === 'refused' || (await isShared(propertyId, from, session));
  if (isLost) await move({ autoConnect: true });
}

/** The home is back, and somebody else, who has the better claim, is on its port too. */
async function isShared(propertyId: string, from: To, session: Session): Promise<boolean> {
  const { problem } = await readBack(session, { ...from, dropPoleIds: null }, propertyId, null);
  return problem?.reason === 'PORT_TAKEN';
}

function placeOf(home: Property, drop: Drop | undefined): From {
  if (home.boxId === null) return null;
  const [connection] = home.connections;
  const target = connection && connection.port !== null ? { connectorId: connection.id, port: connection.port } : null;
  return {
    boxId: home.boxId,
    target,
    poleId: null,
    dropPoleIds: drop ? [...drop.poleIds] : null,
    isConnected: connection !== undefined,
  };
}

/** The home is where it was: on that box and port, on a port that OZmap does not name, on none, or on no box at all. */
function isWhereItWas(home: Property, from: From): boolean {
  if (from === null) return home.boxId === null;
  if (home.boxId !== from.boxId) return false;
  const [connection] = home.connections;
  if (!connection || !from.isConnected) return !connection && !from.isConnected;
  const { target } = from;
  return target === null || (connection.id === target.connectorId && connection.port === target.port);
}
