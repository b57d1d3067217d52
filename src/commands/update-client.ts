import { parseContractCode } from '../domain/contract-code.js';
import { lastChanged } from '../domain/contract-lifecycle.js';
import { factFlag } from '../domain/facts.js';
import {
  assertMayUpdate,
  assertObservationExpected,
  changedFields,
  overwriteWarnings,
} from '../domain/update-policy.js';
import type { WarningCode } from '../domain/warnings.js';
import { UpstreamUnexpectedEffectError } from '../errors/app-error.js';
import type { FtthClient } from '../ozmap/types.js';
import type { Command } from '../saga/command.js';
import { findClient, findClientById, getContract } from './kit/contract.js';
import type { Session } from './session.js';

/** What to change: null clears, absence leaves. */
export type UpdateClientCommandInput = {
  contractCode: string;
  name?: string | null;
  observation?: string | null;
  /** What the caller believes stands there; null: nothing stands there. */
  expectedObservation?: string | null;
};

/** The client as read back. */
export interface UpdateOutcome {
  client: FtthClient;
  warnings: WarningCode[];
}

/**
 * Changes the name and observation of a client, as far as the provider's policy allows. Four requests.
 *
 * Errors: NOT_FOUND · CONFLICT POLICY_DISABLED, CODE_AMBIGUOUS, OBSERVATION_CHANGED · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const updateClient: Command<Session, UpdateClientCommandInput, UpdateOutcome> = {
  action: 'client.update',
  queueable: true,

  async run(input, { ozmap, policy }, operation, facts) {
    assertMayUpdate(input, policy);
    const { client, homes } = await getContract(ozmap, parseContractCode(input.contractCode));
    operation.inProject(lastChanged(homes)?.projectId ?? null);
    const changes = changedFields(input, client);
    const sentBefore = factFlag(facts, 'sent');
    if (sentBefore && Object.keys(changes).length === 0) return { client, warnings: warningsOf(facts) };
    assertObservationExpected(input, client);
    const warnings = overwriteWarnings(input, client);
    if (Object.keys(changes).length === 0) return { client, warnings };
    operation.note({ sent: true, overwrites: warnings.includes('OBSERVATION_OVERWRITTEN') });
    await operation.step('client.update', ozmap.updateClient(client.id, changes));
    const after = await findClientById(ozmap, client.id);
    const missed = after ? Object.keys(changedFields(input, after)) : ['client'];
    if (!after || missed.length > 0) {
      const details = missed.map((field) => ({ field }));
      throw new UpstreamUnexpectedEffectError('the client does not show what was written', details);
    }
    return { client: after, warnings };
  },

  async look(input, { ozmap }, facts) {
    const client = await findClient(ozmap, parseContractCode(input.contractCode));
    if (!client || Object.keys(changedFields(input, client)).length > 0) return { seen: 'absent' };
    return { seen: 'applied', outcome: { client, warnings: warningsOf(facts) } };
  },
};

function warningsOf(facts: Readonly<Record<string, unknown>>): WarningCode[] {
  return factFlag(facts, 'overwrites') ? ['OBSERVATION_OVERWRITTEN'] : [];
}
