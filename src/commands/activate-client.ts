import { parseContractCode } from '../domain/contract-code.js';
import { activationWarnings, lastChanged, needsActivation } from '../domain/contract-lifecycle.js';
import type { WarningCode } from '../domain/warnings.js';
import { UpstreamUnexpectedEffectError } from '../errors/app-error.js';
import type { FtthClient } from '../ozmap/types.js';
import type { Command } from '../saga/command.js';
import { findClientById, findContract, getContract } from './kit/contract.js';
import type { Session } from './session.js';

/** Which contract. */
export type ActivateClientCommandInput = {
  contractCode: string;
};

/** The client as read back. */
export interface ActivationOutcome {
  client: FtthClient;
  warnings: WarningCode[];
}

/**
 * Marks the client of a contract as implanted; writes nothing when it already is. Four requests.
 *
 * Errors: NOT_FOUND · CONFLICT CODE_AMBIGUOUS · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const activateClient: Command<Session, ActivateClientCommandInput, ActivationOutcome> = {
  action: 'client.activate',
  queueable: true,

  async run(input, { ozmap }, operation) {
    const { client, homes } = await getContract(ozmap, parseContractCode(input.contractCode));
    operation.inProject(lastChanged(homes)?.projectId ?? null);
    const warnings = activationWarnings(homes);
    if (!needsActivation(client)) return { client, warnings };
    await operation.step('client.implant', ozmap.updateClient(client.id, { implanted: true }));
    const after = await findClientById(ozmap, client.id);
    if (!after?.implanted) {
      throw new UpstreamUnexpectedEffectError('the client is still not implanted', [{ field: 'implanted' }]);
    }
    return { client: after, warnings };
  },

  async look(input, { ozmap }) {
    const contract = await findContract(ozmap, parseContractCode(input.contractCode));
    if (!contract?.client.implanted) return { seen: 'absent' };
    return { seen: 'applied', outcome: { client: contract.client, warnings: activationWarnings(contract.homes) } };
  },
};
