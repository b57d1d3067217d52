import { z } from 'zod';
import type { ContractCode } from '../domain/contract-code.js';
import { assertOneHome } from '../domain/contract-lifecycle.js';
import { type ContractMark, hasMark } from '../domain/contract-mark.js';
import type { WarningCode } from '../domain/operation.js';
import { changedFields } from '../domain/policy.js';
import { withAnswer } from '../domain/write.js';
import { BadUserInputError } from '../errors/app-error.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, underway, untouched } from '../saga/saga.js';
import { findClientById, findHomeById, findReservation, getContract, markHome, withCodeFree } from './kit/contract.js';
import { unexpected } from './kit/read-back.js';
import { RESERVATION, reservationRecord } from './kit/records.js';
import { explainRefusal } from './kit/refused-write.js';
import { type Session, today } from './session.js';

/** Whose home goes to whom. What is not said of the new holder stays empty: it is not the old one's. */
export type TransferClientCommandInput = {
  contractCode: ContractCode;
  newContractCode: ContractCode;
  name?: string | null;
  observation?: string | null;
};

/** The client under its new code. */
export interface TransferOutcome {
  client: FtthClient;
  property: Property | null;
  /** Of a reservation: when it expires, ISO 8601; null: never. */
  expiresAt: string | null;
  warnings: WarningCode[];
}

const STATE = z.object({
  code: z.string(),
  newCode: z.string(),
  clientId: z.string(),
  /** Null: the client has none. */
  propertyId: z.string().nullable(),
  name: z.string().nullable(),
  observation: z.string().nullable(),
  /** On the mark in the home. */
  day: z.string(),
  /** Of a reservation: what its withdrawal must know, and when that is due, as the journal had it. */
  reservation: RESERVATION.nullable(),
  expiresAt: z.string().nullable(),
});
type State = z.infer<typeof STATE>;

interface View {
  client: FtthClient | null;
  /** Where the client lives. */
  home: Property | null;
}

/**
 * Changes the account holder: the client gets the new contract's code, name and observation, in the home and on the port that it has, and the
 * home keeps the old contract's mark. It stays as active as it was; a reservation expires when it was to. One write changes the client, so that
 * its home is never without one, and nobody else comes in between; there is no way back but another transfer. Six requests.
 *
 * Errors: BAD_USER_INPUT (the same code) · NOT_FOUND · CONFLICT CODE_IN_USE, CODE_AMBIGUOUS, SEVERAL_PROPERTIES · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const transferClient = defineSaga<Session, TransferClientCommandInput, State, View, TransferOutcome>({
  action: 'client.transfer',
  queueable: false,
  state: STATE,
  version: 1,

  async plan({ contractCode, newContractCode, name, observation }, session) {
    if (newContractCode === contractCode) {
      throw new BadUserInputError('the new contract has the code of the old one', [{ field: 'newContractCode' }]);
    }
    const { client, homes } = await withCodeFree(session, newContractCode, getContract(session, contractCode));
    const home = assertOneHome(homes);
    const known = client.implanted ? null : await findReservation(session, client);
    return {
      projectId: home?.projectId ?? null,
      ...(home && { keeps: { propertyIds: [home.id] } }),
      state: {
        code: contractCode,
        newCode: newContractCode,
        clientId: client.id,
        propertyId: home?.id ?? null,
        name: name || null,
        observation: observation || null,
        day: today(session),
        reservation: reservationRecord(known?.facts ?? null),
        expiresAt: known?.expiresAt?.toISOString() ?? null,
      },
      view: { client, home },
    };
  },

  async read({ clientId, propertyId }, session) {
    const [client, home] = await Promise.all([
      findClientById(session, clientId),
      propertyId === null ? null : findHomeById(session, propertyId),
    ]);
    return { client, home: home?.clientId === clientId ? home : null };
  },

  judge(view, state, justWritten) {
    const { client, home } = view;
    if (client?.code !== state.newCode) return untouched(unexpected(['client.code']));
    const { code: _, name, observation } = state;
    // Whoever changed them since may have.
    const differing = justWritten ? Object.keys(changedFields({ name, observation }, client)) : [];
    if (differing.length > 0) return underway(unexpected(differing.map((field) => `client.${field}`)));
    if (isToBeMarked(view, state)) return underway(unexpected(['observation']));
    const warnings: WarningCode[] = state.propertyId === null ? ['NO_PROPERTY'] : [];
    return done({ client, property: home, expiresAt: state.expiresAt, warnings });
  },

  steps: [
    {
      name: 'client.transfer',
      due: ({ client }, { code }) => client?.code === code,
      write: (_view, { clientId, newCode: code, name, observation }, { ozmap }) =>
        ozmap.updateClient(clientId, { code, name, observation }),
      explain: (refusal, { newCode: code }, session) => explainRefusal(session, refusal, { code }),
    },
    {
      name: 'property.mark',
      due: (view, state) => view.client?.code === state.newCode && isToBeMarked(view, state),
      write: (view, state, session) =>
        view.home
          ? withAnswer(markHome(view.home, markOf(state), session), (home) => ({ view: { ...view, home } }))
          : [],
      retriable: true,
    },
  ],

  madeId: ({ client }) => client.id,
  record: ({ reservation }) => reservation,
});

function isToBeMarked({ home }: View, state: State): boolean {
  return home !== null && !hasMark(home.observation, markOf(state));
}

function markOf({ code, day }: State): ContractMark {
  return { kind: 'mudou de titular', code, day };
}
