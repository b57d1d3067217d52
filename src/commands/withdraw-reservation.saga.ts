import { z } from 'zod';
import { heldPort, sameConnections } from '../domain/connection.js';
import type { ContractCode } from '../domain/contract-code.js';
import {
  alreadyActive,
  assertMayWithdraw,
  assertOneHome,
  HOME_FATES,
  homeFate,
  isTaken,
} from '../domain/contract-lifecycle.js';
import type { WarningCode } from '../domain/operation.js';
import { NotFoundError } from '../errors/app-error.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, underway, untouched, wrong } from '../saga/saga.js';
import {
  CONNECTION,
  CONTRACT_CODE,
  findClient,
  findClientById,
  findHomeById,
  findReservation,
  getContract,
} from './kit/contract.js';
import { takeOffPort } from './kit/place.js';
import { unexpected } from './kit/read-back.js';
import { type ReservationRecord, reservationRecord } from './kit/records.js';
import { findRemains } from './kit/remove-home.js';
import type { Session } from './session.js';

/** Which reservation. `onlyClientId`: that of this client and no other; whoever made another one under the code keeps it. */
export type WithdrawReservationCommandInput = {
  contractCode: ContractCode;
  onlyClientId?: string;
};

/** What was withdrawn. */
export interface WithdrawalOutcome {
  contractCode: ContractCode;
  warnings: WarningCode[];
}

const STATE = z.object({
  code: CONTRACT_CODE,
  clientId: z.string(),
  /** Null: the client has none. */
  home: z
    .object({
      propertyId: z.string(),
      dropId: z.string().nullable(),
      connections: z.array(CONNECTION),
      fate: z.enum(HOME_FATES),
      /** The reservation had connected a home that was on no port. */
      disconnects: z.boolean(),
    })
    .nullable(),
});
type State = z.infer<typeof STATE>;

interface View {
  client: FtthClient | null;
  home: Property | null;
  /** What else is still there of a home that goes with its client: `drop`, `port`. */
  remains: readonly string[];
}

/**
 * Gives a reserved port back: client, home and drop go. A home that was there before this client stays, as it was, off the port again where the
 * reservation had put it there. What is left is read, and removed where OZmap left something behind. There is no way back: an interrupted
 * withdrawal goes forward, by ids. Seven requests.
 *
 * Errors: NOT_FOUND · CONFLICT ALREADY_ACTIVE, CODE_AMBIGUOUS, SEVERAL_PROPERTIES · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const withdrawReservation = defineSaga<Session, WithdrawReservationCommandInput, State, View, WithdrawalOutcome>(
  {
    action: 'reservation.withdraw',
    queueable: true,
    state: STATE,
    version: 1,

    async plan({ contractCode, onlyClientId }, session) {
      const { client, homes } = await getContract(session, contractCode);
      if (onlyClientId !== undefined && client.id !== onlyClientId) {
        throw new NotFoundError('reservation', contractCode);
      }
      assertMayWithdraw(client);
      const home = assertOneHome(homes);
      const reservation = reservationRecord((await findReservation(session, client))?.facts ?? null);
      return {
        projectId: home?.projectId ?? null,
        ...(home && { keeps: { propertyIds: [home.id], boxIds: [home.boxId] } }),
        state: { code: contractCode, clientId: client.id, home: home && fateOf(home, client, reservation) },
        view: { client, home, remains: [] },
      };
    },

    async read(state, session) {
      const { clientId, home: left } = state;
      const [client, home, remains] = await Promise.all([
        findClientById(session, clientId),
        left && findHomeById(session, left.propertyId),
        left?.fate === 'DELETE' ? findRemains(session, { ...left, clientId: null, held: heldPort(left) }) : [],
      ]);
      return { client, home, remains };
    },

    judge(view, state, justWritten) {
      const { client } = view;
      const faults = faultsOf(view, state, justWritten);
      if (faults.length === 0) {
        return done({ contractCode: state.code, warnings: state.home === null ? ['NO_PROPERTY'] : [] });
      }
      const problem = client?.implanted ? alreadyActive() : unexpected(faults);
      if (!isBegun(view, state)) return untouched(problem);
      return client?.implanted ? wrong(problem) : underway(problem);
    },

    // The client goes last: as long as it is there nobody else moves in, and loses the port to us.
    steps: [
      {
        name: 'property.withdraw',
        due: (view, state) => goesWith(view, state) !== null,
        write: (view, state, { ozmap }) => {
          const home = goesWith(view, state);
          return home ? ozmap.deleteProperty(home.id) : [];
        },
      },
      {
        name: 'drop.disconnect',
        due: (view, state) => disconnected(view, state) !== null,
        write: (view, state, session) => {
          const home = disconnected(view, state);
          return home ? takeOffPort(session, home) : [];
        },
      },
      {
        name: 'client.withdraw',
        // A home takes its client along when it is deleted.
        due: (view, state) => view.client !== null && goesWith(view, state) === null,
        write: (_view, { clientId }, { ozmap }) => ozmap.deleteClient(clientId),
      },
      {
        name: 'drop.withdraw',
        due: ({ home, remains }) => home === null && remains.includes('drop'),
        write: (_view, { home }, { ozmap }) => (home?.dropId ? ozmap.deleteDrop(home.dropId) : []),
      },
      {
        name: 'port.withdraw',
        due: ({ home, remains }) => home === null && remains.includes('port') && !remains.includes('drop'),
        write: (_view, { home }, { ozmap }) => {
          const held = home && heldPort(home);
          return held ? ozmap.disconnectFiber(held.splitterId, held.fiberId) : [];
        },
      },
    ],

    /** Not where the code was sold again since: then there is another reservation to withdraw. */
    stands: async ({ code }, session) => (await findClient(session, code)) === null,
  },
);

