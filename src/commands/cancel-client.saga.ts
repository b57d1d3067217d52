import { z } from 'zod';
import type { CancellationSnapshot, PlannedStep } from '../domain/cancellation.js';
import { hasCancellationMark, withCancellationMark } from '../domain/cancellation-mark.js';
import {
  type CancellationState,
  cancellationFingerprint,
  cancellationSnapshot,
  planCancellation,
} from '../domain/cancellation-plan.js';
import type { ContractCode } from '../domain/contract-code.js';
import { assertMayCancel, assertOneHome } from '../domain/contract-lifecycle.js';
import { WARNING_CODES, type WarningCode } from '../domain/warnings.js';
import { ConflictError } from '../errors/app-error.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, underway, untouched } from '../saga/saga.js';
import { type ContractClient, findClient, findClientById, findHomeById, getContract } from './kit/contract.js';
import { unexpected } from './kit/read-back.js';
import { CANCELLATION } from './kit/records.js';
import type { Session } from './session.js';

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
  version: 2,
  // Before there were sagas the facts had this shape; a release of 1 would lose the client's `extras`.
  migrate: { 0: (facts) => facts, 1: (old) => old },

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
      state: { snapshot, disconnects, warnings },
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
    const marked = home !== null && hasCancellationMark(home.observation, state.snapshot.code);
    return client && !marked ? untouched(unexpected(faults)) : underway(unexpected(faults));
  },

  // The client goes last: as long as it is there, even a caller without our memory can repeat the cancellation by its code.
  steps: [
    {
      name: 'property.mark',
      due: ({ ours }, { snapshot }) => ours !== null && !hasCancellationMark(ours.observation, snapshot.code),
      write: ({ ours }, { snapshot }, { ozmap, now }) => {
        const observation = withCancellationMark(ours?.observation ?? null, snapshot.code, now());
        return ours ? ozmap.updateProperty(ours.id, { observation }) : [];
      },
    },
    {
      name: 'drop.disconnect',
      due: ({ ours }, { disconnects }) => disconnects && !!ours?.dropId && ours.connections.length > 0,
      write: ({ ours }, _state, { ozmap }) => (ours?.dropId ? ozmap.disconnectDrop(ours.dropId) : []),
    },
    {
      // A flat may be connected in its building without a drop of its own: then its fibre is taken off.
      name: 'port.disconnect',
      due: ({ ours }, { disconnects }) => disconnects && fibresWithoutDrop(ours).length > 0,
      write: ({ ours }, _state, { ozmap }) =>
        fibresWithoutDrop(ours).map(({ splitterId, fiberId }) => ozmap.disconnectFiber(splitterId, fiberId)),
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
    steps: planCancellation(contract, session.now()),
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
function faultsOf({ client, home, ours }: View, { snapshot, disconnects }: State): string[] {
  if (client) return ['client'];
  if (snapshot.propertyId === null) return [];
  if (!home) return ['property'];
  if (!ours) return [];
  const isConnected = ours.connections.length > 0;
  return [
    ...(hasCancellationMark(ours.observation, snapshot.code) ? [] : ['observation']),
    ...(disconnects && isConnected ? ['connection'] : []),
    ...(!disconnects && snapshot.connection !== null && !isConnected ? ['connection'] : []),
  ];
}

function fibresWithoutDrop(home: Property | null): { splitterId: string; fiberId: string }[] {
  if (!home || home.dropId !== null) return [];
  return home.connections.flatMap(({ id, fiberId }) => (fiberId === null ? [] : [{ splitterId: id, fiberId }]));
}
