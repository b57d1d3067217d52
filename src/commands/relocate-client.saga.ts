import { z } from 'zod';
import type { ContractCode } from '../domain/contract-code.js';
import { assertOneHome, isTaken } from '../domain/contract-lifecycle.js';
import { type ContractMark, hasMark } from '../domain/contract-mark.js';
import type { JsonObject } from '../domain/json.js';
import { withAnswer } from '../domain/write.js';
import { type AppError, BadUserInputError, UpstreamUnexpectedEffectError } from '../errors/app-error.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import type { Step } from '../saga/command.js';
import { defineSaga } from '../saga/engine.js';
import { done, underway, untouched, type Verdict, wrong } from '../saga/saga.js';
import { findClientById, findHomeById, getContract, markHome } from './kit/contract.js';
import {
  chooseDestination,
  DESTINATION,
  type DestinationInput,
  explainArrival,
  readNewHome,
} from './kit/destination.js';
import { takeOffPort, wayOf } from './kit/place.js';
import { unexpected } from './kit/read-back.js';
import { BEFORE, whereabouts } from './kit/records.js';
import { occupied } from './kit/refused-write.js';
import { findRemains, homeIds, LEFT_HOME, leavingOf, removeHome } from './kit/remove-home.js';
import { type Session, today } from './session.js';

/** Which contract goes where. */
export type RelocateClientCommandInput = DestinationInput & {
  contractCode: ContractCode;
  /** True when absent. */
  keepOldProperty?: boolean | null;
  /** Of a home that is kept; as configured for cancellations when absent, and false for the home of a reservation. */
  disconnectDrop?: boolean | null;
};

/** The client at its new home. */
export interface RelocationOutcome {
  client: FtthClient;
  property: Property;
  /** The home that was left, when it stays. */
  oldProperty: Property | null;
}

const STATE = z.object({
  code: z.string(),
  clientId: z.string(),
  /** The home that is left, and what becomes of it; null: the client had none. */
  old: LEFT_HOME.nullable(),
  /** The day on the mark of the home that is left; null: of a release that left that of an earlier day. */
  day: z.string().nullable(),
  to: DESTINATION,
  /** Where the client lived; an earlier release did not note it. */
  before: BEFORE.exactOptional(),
});
type State = z.infer<typeof STATE>;

interface View {
  /** The new home; null: not there (yet). */
  home: Property | null;
  /** What of its drop and port is not as asked. */
  fault: AppError | null;
  old: Property | null;
  /** What an old home that was deleted left behind. */
  remains: readonly string[];
  client: FtthClient | null;
}

/**
 * Moves a contract to another home: the address change. The client keeps its id and state. A new home is made, on its port, before the old one
 * is left. The home of an active contract stays, with the code in its observation, unless `keepOldProperty` is false; that of a reserved one is
 * deleted as in a withdrawal. Thirteen requests to a new home.
 *
 * Errors: as `reservePort` but CODE_IN_USE, and CONFLICT CODE_AMBIGUOUS, SEVERAL_PROPERTIES.
 */
