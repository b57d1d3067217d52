import { type HeldPort, heldPort } from '../domain/connection.js';
import type { ContractCode } from '../domain/contract-code.js';
import { assertMayWithdraw, assertOneHome } from '../domain/contract-lifecycle.js';
import { type Facts, factFlag, factText } from '../domain/facts.js';
import type { WarningCode } from '../domain/warnings.js';
import { type HomeFate, homeFate } from '../domain/withdrawal.js';
import { NotFoundError } from '../errors/app-error.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import type { Command } from '../saga/command.js';
import { findClientById, findHomeById, getContract } from './kit/contract.js';
import { detachClient } from './kit/detach-client.js';
import { goneHomeOf } from './kit/place-facts.js';
import { type ReservationRecord, reservationRecord } from './kit/records.js';
import { findRemains, removeHome } from './kit/remove-home.js';
import { unlessSoldAgain } from './kit/sold-again.js';
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

/**
 * Gives a reserved port back: client, home and drop go. A home that was there before this client stays, as it was. What is left is read, and
 * removed where OZmap left something behind. Seven requests.
 *
 * Errors: NOT_FOUND · CONFLICT ALREADY_ACTIVE, CODE_AMBIGUOUS, SEVERAL_PROPERTIES · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const withdrawReservation: Command<Session, WithdrawReservationCommandInput, WithdrawalOutcome> = {
  action: 'reservation.withdraw',
  queueable: true,

  async run(input, session, operation, facts) {
    const contractCode = input.contractCode;
    const resumed = readPlan(facts);
    const { plan, client, home } = resumed
      ? { plan: resumed, ...(await readByIds(session, resumed)) }
      : await readAfresh(session, contractCode, input.onlyClientId);
    if (client) assertMayWithdraw(client);
    if (!resumed) {
      operation.note(plan);
      operation.inProject(home?.projectId ?? null);
      if (home) await operation.keep({ propertyIds: [home.id], boxIds: [home.boxId] });
    }
    const outcome: WithdrawalOutcome = { contractCode, warnings: plan.propertyId === null ? ['NO_PROPERTY'] : [] };
    // Sold again in the meantime: then our client is gone, and the home is somebody else's.
    const ours = home !== null && (home.clientId === null || home.clientId === plan.clientId);
    if (plan.propertyId !== null && plan.fate === 'DELETE' && (ours || !home)) {
      const { propertyId, clientId, dropId, held } = plan;
      const known = home ? 'present' : 'unknown';
      await removeHome(session, operation.step, { propertyId, clientId, dropId, held }, 'withdraw', known);
      return outcome;
    }
    await detachClient(session, operation, { client, home: ours ? home : null, disconnects: plan.disconnects });
    return outcome;
  },

  async look(input, session, facts) {
    const plan = readPlan(facts);
    if (!plan) return { seen: 'absent' };
    const { client, home } = await readByIds(session, plan);
    const begun = plan.disconnects && plan.held !== null && home?.connections.length === 0;
    if (client && home && home.clientId === client.id) return { seen: begun ? 'partly' : 'absent' };
    const homeDone = plan.fate === 'DETACH' ? !plan.disconnects || !home?.connections.length : home === null;
    if (client || !homeDone || (await leftBehind(session, plan))) return { seen: 'partly' };
    const warnings: WarningCode[] = plan.propertyId === null ? ['NO_PROPERTY'] : [];
    return { seen: 'applied', outcome: { contractCode: input.contractCode, warnings } };
  },

  stands: (input, session, facts) =>
    unlessSoldAgain(withdrawReservation.look(input, session, facts), session, input.contractCode),
};

/** What will be done, by ids: noted before the first write. */
type Plan = {
  clientId: string;
  propertyId: string | null;
  dropId: string | null;
  fate: HomeFate;
  /** The reservation had connected a home that was on no port. */
  disconnects: boolean;
  held: HeldPort | null;
};

async function readAfresh(session: Session, code: ContractCode, onlyClientId: string | undefined) {
  const { client, homes } = await getContract(session.ozmap, code);
  if (onlyClientId !== undefined && client.id !== onlyClientId) throw new NotFoundError('reservation', code);
  assertMayWithdraw(client);
  const home = assertOneHome(homes);
  const reservation = reservationRecord((await session.reservationFacts?.(code, client.id)) ?? null);
  return { client, home, plan: makePlan(client, home, reservation) };
}

function makePlan(client: FtthClient, home: Property | null, reservation: ReservationRecord | null): Plan {
  if (!home) {
    return { clientId: client.id, propertyId: null, dropId: null, fate: 'DETACH', disconnects: false, held: null };
  }
  const tookThis = reservation?.kind === 'takeOver' && reservation.propertyId === home.id ? reservation : null;
  const tookOver = reservation ? tookThis !== null : null;
  return {
    clientId: client.id,
    propertyId: home.id,
    dropId: home.dropId,
    fate: homeFate(home, client, tookOver),
    disconnects: tookThis?.connectedHere ?? false,
    held: heldPort(home),
  };
}

async function readByIds(
  { ozmap }: Session,
  plan: Plan,
): Promise<{ client: FtthClient | null; home: Property | null }> {
  const [client, home] = await Promise.all([
    findClientById(ozmap, plan.clientId),
    plan.propertyId === null ? null : findHomeById(ozmap, plan.propertyId),
  ]);
  return { client, home };
}

/** The home is gone, but its drop stands or its port is taken: that is for another run to remove. */
async function leftBehind({ ozmap }: Session, { fate, propertyId, dropId, held }: Plan): Promise<boolean> {
  if (fate !== 'DELETE' || propertyId === null) return false;
  return (await findRemains(ozmap, { propertyId, clientId: null, dropId, held })).length > 0;
}

function readPlan(facts: Facts): Plan | null {
  const clientId = factText(facts, 'clientId');
  if (clientId === null) return null;
  const home = goneHomeOf(facts);
  return {
    clientId,
    propertyId: home?.propertyId ?? null,
    dropId: home?.dropId ?? null,
    fate: factText(facts, 'fate') === 'DELETE' ? 'DELETE' : 'DETACH',
    disconnects: factFlag(facts, 'disconnects'),
    held: home?.held ?? null,
  };
}
