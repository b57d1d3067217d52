import { z } from 'zod';
import type { ContractCode } from '../domain/contract-code.js';
import { assertOneHome } from '../domain/contract-lifecycle.js';
import { assertPortInput } from '../domain/port-choice.js';
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
}

/** A place is a box, the `target` there (splitter and port), and the way of the drop: from which pole, over which. */
const STATE = z.object({
  clientId: z.string(),
  propertyId: z.string(),
  /** The drop that the home had; null: none. */
  oldDropId: z.string().nullable(),
  /** The drop that the move laid in its place, for the way back. Null: none, or nobody can tell whose it is. An earlier release did not note it. */
  laidDropId: z.string().nullable().default(null),
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
  /** Who lives there; not looked up where there is a problem with the home itself. */
  client: FtthClient | null;
  /** What is not as asked, or that somebody else is on the port too; null: the home is where it was to go, with our client. */
  problem: AppError | null;
  /** The old drop, where OZmap laid a new one instead of rerouting it, and left it. */
  leftDropId: string | null;
}

/**
 * Moves a client to another box or port; the home stays, and so does its one drop, rerouted. Writes nothing when the client is there already.
 *
 * One write moves it, so that after it, or after a crash, a look finds the home in one of three places: where it was (nothing came of the write),
 * where it was to go (done, but for an old drop that OZmap left, which a second write deletes), or anywhere else. Half a move is moved back, never
 * finished, and so is one to a port where another client's fibre is, or a home that was there before; a wrong way to the same port stays, and the
 * caller is told. Seven requests to another box.
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
    if (isAsAsked(home, input)) return { projectId, outcome: { client, property: home } };
    const [drop] = home.dropId === null ? [] : await session.ozmap.findDropsByIds([home.dropId]);
    const to = await destination(home, input, session);
    const ids = { clientId: client.id, propertyId: home.id, oldDropId: home.dropId, laidDropId: null };
    const state = { ...ids, from: placeOf(home, drop), to };
    // The old box holds the port of the way back. The new one was leased before the plan, because the input names it (`boxIds` of the resolver).
    const keeps = { propertyIds: [home.id], boxIds: [home.boxId] };
    // As `read` would see it: not there yet, so that the move is due.
    return { projectId, keeps, state, view: { home, client, problem: unexpected(['connection']), leftDropId: null } };
  },

  async read({ propertyId, clientId, oldDropId, to }, session) {
    // Compares box, port and drop with `to`, and looks who else is on that port.
    const { home, problem } = await readBack(session, to, propertyId, oldDropId);
    if (!home || problem) return { home, client: null, problem, leftDropId: null };
    const client = await findClientOf(session, home);
    const notOurs = client?.id === clientId ? null : unexpected(['client']);
    return { home, client, problem: notOurs, leftDropId: await findLeftDrop(oldDropId, home, session) };
  },

  judge({ home, client, problem, leftDropId }, { oldDropId, from }, justWritten) {
    // `problem` comes first: where only the way was to change, the home stands where it was also once all is done.
    if (problem && home && isWhereItWas(home, from)) return untouched(problem);
    if (problem || !home || !client) {
      // Right after the write a new drop is the move's; later it may be somebody's work.
      const laidDropId = justWritten && home && home.dropId !== oldDropId ? home.dropId : null;
      return wrong(problem ?? unexpected(['client']), { laidDropId });
    }
    return leftDropId === null ? done({ client, property: home }) : underway(unexpected(['drop']));
  },

  steps: [
    {
      name: 'property.move',
      // From where it was only: anything between is wrong, and moved back.
      due: ({ home }, { from }) => home !== null && isWhereItWas(home, from),
      write: ({ home }, { propertyId, to }, { ozmap }) => ozmap.updateProperty(propertyId, movePatch(home, to)),
      explain: (refusal, { to }, session) => explainRefusal(session, refusal, to),
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
   * told (UPSTREAM_UNEXPECTED_EFFECT). Judged by box and port: a home that is there already keeps the way that it has. A home that is not our
   * client's any more is left alone. OZmap may lay a drop anew each time and leave the one before: then the old one and that of the move go, as far
   * as they end at the home and it hangs on another.
   */
  async compensate(state, session, step) {
    const { propertyId, clientId, oldDropId, laidDropId, from } = state;
    const home = await findHomeById(session, propertyId);
    if (!home || home.clientId !== clientId) return null;
    // First, as it may still hold the very port that the home is to get back.
    await deleteLeftDrop(oldDropId, home, session, step);
    if (!isWhereItWas(home, from)) await bringBack(home, state, session, step);
    const after = await findHomeById(session, propertyId);
    if (after) await deleteLeftDrop(laidDropId, after, session, step);
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
  if (home.boxId !== boxId || dropPath) return (await choosePlace(session, request)).place;
  return { boxId, target: await choosePortInBox(session, request), poleId: null, dropPoleIds: null };
}

/** Names the box only where the drop must be led or laid there. Without `target` OZmap chooses a port, unless the home has one in this box. */
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

/** Moves the home back or, where it was on no box or in this one on no port, takes it off again. */
async function bringBack(home: Property, { oldDropId, from }: State, session: Session, step: Step): Promise<void> {
  const { ozmap } = session;
  if (from && (from.isConnected || home.boxId !== from.boxId)) return moveBack(home.id, from, session, step);
  // A home that had no drop loses the one that the move laid, and leaves the box with it.
  if (home.dropId === null) return;
  await step('drop.undo', oldDropId === null ? ozmap.deleteDrop(home.dropId) : ozmap.disconnectDrop(home.dropId));
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
async function isShared(propertyId: string, from: NonNullable<From>, session: Session): Promise<boolean> {
  const { problem } = await readBack(session, { ...from, dropPoleIds: null }, propertyId, null);
  return problem?.reason === 'PORT_TAKEN';
}

/** This drop, where it still ends at the home, which hangs on another one. Null: it is gone, the home's own, or somebody else's. */
async function findLeftDrop(dropId: string | null, home: Property, { ozmap }: Session): Promise<string | null> {
  if (dropId === null || home.dropId === null || home.dropId === dropId) return null;
  const [drop] = await ozmap.findDropsByIds([dropId]);
  return drop?.propertyId === home.id ? dropId : null;
}

async function deleteLeftDrop(dropId: string | null, home: Property, session: Session, step: Step): Promise<void> {
  const leftDropId = await findLeftDrop(dropId, home, session);
  if (leftDropId !== null) await step('drop.delete', session.ozmap.deleteDrop(leftDropId));
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