export const relocateClient = defineSaga<Session, RelocateClientCommandInput, State, View, RelocationOutcome>({
  action: 'client.relocate',
  queueable: false,
  state: STATE,
  version: 2,
  // A release of 1 left the drop of a home that it kept on its port.
  migrate: {
    1: ({ old, ...rest }) => ({ ...rest, old: old && { ...(old as JsonObject), disconnects: false }, day: null }),
  },

  async plan(input, session) {
    const { client, homes } = await getContract(session, input.contractCode);
    const old = assertOneHome(homes);
    if (input.propertyId && input.propertyId === old?.id) {
      throw new BadUserInputError('the contract lives in this home already', [{ field: 'propertyId' }]);
    }
    const { to, home, projectId } = await chooseDestination(session, input);
    const state: State = {
      code: client.code,
      clientId: client.id,
      old: old && leavingOf(old, client, input, session.policy),
      day: today(session),
      to,
      ...(old && { before: whereabouts(old) }),
    };
    const keeps = {
      // By id, and by what its maker wrote on it: a home that is being made has no id yet.
      propertyIds: [
        ...[old, home].flatMap((one) => (one ? [one.id, one.externalId] : [])),
        to.kind === 'new' ? to.externalId : null,
      ],
      boxIds: await boxesOf(state, old, session),
      takesPort: true,
    };
    return { projectId, keeps, state, view: { home, fault: null, old, remains: [], client } };
  },

  async read(state, session) {
    const [{ home, fault }, old] = await Promise.all([
      readNewHome(session, state.to),
      state.old ? findHomeById(session, state.old.propertyId) : null,
    ]);
    const isGone = state.old?.fate === 'DELETE' && old === null;
    const [remains, client] = await Promise.all([
      isGone && state.old ? findRemains(session, state.old) : [],
      [home, old].find((at) => at?.client?.id === state.clientId)?.client ?? findClientById(session, state.clientId),
    ]);
    return { home, fault, old, remains, client };
  },

  judge(view, state) {
    const { home } = view;
    return home?.clientId === state.clientId ? judgeArrived(view, home, state) : judgeOutside(view, state);
  },

  steps: [
    {
      name: 'property.create',
      due: ({ home }, { to }) => to.kind === 'new' && home === null,
      write: (_view, { to }, { ozmap }) => {
        if (to.kind !== 'new') return [];
        const { place, location, externalId } = to;
        const create = ozmap.createProperty({
          boxId: place.boxId,
          location,
          autoConnect: place.target === null,
          externalId,
          ...(to.address ? { address: to.address } : {}),
          ...(to.projectId === null ? {} : { projectId: to.projectId }),
          ...(place.target ?? {}),
          ...wayOf(place),
        });
        return withAnswer(create, ({ id }) => ({ state: { to: { ...to, propertyId: id } } }));
      },
      explain: (refusal, { to, clientId }, session) => explainArrival(session, refusal, to, clientId),
    },
    {
      name: 'client.detach',
      due: ({ home, old }, { clientId }) => home !== null && old?.clientId === clientId,
      write: ({ old }, _state, { ozmap }) => (old ? ozmap.updateProperty(old.id, { clientId: null }) : []),
    },
    {
      name: 'client.attach',
      due: ({ home }) => home !== null && home.clientId === null,
      write: ({ home }, { clientId, to }, { ozmap }) => {
        if (!home) return [];
        const connects = to.kind === 'existing' && to.connects && home.connections.length === 0 ? to.connects : null;
        const { splitterId = null, port = null } = connects ?? {};
        const target =
          splitterId === null ? { autoConnect: true } : { connectorId: splitterId, ...(port ? { port } : {}) };
        return ozmap.updateProperty(home.id, { clientId, ...(connects ? target : {}) });
      },
      explain: (refusal, { to, clientId }, session) => explainArrival(session, refusal, to, clientId),
    },
    {
      name: 'property.mark',
      due: (view, state) =>
        isLeftEmpty(view, state) &&
        state.old?.fate === 'MARK' &&
        !hasMark(view.old?.observation ?? null, markOf(state)),
      write: (view, state, session) =>
        view.old ? withAnswer(markHome(view.old, markOf(state), session), (old) => ({ view: { ...view, old } })) : [],
      retriable: true,
    },
    {
      name: 'drop.disconnect',
      due: (view, state) => isLeftEmpty(view, state) && isToBeDisconnected(view, state),
      write: ({ old }, _state, session) => (old ? takeOffPort(session, old) : []),
      retriable: true,
    },
    {
      name: 'property.leave',
      due: (view, state) => isLeftEmpty(view, state) && state.old?.fate === 'DELETE',
      write: ({ old }, _state, { ozmap }) => (old ? ozmap.deleteProperty(old.id) : []),
      retriable: true,
    },
    {
      name: 'drop.leave',
      due: ({ remains }) => remains.includes('drop'),
      write: (_view, { old }, { ozmap }) => (old?.dropId ? ozmap.deleteDrop(old.dropId) : []),
      retriable: true,
    },
    {
      name: 'port.leave',
      due: ({ remains }) => remains.includes('port') && !remains.includes('drop'),
      write: (_view, { old }, { ozmap }) =>
        old?.held ? ozmap.disconnectFiber(old.held.splitterId, old.held.fiberId) : [],
      retriable: true,
    },
  ],

  record: ({ before = {} }) => ({ before }),

  /**
   * Back into the old home; a home that was made goes again. Where the old one is gone or somebody else's by now, a new home that is not quite as
   * asked, and may be somebody's work by now, is better than none: then all stays.
   */
  async compensate(state, session, step) {
    const { ozmap } = session;
    const { clientId, old: left } = state;
    const [{ home }, old] = await Promise.all([
      readNewHome(session, state.to),
      left ? findHomeById(session, left.propertyId) : null,
    ]);
    const mayReturn = left === null || (old !== null && !isTaken(old, clientId));
    if (home?.clientId === clientId && !mayReturn) return null;
    if (home && !isTaken(home, clientId)) await leaveNewHome(home, state, session, step);
    if (left === null) return null;
    if (!old || !mayReturn) {
      const details = [{ field: 'property' }, { field: 'clientId', value: clientId }];
      return new UpstreamUnexpectedEffectError('the client has no home any more: its old one is taken', details);
    }
    if (old.clientId === null) await step('client.reattach', ozmap.updateProperty(old.id, { clientId }));
    const after = await findHomeById(session, old.id);
    return left.held && after?.connections.length === 0 ? unexpected(['connection']) : null;
  },
});

