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
  /** Where the home was: box, port and the poles of its drop; null: on no box. `target` is null too where OZmap does not name the port. */
  from: PLACE.extend({ isConnected: z.boolean() }).nullable(),
  /** Where it goes. `target` null: whichever port of the box is free; `dropPoleIds` null: straight. */
  to: PLACE,
});
type State = z.infer<typeof STATE>;
type Place = State['to'];
type OldPlace = State['from'];

interface View {
  home: Property | null;
  client: FtthClient | null;
  /** What is not as asked, or that somebody else is on the port too; null: the home is where it was to go, with our client. */
  problem: AppError | null;
  /** OZmap laid a new drop instead of rerouting the old one, which is still there. */
  secondDropId: string | null;
}

/**
 * Moves a client to another box or port; the home stays, and so does its one drop, rerouted. Writes nothing when the client is there already. What
 * is not as asked, or a port that somebody else got first, is moved back. Seven requests to another box.
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
    if (isThere(home, input)) return { projectId, outcome: { client, property: home, warnings: [] } };
    const [drop] = home.dropId === null ? [] : await session.ozmap.findDropsByIds([home.dropId]);
    const to = await destination(home, input, session);
    const state = { clientId: client.id, propertyId: home.id, oldDropId: home.dropId, from: placeOf(home, drop), to };
    // The way back must stay open. The box that it goes to is named in the input: it is kept already.
    const keeps = { propertyIds: [home.id], boxIds: [home.boxId] };
    const notThereYet = unexpected(['connection']);
    return { projectId, keeps, state, view: { home, client, problem: notThereYet, secondDropId: null } };
  },

  async read({ propertyId, clientId, oldDropId, to }, session) {
    const { home, problem } = await readBack(session, to, propertyId, oldDropId);
    if (!home || problem) return { home, client: null, problem, secondDropId: null };
    const client = await findClientOf(session, home);
    const isLaidAnew = oldDropId !== null && home.dropId !== oldDropId;
    const second = isLaidAnew && (await session.ozmap.findDropsByIds([oldDropId])).length > 0;
    const stranger = client?.id === clientId ? null : unexpected(['client']);
    return { home, client, problem: stranger, secondDropId: second ? oldDropId : null };
  },

  judge({ home, client, problem, secondDropId }, { from }) {
    // A move within its box to where it is already, along another way, is no problem once it is done.
    if (problem && home && isAt(home, from)) return untouched(problem);
    if (problem || !home || !client) return wrong(problem ?? unexpected(['client']));
    return secondDropId === null ? done({ client, property: home, warnings: [] }) : underway(unexpected(['drop']));
  },

  steps: [
    {
      name: 'property.move',
      due: ({ home }, { from }) => home !== null && isAt(home, from),
      write: ({ home }, { propertyId, to }, { ozmap }) => ozmap.updateProperty(propertyId, movePatch(home, to)),
      explain: (refusal, { to }, session) => explainRefusal(session, refusal, { code: null, ...to }),
    },
    {
      name: 'drop.delete',
      due: ({ secondDropId }) => secondDropId !== null,
      write: ({ secondDropId }, _state, { ozmap }) => (secondDropId === null ? [] : ozmap.deleteDrop(secondDropId)),
      retriable: true,
    },
  ],

  record: ({ from }) => ({ before: { boxId: from?.boxId ?? null, port: from?.target?.port ?? null } }),

  /**
   * Back to where the home was: on its old port or, where somebody got that meanwhile, on another one of its old box, which the caller is then
   * told. A home that is not our client's any more is left alone.
   */
  async compensate({ propertyId, clientId, oldDropId, from }, session, step) {
    const { ozmap } = session;
    const home = await findHomeById(session, propertyId);
    if (!home || home.clientId !== clientId || isAt(home, from)) return null;
    if (from && (from.isConnected || home.boxId !== from.boxId)) await moveBack(propertyId, from, session, step);
    // It was on no port: all that the move gave it is to go.
    else if (home.dropId !== null && home.dropId !== oldDropId) await step('drop.undo', ozmap.deleteDrop(home.dropId));
    else if (home.dropId !== null) await step('drop.undo', ozmap.disconnectDrop(home.dropId));
    const after = await findHomeById(session, propertyId);
    return after && isAt(after, from) ? null : unexpected(['connection']);
  },
});

/** Nothing is left to do. */
function isThere(home: Property, input: ChangePortCommandInput): boolean {
  const [connection] = home.connections;
  if (!connection || input.dropPath || home.boxId !== input.boxId) return false;
  if (input.splitterId && input.splitterId !== connection.id) return false;
  return !input.port || input.port === connection.port;
}

/** Within its own box a home needs no viability, only a free port; elsewhere it is a sale like any other. */
async function destination(home: Property, input: ChangePortCommandInput, session: Session): Promise<Place> {
  const { boxId, splitterId = null, port = null, dropPath = null } = input;
  if (home.location === null) {
    const details = [{ field: 'contractCode' }];
    throw new BadUserInputError('a home without coordinates, such as a flat, cannot be moved from here', details);
  }
  const request = { location: home.location, boxId, splitterId, port, dropPath };
  if (home.boxId !== boxId || dropPath) return choosePlace(session, request);
  return { boxId, target: await choosePortInBox(session, request), poleId: null, dropPoleIds: null };
}

function movePatch(home: Property | null, { boxId, target, poleId, dropPoleIds }: Place): PropertyPatch {
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
async function moveBack(propertyId: string, from: NonNullable<OldPlace>, session: Session, step: Step): Promise<void> {
  const { boxId, target, dropPoleIds } = from;
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
  const end = await move(target ?? {});
  if (target === null) return;
  // An OZmap may say yes to a second home on one port.
  const isLost = end === 'refused' || (await isShared(propertyId, from, session));
  if (isLost) await move({ autoConnect: true });
}

/** The home is back, and somebody else, who has the better claim, is on its port too. */
async function isShared(propertyId: string, from: Place, session: Session): Promise<boolean> {
  const { problem } = await readBack(session, { ...from, dropPoleIds: null }, propertyId, null);
  return problem?.reason === 'PORT_TAKEN';
}

function placeOf(home: Property, drop: Drop | undefined): OldPlace {
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
function isAt(home: Property, place: OldPlace): boolean {
  if (place === null || home.boxId !== place.boxId) return home.boxId === (place?.boxId ?? null);
  const [connection] = home.connections;
  if (!connection || !place.isConnected) return !connection && !place.isConnected;
  const { target } = place;
  return target === null || (connection.id === target.connectorId && connection.port === target.port);
}
