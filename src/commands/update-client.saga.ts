import { z } from 'zod';
import type { ContractCode } from '../domain/contract-code.js';
import { lastChanged } from '../domain/contract-lifecycle.js';
import { defined } from '../domain/json.js';
import { WARNING_CODES, type WarningCode } from '../domain/operation.js';
import { assertMayUpdate, assertObservationExpected, changedFields, overwriteWarnings } from '../domain/policy.js';
import type { FtthClient } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, untouched } from '../saga/saga.js';
import { findClientById, getContract } from './kit/contract.js';
import { unexpected } from './kit/read-back.js';
import { BEFORE } from './kit/records.js';
import type { Session } from './session.js';

/** What to change: null clears, absence leaves. */
export type UpdateClientCommandInput = {
  contractCode: ContractCode;
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

const STATE = z.object({
  clientId: z.string(),
  code: z.string(),
  /** What the client is to show. */
  name: z.string().nullable().exactOptional(),
  observation: z.string().nullable().exactOptional(),
  /** What of both it showed; an earlier release did not note it. */
  before: BEFORE.exactOptional(),
  /** Of the state before it was written over. */
  warnings: z.array(z.enum(WARNING_CODES)),
});
type State = z.infer<typeof STATE>;
type View = { client: FtthClient | null };

/**
 * Changes the name and observation of a client, as far as the provider's policy allows. Four requests.
 *
 * Errors: NOT_FOUND · CONFLICT POLICY_DISABLED, CODE_AMBIGUOUS, OBSERVATION_CHANGED · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const updateClient = defineSaga<Session, UpdateClientCommandInput, State, View, UpdateOutcome>({
  action: 'client.update',
  queueable: true,
  state: STATE,
  version: 1,

  async plan(input, session) {
    assertMayUpdate(input, session.policy);
    const { contractCode, name, observation } = input;
    const { client, homes } = await getContract(session, contractCode);
    assertObservationExpected(input, client);
    return {
      projectId: lastChanged(homes)?.projectId ?? null,
      state: {
        clientId: client.id,
        code: client.code,
        ...defined({ name, observation }),
        before: {
          ...(name !== undefined && { name: client.name }),
          ...(observation !== undefined && { observation: client.observation }),
        },
        warnings: overwriteWarnings(input, client),
      },
      view: { client },
    };
  },

  read: async ({ clientId }, session) => ({ client: await findClientById(session, clientId) }),

  judge({ client }, state) {
    if (client?.code !== state.code) return untouched(unexpected(['client']));
    const missing = Object.keys(changedFields(state, client));
    return missing.length === 0 ? done({ client, warnings: state.warnings }) : untouched(unexpected(missing));
  },

  steps: [
    {
      name: 'client.update',
      due: ({ client }) => client !== null,
      write: ({ client }, state, { ozmap }) =>
        client ? ozmap.updateClient(client.id, changedFields(state, client)) : [],
    },
  ],

  record: ({ before = {} }) => ({ before }),
});
