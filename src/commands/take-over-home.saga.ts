import { z } from 'zod';
import { sameConnections } from '../domain/connection.js';
import { assertPortInput, firstFreePort, portTaken } from '../domain/port-choice.js';
import { BadUserInputError } from '../errors/app-error.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, untouched, wrong } from '../saga/saga.js';
import { CONNECTION, findClient, findClientOf, findHomeById, withCodeFree } from './kit/contract.js';
import { requireVacant } from './kit/destination.js';
import { takeOffAgain } from './kit/place.js';
import { type ReadBack, readBack, unexpected } from './kit/read-back.js';
import type { ReservationRecord } from './kit/records.js';
import { explainRefusal, occupied } from './kit/refused-write.js';
import {
  RESERVED_CLIENT,
  type ReservationOutcome,
  type ReservePortCommandInput,
  reservedClient,
} from './kit/reservation.js';
import type { Session } from './session.js';

const STATE = z.object({
  client: RESERVED_CLIENT,
  propertyId: z.string(),
  /** The home as it stood. */
  dropId: z.string().nullable(),
  connections: z.array(CONNECTION),
  /** Where it is put on a port, because it was on none; `target` null: OZmap chooses. */
  connects: z
    .object({
      boxId: z.string().nullable(),
      target: z.object({ connectorId: z.string(), port: z.number() }).nullable(),
    })
    .nullable(),
});
type State = z.infer<typeof STATE>;

interface View extends ReadBack {
  client: FtthClient | null;
}

/**
 * A client-less home gets this contract's client; drop and port are the home's own. A home whose drop is on no port is connected in the same
 * write. The way back takes the client out again, off the port that we put the home on; one that somebody implanted meanwhile stays. Five requests,
 * six where it is connected. A part of `reservePort`.
 */
export const takeOverHome = defineSaga<Session, ReservePortCommandInput, State, View, ReservationOutcome>({
  action: 'port.reserve',
  queueable: false,
  state: STATE,
  version: 1,

  async plan(input, session) {
    const home = await emptyHome(input, session);
    const { id: propertyId, externalId, projectId, boxId, dropId, connections } = home;
    const connects = connections.length > 0 ? null : { boxId, target: await choosePort(input, session) };
    // Whoever makes a home has it by what is written on it, before it has an id. The id itself is kept from the start, as the input names it.
    const keeps = {
      propertyIds: [propertyId, externalId],
      boxIds: connects ? [boxId] : [],
      takesPort: connects !== null,
    };
    return {
      projectId,
      ...((connects || externalId !== null) && { keeps }),
      state: { client: reservedClient(input), propertyId, dropId, connections, connects },
      view: { home, client: null, problem: null },
    };
  },

  async read(state, session) {
    const { home, problem } = await readHome(state, session);
    return { home, client: home && (await findClientOf(session, home)), problem };
  },

  judge({ home, client, problem }, state, justWritten) {
    if (!home || !client) return untouched(unexpected([home ? 'client' : 'property']));
    if (client.code !== state.client.code) return untouched(occupied(home));
    if (problem) return wrong(problem);
    if (justWritten && client.implanted) return wrong(unexpected(['client.implanted']));
    return done({ client, property: home });
  },

  steps: [
    {
      name: 'property.takeOver',
      due: ({ home }) => home?.clientId === null,
      write: (_view, { client, propertyId, connects }, { ozmap }) =>
        ozmap.updateProperty(propertyId, { client, ...(connects && (connects.target ?? { autoConnect: true })) }),
      async explain(refusal, { client, propertyId, connects }, session) {
        // Somebody may have been quicker: a home with a client now says more than OZmap's refusal.
        const now = await findHomeById(session, propertyId);
        if (now && now.clientId !== null) return occupied(now);
        return explainRefusal(session, refusal, { ...connects, code: client.code });
      },
    },
  ],

  async compensate({ client: { code }, propertyId, dropId, connects }, session, step) {
    const [client, home] = await Promise.all([findClient(session, code), findHomeById(session, propertyId)]);
    if (!client || client.implanted) return null;
    const before = { dropId, isConnected: connects === null };
    if (home?.clientId === client.id) await takeOffAgain(home, before, session, step);
    await step('client.undo', session.ozmap.deleteClient(client.id));
    return null;
  },

  madeId: ({ client }) => client.id,
  record: ({ propertyId, connects }): ReservationRecord => ({
    kind: 'takeOver',
    propertyId,
    connectedHere: connects !== null,
  }),
});

/** The home to take over. Errors: NOT_FOUND · CONFLICT CODE_IN_USE, PROPERTY_OCCUPIED · BAD_USER_INPUT (it lacks what is asked for). */
async function emptyHome(input: ReservePortCommandInput, session: Session): Promise<Property> {
  assertPortInput(input);
  const { contractCode, propertyId, dropPath, splitterId, port } = input;
  if (dropPath) {
    const details = [{ field: 'dropPath' }];
    throw new BadUserInputError('a home that is taken over keeps its drop: no path goes with it', details);
  }
  const id = propertyId ?? '';
  const home = requireVacant(await withCodeFree(session, contractCode, findHomeById(session, id)), id);
  const [connection] = home.connections;
  if (connection && splitterId && (connection.id !== splitterId || (port && connection.port !== port))) {
    const details = [{ field: 'splitterId' }, { field: 'port' }];
    throw new BadUserInputError('the home hangs on another port: take it over first, then change the port', details);
  }
  return home;
}

/** The port for a home that is on none; null: OZmap chooses. Errors: CONFLICT PORT_TAKEN. */
async function choosePort(
  { splitterId, port }: ReservePortCommandInput,
  { ozmap }: Session,
): Promise<{ connectorId: string; port: number } | null> {
  if (!splitterId) return null;
  if (port) return { connectorId: splitterId, port };
  const [splitter] = await ozmap.findSplittersByIds([splitterId]);
  const free = splitter ? firstFreePort(splitter) : null;
  if (free === null) throw portTaken(splitterId, null);
  return { connectorId: splitterId, port: free };
}

/** One request; two where the home was to be connected in a box, whose other homes may not claim its port. */
async function readHome({ propertyId, dropId, connections, connects }: State, session: Session): Promise<ReadBack> {
  if (connects?.boxId && dropId !== null) {
    const place = { boxId: connects.boxId, target: connects.target, dropPoleIds: null };
    const { home, problem } = await readBack(session, place, propertyId, dropId);
    return { home, problem: problem ?? (home?.dropId === dropId ? null : unexpected(['drop'])) };
  }
  const home = await findHomeById(session, propertyId);
  if (!home) return { home, problem: null };
  const isConnected = connects ? home.connections.length === 1 : sameConnections({ connections }, home);
  // A flat without a drop may get one as it is connected.
  const keepsDrop = home.dropId === dropId || (connects !== null && dropId === null);
  const faults = [...(keepsDrop ? [] : ['drop']), ...(isConnected ? [] : ['connection'])];
  return { home, problem: faults.length > 0 ? unexpected(faults) : null };
}
