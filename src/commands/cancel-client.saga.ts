import { z } from 'zod';
import {
  type CancellationSnapshot,
  type CancellationState,
  cancellationFingerprint,
  cancellationSnapshot,
  type PlannedStep,
  planCancellation,
} from '../domain/cancellation-plan.js';
import type { ContractCode } from '../domain/contract-code.js';
import { assertMayCancel, assertOneHome } from '../domain/contract-lifecycle.js';
import { type ContractMark, hasMark } from '../domain/contract-mark.js';
import type { JsonObject } from '../domain/json.js';
import { WARNING_CODES, type WarningCode } from '../domain/operation.js';
import { withAnswer } from '../domain/write.js';
import { ConflictError } from '../errors/app-error.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, underway, untouched } from '../saga/saga.js';
import {
  type ContractClient,
  findClient,
  findClientById,
  findHomeById,
  getContract,
  markHome,
} from './kit/contract.js';
import { takeOffPort } from './kit/place.js';
import { unexpected } from './kit/read-back.js';
import { CANCELLATION } from './kit/records.js';
import { type Session, today } from './session.js';

/** How a contract is to be cancelled. */
export type CancellationChoices = {
  contractCode: ContractCode;
  /** Overrides the configured default. */
  disconnectDrop?: boolean | null;
  /** The contract was active in CNT although OZmap never learned it. */
  contractWasActive?: boolean | null;
};

/** What to cancel. `planFingerprint`: the plan that the caller saw; another one by now is refused. */
export type CancelClientCommandInput = CancellationChoices & { planFingerprint?: string | null };

/** What stays. */
export interface CancellationOutcome {
  /** The home that stays; null when there was none. */
  property: Property | null;
  warnings: WarningCode[];
}

const STATE = z.object({
  /** The contract as it was. */
  snapshot: CANCELLATION,
  /** The day on its mark; null: of a release that left that of an earlier day. */
  day: z.string().nullable(),
  disconnects: z.boolean(),
  warnings: z.array(z.enum(WARNING_CODES)),
});
type State = z.infer<typeof STATE>;

interface View {
  client: FtthClient | null;
  home: Property | null;
  /** The home, unless it was sold again in the meantime. */
  ours: Property | null;
}

/**
 * Removes the client of an active contract and keeps the home, with the contract's mark in its observation; frees the port as well where that
 * is asked for or configured. There is no way back but `undoCancellation`: an interrupted cancellation goes forward, by ids, because the code is
 * gone with the client. Six requests, seven with the disconnection.
 *
 * Errors: NOT_FOUND · CONFLICT NOT_ACTIVE, CODE_AMBIGUOUS, SEVERAL_PROPERTIES, PLAN_CHANGED · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const cancelClient = defineSaga<Session, CancelClientCommandInput, State, View, CancellationOutcome>({
  action: 'client.cancel',
  queueable: true,
  state: STATE,
  version: 3,
  // Before there were sagas the facts had this shape; a release of 1 would lose the client's `extras`, one of 2 the day.
  migrate: { 0: withoutDay, 1: withoutDay, 2: withoutDay },

  async plan(input, session) {
    const contract = await readContract(input, session);
    const { client, home, disconnects, warnings } = contract;
    if (input.planFingerprint && input.planFingerprint !== cancellationFingerprint(contract)) {
      throw new ConflictError('PLAN_CHANGED', 'the contract is not as it was when the plan was made', [
        { field: 'planFingerprint' },
      ]);
    }
    const snapshot = cancellationSnapshot(contract);
    return {
      projectId: snapshot.projectId,
      keeps: { propertyIds: [snapshot.propertyId], boxIds: disconnects ? [snapshot.boxId] : [] },
      state: { snapshot, day: today(session), disconnects, warnings },
      view: viewOf(client, home, snapshot),
    };
  },

  async read({ snapshot }, session) {
    const [client, home] = await Promise.all([
      findClientById(session, snapshot.clientId),
      snapshot.propertyId === null ? null : findHomeById(session, snapshot.propertyId),
    ]);
    return viewOf(client, home, snapshot);
  },

  judge(view, state) {
    const { client, home } = view;
    const faults = faultsOf(view, state);
    if (faults.length === 0) return done({ property: home, warnings: state.warnings });
    const marked = home !== null && hasMark(home.observation, markOf(state));
    return client && !marked ? untouched(unexpected(faults)) : underway(unexpected(faults));
  },

  // The client goes last: as long as it is there, even a caller without our memory can repeat the cancellation by its code.
  steps: [
    {
      name: 'property.mark',
      due: ({ ours }, state) => ours !== null && !hasMark(ours.observation, markOf(state)),
      // Without its answer: once all is done, the home is read anew.
      write: ({ ours }, state, session) =>
        ours ? withAnswer(markHome(ours, markOf(state), session), () => undefined) : [],
    },
    {
      name: 'drop.disconnect',
      due: ({ ours }, { disconnects }) => disconnects && ours !== null && ours.connections.length > 0,
      write: ({ ours }, _state, session) => (ours ? takeOffPort(session, ours) : []),
    },
    {
      name: 'client.delete',
      due: ({ client }) => client !== null,
      write: (_view, { snapshot }, { ozmap }) => ozmap.deleteClient(snapshot.clientId),
    },
  ],

  /** Not where the code was sold again since: then there is another client to cancel. */
  stands: async ({ snapshot }, session) => (await findClient(session, snapshot.code)) === null,
  record: ({ snapshot }) => snapshot,
});

