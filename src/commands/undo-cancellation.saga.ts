import { z } from 'zod';
import type { CancellationSnapshot } from '../domain/cancellation-plan.js';
import type { ContractCode } from '../domain/contract-code.js';
import { type ContractMark, dayOf, hasMark, withMark, withMarkOf } from '../domain/contract-mark.js';
import type { WarningCode } from '../domain/operation.js';
import { assertUndoInTime, missingFields, portNoLongerFree, standingOfPort } from '../domain/undo.js';
import { withAnswer } from '../domain/write.js';
import { type AppError, NotFoundError } from '../errors/app-error.js';
import type { FtthClient, Property, PropertyPatch, Splitter } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, underway, untouched, wrong } from '../saga/saga.js';
import { findHomeById } from './kit/contract.js';
import { takeOffAgain } from './kit/place.js';
import { unexpected } from './kit/read-back.js';
import { CANCELLATION } from './kit/records.js';
import { codeInUse, explainRefusal, occupied } from './kit/refused-write.js';
import type { Session } from './session.js';

/** Which cancellation to undo; the resolver takes all but the id from the cancelled operation in the journal. */
export type UndoCancellationCommandInput = {
  /** The operation that cancelled. */
  operationId: string;
  contractCode: ContractCode;
  /** ISO 8601. */
  cancelledAt: string;
  /** The record that the cancellation left. */
  snapshot: CancellationSnapshot;
};

/** The client as it is back. */
export interface UndoOutcome {
  client: FtthClient;
  warnings: WarningCode[];
}

const STATE = z.object({
  /** The contract as it was. */
  before: CANCELLATION,
  cancelledAt: z.string(),
  /** The home as it was found, for the way back; null: the client had none. */
  found: z
    .object({ observation: z.string().nullable(), dropId: z.string().nullable(), isConnected: z.boolean() })
    .nullable(),
  /** Of a client without home, once it is made. */
  clientId: z.string().nullable(),
});
type State = z.infer<typeof STATE>;

interface View {
  home: Property | null;
  /** Whoever carries the code. */
  holders: FtthClient[];
  /** The homes of the box. */
  neighbours: Property[];
  /** Where the port is; null: on no splitter. */
  splitter: Splitter | null;
}

/**
 * Makes the client of a cancelled contract anew, with its code, equipment and labels, in the home that was kept and on the port that it had, and
 * takes the mark out of the home's observation: one write. Whatever somebody else got meanwhile stays theirs: then nothing is written, or all
 * that was is taken back. The client has a new id in OZmap. Seven requests.
 *
 * Errors: NOT_FOUND (the home is gone) · CONFLICT UNDO_EXPIRED, CODE_IN_USE, PROPERTY_OCCUPIED, PORT_NO_LONGER_FREE · UPSTREAM_REFUSED ·
 *         UPSTREAM_UNEXPECTED_EFFECT.
 */
export const undoCancellation = defineSaga<Session, UndoCancellationCommandInput, State, View, UndoOutcome>({
  action: 'cancellation.undo',
  queueable: false,
  state: STATE,
  version: 1,

  async plan({ snapshot: before, cancelledAt }, session) {
    assertUndoInTime(new Date(cancelledAt), session.now(), session.policy.undoWindowHours);
    const view = await readContract(before, session);
    const obstacle = obstacleTo(before, view);
    if (obstacle) throw obstacle;
    const { home } = view;
    const found = home && {
      observation: home.observation,
      dropId: home.dropId,
      isConnected: home.connections.length > 0,
    };
    return {
      projectId: before.projectId,
      keeps: { propertyIds: home ? [home.id, home.externalId] : [], boxIds: [before.boxId], takesPort: true },
      state: { before, cancelledAt, found, clientId: null },
      view,
    };
  },

  read: ({ before }, session) => readContract(before, session),

  judge(view, state) {
    const { before } = state;
    const client = restored(view, state);
    if (!client) return untouched(obstacleTo(before, view) ?? unexpected(['client']));
    if (view.holders.length > 1) return wrong(codeInUse(before.code));
    const port = portOf(before, view);
    if (port !== 'kept')
      return wrong(port === 'lost' ? portNoLongerFree(before.connection) : unexpected(['connection']));
    const missing = [
      ...missingFields(before, client).map((field) => `client.${field}`),
      ...(isStillMarked(view.home, before) ? ['observation'] : []),
    ];
    if (missing.length > 0) return underway(unexpected(missing));
    return done({ client, warnings: before.propertyId === null ? ['NO_PROPERTY'] : [] });
  },

  steps: [
    {
      name: 'client.restore',
      due: (view, { before }) => obstacleTo(before, view) === null,
      write: (view, { before }, { ozmap }) => {
        const { home } = view;
        const client = newClient(before);
        if (!home) return withAnswer(ozmap.createClient(client), ({ id }) => ({ state: { clientId: id } }));
        const observation = unmarked(home.observation, before);
        return ozmap.updateProperty(home.id, {
          client,
          ...(observation === home.observation ? {} : { observation }),
          ...(portOf(before, view) === 'free' ? reconnection(home, before) : {}),
        });
      },
      explain: async (refusal, { before }, session) =>
        obstacleTo(before, await readContract(before, session)) ??
        explainRefusal(session, refusal, { code: before.code }),
    },
    {
      // An OZmap that makes a client along with its home need not take all of it.
      name: 'client.complete',
      due: (view, state) => {
        const client = restored(view, state);
        return client !== null && missingFields(state.before, client).length > 0;
      },
      write: (view, state, { ozmap }) => {
        const client = restored(view, state);
        if (!client) return [];
        const { code: _, ...fields } = newClient(state.before);
        return ozmap.updateClient(client.id, fields);
      },
    },
    {
      name: 'property.unmark',
      due: (view, state) => restored(view, state) !== null && isStillMarked(view.home, state.before),
      write: ({ home }, { before }, { ozmap }) =>
        home ? ozmap.updateProperty(home.id, { observation: unmarked(home.observation, before) }) : [],
    },
  ],

  /**
   * As the cancellation left it: off the port that it was put back on, the mark in the observation, and the client goes last, because as long as
   * it is there nobody else moves in. A home that is on another port by now is somebody's work: then all stays.
   */
  async compensate(state, session, step) {
    const { before, found } = state;
    const view = await readContract(before, session);
    const { home } = view;
    const client = restored(view, state);
    // Made, but not put where it belongs, or somebody else's: nobody can tell.
    if (!client && view.holders.length > 0) return unexpected(['client']);
    const isOurs = home !== null && home.clientId === (client?.id ?? null);
    if (home && isOurs && found) {
      if (isElsewhere(home, before)) return unexpected(['connection']);
      await takeOffAgain(home, found, session, step);
      const observation = remarked(home, state, found.observation, session);
      if (observation !== home.observation) {
        await step('property.remark', session.ozmap.updateProperty(home.id, { observation }));
      }
    }
    if (client) await step('client.undo', session.ozmap.deleteClient(client.id));
    const after = await readContract(before, session);
    const stays = [
      ...(restored(after, state) ? ['client'] : []),
      ...(isOurs && found && !found.isConnected && after.home?.connections.length ? ['connection'] : []),
    ];
    return stays.length > 0 ? unexpected(stays) : null;
  },
});

