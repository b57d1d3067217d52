import { z } from 'zod';
import type { ContractCode } from '../domain/contract-code.js';
import { activationWarnings, lastChanged } from '../domain/contract-lifecycle.js';
import { WARNING_CODES, type WarningCode } from '../domain/operation.js';
import type { FtthClient } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, untouched } from '../saga/saga.js';
import { findClientById, getContract } from './kit/contract.js';
import { unexpected } from './kit/read-back.js';
import type { Session } from './session.js';

/** Which contract. */
export type ActivateClientCommandInput = {
  contractCode: ContractCode;
};

/** The client as read back. */
export interface ActivationOutcome {
  client: FtthClient;
  warnings: WarningCode[];
}

const STATE = z.object({ clientId: z.string(), code: z.string(), warnings: z.array(z.enum(WARNING_CODES)) });
type State = z.infer<typeof STATE>;
type View = { client: FtthClient | null };

/**
 * Marks the client of a contract as implanted; writes nothing when it already is. Four requests.
 *
 * Errors: NOT_FOUND · CONFLICT CODE_AMBIGUOUS · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const activateClient = defineSaga<Session, ActivateClientCommandInput, State, View, ActivationOutcome>({
  action: 'client.activate',
  queueable: true,
  state: STATE,
  version: 1,

  async plan({ contractCode }, session) {
    const { client, homes } = await getContract(session, contractCode);
    return {
      projectId: lastChanged(homes)?.projectId ?? null,
      state: { clientId: client.id, code: client.code, warnings: activationWarnings(homes) },
      view: { client },
    };
  },

  read: async ({ clientId }, session) => ({ client: await findClientById(session, clientId) }),

  judge({ client }, { code, warnings }) {
    const isActive = client?.code === code && client.implanted;
    return isActive ? done({ client, warnings }) : untouched(unexpected(['implanted']));
  },

  steps: [
    {
      name: 'client.implant',
      due: ({ client }) => client !== null,
      write: (_view, { clientId }, { ozmap }) => ozmap.updateClient(clientId, { implanted: true }),
    },
  ],
});