function fateOf(home: Property, client: FtthClient, reservation: ReservationRecord | null): NonNullable<State['home']> {
  const tookThis = reservation?.kind === 'takeOver' && reservation.propertyId === home.id ? reservation : null;
  const { id: propertyId, dropId, connections } = home;
  const fate = homeFate(home, client, reservation && tookThis !== null);
  return { propertyId, dropId, connections, fate, disconnects: tookThis?.connectedHere ?? false };
}

/** The home, as far as it was not sold again in the meantime. */
function oursOf({ home }: View, { clientId }: State): Property | null {
  return home && !isTaken(home, clientId) ? home : null;
}

/** The home that is to be deleted. */
function goesWith(view: View, state: State): Property | null {
  return state.home?.fate === 'DELETE' ? oursOf(view, state) : null;
}

/** The home that is to come off its port. */
function disconnected(view: View, state: State): Property | null {
  const home = oursOf(view, state);
  return state.home?.disconnects && home && home.connections.length > 0 ? home : null;
}

/** What is not as it is to be, in the words of the fields. Of a home that was sold again nothing is asked any more. */
function faultsOf(view: View, state: State, justWritten: boolean): string[] {
  const { client, home, remains } = view;
  const { home: left } = state;
  const ours = oursOf(view, state);
  const stays = client ? ['client'] : [];
  if (left?.fate === 'DELETE') {
    return home && !ours ? stays : [...new Set([...(ours ? ['property'] : []), ...stays, ...remains])];
  }
  const isChanged =
    ours && left && (left.disconnects ? ours.connections.length > 0 : justWritten && !sameConnections(left, ours));
  return [...stays, ...(left && !home && justWritten ? ['property'] : []), ...(isChanged ? ['connection'] : [])];
}

/** Something of it is done, or was done by others. */
function isBegun({ client, home }: View, { home: left }: State): boolean {
  if (!client || !left) return client === null;
  if (home?.clientId !== client.id) return true;
  return left.disconnects && left.connections.length > 0 && home.connections.length === 0;
}
