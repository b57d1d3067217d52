import type { ContractCode } from '../domain/contract-code.js';
import { type DeclaredState, MISSING } from '../domain/declared-state.js';
import { defined } from '../domain/json.js';
import type { OperationAction, WarningCode } from '../domain/operation.js';
import { changedFields, type Policy } from '../domain/policy.js';
import { clientStatus } from '../domain/status.js';
import { NotFoundError } from '../errors/app-error.js';
import type { FtthClient } from '../ozmap/types.js';
import { defineChain, type Link } from '../saga/chain.js';
import { activateClient } from './activate-client.saga.js';
import { cancelClient } from './cancel-client.saga.js';
import { findClient } from './kit/contract.js';
import type { Session } from './session.js';
import { updateClient } from './update-client.saga.js';
import { withdrawReservation } from './withdraw-reservation.saga.js';

/** What the contract is now. `name`, `observation`: of the client, as long as there is one; null clears, absence leaves. */
export type DeclareContractCommandInput = {
  contractCode: ContractCode;
  state: DeclaredState;
  /** ISO 8601: when it was so. Absent: when it came. */
  at?: string | null;
  name?: string | null;
  observation?: string | null;
};

/** How the contract is now. */
export interface DeclarationOutcome {
  /** What CNT said. */
  state: DeclaredState;
  /** Null: OZmap has none. */
  client: FtthClient | null;
  /** What was done. */
  carriedOut: OperationAction[];
  warnings: WarningCode[];
}

/**
 * Makes OZmap what CNT says the contract is now: looks what is missing, and has the other commands do that. `MISSING` has every case. One
 * request where nothing is, else one more than what it is carried out as.
 *
 * Errors: NOT_FOUND (nothing to activate, or to wait for activation) · CONFLICT CODE_AMBIGUOUS · those of activation, cancellation, withdrawal
 * and update.
 */
export const declareContract = defineChain({
  action: 'contract.declare',
  queueable: true,
  durable: true,
  version: 1,
  commands: [activateClient, cancelClient, withdrawReservation, updateClient],

  async plan(input: DeclareContractCommandInput, session: Session, operationId: string) {
    const client = await findClient(session, input.contractCode);
    const { contractCode, state } = input;
    const planned = (links: readonly Link[], warnings: WarningCode[] = []) => {
      return { links, noted: { state, client, carriedOut: links.map(({ action }) => action), warnings } };
    };
    if (await session.isOutdated?.(operationId)) return planned([], ['OLDER_DECLARATION']);
    const missing = MISSING[state][client ? clientStatus(client) : 'ABSENT'];
    switch (missing) {
      case 'absent':
        throw new NotFoundError('client', contractCode);
      case 'cancellation':
        return planned([{ action: 'client.cancel', input: { contractCode, contractWasActive: true } }]);
      case 'withdrawal':
        return planned([{ action: 'reservation.withdraw', input: { contractCode } }]);
      default: {
        const activation: Link = { action: 'client.activate', input: { contractCode } };
        const { links, warnings } = updateOf(input, client, session.policy);
        if (missing === 'left') warnings.unshift('LEFT_AS_IT_IS');
        return planned(missing === 'activation' ? [activation, ...links] : links, warnings);
      }
    }
  },

  outcome({ state, client: found, carriedOut, warnings }: DeclarationOutcome, outcomes): DeclarationOutcome {
    const seen = outcomes as { client?: FtthClient; warnings: WarningCode[] }[];
    const client = seen.length === 0 ? found : (seen.at(-1)?.client ?? null);
    return { state, client, carriedOut, warnings: [...new Set([...warnings, ...seen.flatMap((one) => one.warnings)])] };
  },
});

/** Of a client that stays: what differs, as far as the policy allows. */
function updateOf(
  { contractCode, name, observation }: DeclareContractCommandInput,
  client: FtthClient | null,
  policy: Policy,
): { links: Link[]; warnings: WarningCode[] } {
  if (!client) return { links: [], warnings: [] };
  const changed = changedFields({ name, observation }, client);
  const allowed = defined({
    name: policy.updateClientName ? changed.name : undefined,
    observation: policy.updateClientObservation ? changed.observation : undefined,
  });
  const [count, allowedCount] = [Object.keys(changed).length, Object.keys(allowed).length];
  const update: Link = { action: 'client.update', input: { contractCode, ...allowed } };
  return { links: allowedCount > 0 ? [update] : [], warnings: allowedCount < count ? ['NOT_UPDATED'] : [] };
}