/** Three requests at once; one more for a home that is in no box, or in another one. */
async function readContract(before: CancellationSnapshot, session: Session): Promise<View> {
  const { ozmap } = session;
  const { code, propertyId, boxId, connection } = before;
  const [clients, neighbours, splitters] = await Promise.all([
    ozmap.findClientsByCodes([code]),
    boxId === null ? [] : ozmap.findPropertiesByBoxIds([boxId]),
    connection === null ? [] : ozmap.findSplittersByIds([connection.equipmentId]),
  ]);
  const near = neighbours.find(({ id }) => id === propertyId);
  return {
    home: near ?? (propertyId === null ? null : await findHomeById(session, propertyId)),
    holders: clients.filter((client) => client.code === code),
    neighbours,
    splitter: splitters[0] ?? null,
  };
}

/** Why the client cannot be put back; null: it can. */
function obstacleTo(before: CancellationSnapshot, view: View): AppError | null {
  const { home, holders } = view;
  if (holders.length > 0) return codeInUse(before.code);
  if (before.propertyId === null) return null;
  if (!home) return new NotFoundError('propertyId', before.propertyId);
  if (home.clientId !== null) return occupied(home);
  return portOf(before, view) === 'lost' ? portNoLongerFree(before.connection) : null;
}

/** The client that was made anew: whoever carries the code in that home. Codes are unique, and the contract is ours alone meanwhile. */
function restored({ home, holders }: View, { before, clientId }: State): FtthClient | null {
  const isOurs = ({ id }: FtthClient) =>
    before.propertyId === null ? id === (clientId ?? holders[0]?.id) : id === home?.clientId;
  return holders.find(isOurs) ?? null;
}

function portOf(before: CancellationSnapshot, { home, neighbours, splitter }: View): 'kept' | 'free' | 'lost' {
  return home ? standingOfPort(before, home, neighbours, splitter) : 'kept';
}

/** Back on its port; by a new drop where the old one is gone. */
function reconnection({ dropId }: Property, { connection, boxId }: CancellationSnapshot): PropertyPatch {
  if (connection?.port == null) return {};
  return {
    connectorId: connection.equipmentId,
    port: connection.port,
    ...(dropId === null && boxId !== null ? { boxId } : {}),
  };
}

function newClient({ code, name, observation, implanted, extras }: CancellationSnapshot) {
  return { code, implanted, extras, ...(name ? { name } : {}), ...(observation ? { observation } : {}) };
}

/** The observation without the mark; with that of an earlier cancellation, where it had taken its place. */
function unmarked(observation: string | null, before: CancellationSnapshot): string | null {
  return withMarkOf(before.propertyObservation, observation, markOf(before));
}

function isStillMarked(home: Property | null, before: CancellationSnapshot): boolean {
  return home !== null && unmarked(home.observation, before) !== home.observation;
}

/** The observation with its mark again, where it had one: word by word as it was, unless somebody wrote there since. */
function remarked(
  home: Property,
  { before, cancelledAt }: State,
  found: string | null,
  { policy }: Session,
): string | null {
  if (!hasMark(found, markOf(before))) return home.observation;
  if (home.observation === unmarked(found, before)) return found;
  return withMark(home.observation, { ...markOf(before), day: dayOf(new Date(cancelledAt), policy.timeZone) });
}

function markOf({ code }: CancellationSnapshot): ContractMark {
  return { kind: 'cancelado', code, day: null };
}

function isElsewhere({ connections }: Property, { connection }: CancellationSnapshot): boolean {
  return connections.some(({ id, port }) => id !== connection?.equipmentId || port !== connection.port);
}