/** Exactly what a cancellation will delete, keep, write and disconnect. `fingerprint` changes with any of it. */
export interface CancellationPlan {
  fingerprint: string;
  contractCode: ContractCode;
  steps: PlannedStep[];
}

/** Shows a cancellation before it runs. Two requests. Errors: as `cancelClient` would refuse. */
export async function showCancellation(choices: CancellationChoices, session: Session): Promise<CancellationPlan> {
  const contract = await readContract(choices, session);
  return {
    fingerprint: cancellationFingerprint(contract),
    contractCode: contract.client.code,
    steps: planCancellation(contract, today(session)),
  };
}

/** Errors: NOT_FOUND · CONFLICT NOT_ACTIVE, CODE_AMBIGUOUS, SEVERAL_PROPERTIES. */
async function readContract(
  choices: CancellationChoices,
  session: Session,
): Promise<CancellationState & { home: Property | null; client: ContractClient; warnings: WarningCode[] }> {
  const { client, homes } = await getContract(session, choices.contractCode);
  const warnings = assertMayCancel(client, choices.contractWasActive ?? false);
  const home = assertOneHome(homes);
  const disconnects = choices.disconnectDrop ?? session.policy.cancelDisconnectsDrop;
  return { client, home, disconnects, warnings: home ? warnings : [...warnings, 'NO_PROPERTY'] };
}

function viewOf(client: FtthClient | null, home: Property | null, { clientId }: CancellationSnapshot): View {
  const isOurs = home !== null && (home.clientId === null || home.clientId === clientId);
  return { client, home, ours: isOurs ? home : null };
}

/** What is not as it is to be, in the words of the fields. Of a home that was sold again nothing is asked any more. */
function faultsOf({ client, home, ours }: View, state: State): string[] {
  const { snapshot, disconnects } = state;
  if (client) return ['client'];
  if (snapshot.propertyId === null) return [];
  if (!home) return ['property'];
  if (!ours) return [];
  const isConnected = ours.connections.length > 0;
  return [
    ...(hasMark(ours.observation, markOf(state)) ? [] : ['observation']),
    ...(disconnects && isConnected ? ['connection'] : []),
    ...(!disconnects && snapshot.connection !== null && !isConnected ? ['connection'] : []),
  ];
}

function markOf({ snapshot, day }: State): ContractMark {
  return { kind: 'cancelado', code: snapshot.code, day };
}

function withoutDay(old: JsonObject): JsonObject {
  return { ...old, day: null };
}