/** The client is not in its new home, or not yet. */
function judgeOutside({ home, fault, old }: View, { clientId, old: left, to }: State): Verdict<never> {
  if (home && home.clientId !== null) return wrong(occupied(home));
  if (fault) return wrong(fault);
  const hasLeft = left !== null && old?.clientId !== clientId;
  if (home && (hasLeft || to.kind === 'new')) return underway(unexpected(['client']));
  return hasLeft ? wrong(unexpected(['property'])) : untouched(unexpected(['property']));
}

function judgeArrived(view: View, home: Property, state: State): Verdict<RelocationOutcome> {
  const { fault, old, client } = view;
  if (fault || !client) return wrong(fault ?? unexpected(['client']));
  if (old?.clientId === state.clientId) return underway(unexpected(['client']));
  if (!isOldHomeDealtWith(view, state)) return underway(unexpected(['oldProperty']));
  return done({ client, property: home, oldProperty: old });
}

/** Off the port that it was put on for this client, who goes out again; a home that was made goes with all that it has. */
async function leaveNewHome(home: Property, { clientId, to }: State, session: Session, step: Step): Promise<void> {
  const { ozmap } = session;
  if (home.clientId === clientId) {
    const connectedHere = to.kind === 'existing' && to.connects !== null && home.connections.length > 0;
    if (connectedHere && home.dropId !== null) await step('drop.undo', ozmap.disconnectDrop(home.dropId));
    // First, as a home takes its client along when it is deleted.
    await step('client.undo', ozmap.updateProperty(home.id, { clientId: null }));
  }
  if (to.kind === 'new') await removeHome(session, step, homeIds(home, null), 'present');
}

/** Boxes of which nobody else may take a port meanwhile. One that the input names was leased before the plan. */
async function boxesOf({ to, old: left }: State, old: Property | null, session: Session): Promise<(string | null)[]> {
  const connectsIn = to.kind === 'existing' ? (to.connects?.boxId ?? null) : null;
  // Where OZmap gives the ports of client-less homes away, homes could lose theirs while nobody lives there.
  const { considersPropertyPortsFree } = await session.systemConfig('now');
  if (!considersPropertyPortsFree) return [connectsIn, left?.disconnects ? (old?.boxId ?? null) : null];
  return [connectsIn, old?.boxId ?? null, to.kind === 'new' ? to.place.boxId : null];
}

/** The client is in its new home, and nobody is in the old one. */
function isLeftEmpty({ home, fault, old }: View, { clientId }: State): boolean {
  return home?.clientId === clientId && fault === null && old !== null && old.clientId === null;
}

/** The old home has its mark, or is gone with all that it had, or is to stay as it is. Whoever moved in since stays undisturbed. */
function isOldHomeDealtWith(view: View, state: State): boolean {
  const [{ old, remains }, left] = [view, state.old];
  if (left === null || (old && old.clientId !== null)) return true;
  if (left.fate === 'DELETE' || old === null) return old === null && remains.length === 0;
  return !isToBeDisconnected(view, state) && (left.fate === 'KEEP' || hasMark(old.observation, markOf(state)));
}

function isToBeDisconnected({ old }: View, { old: left }: State): boolean {
  return left?.disconnects === true && old !== null && old.connections.length > 0;
}

function markOf({ code, day }: State): ContractMark {
  return { kind: 'mudou de endereço', code, day };
}
