import { z } from 'zod';
import type { ContractCode } from '../domain/contract-code.js';
import { alreadyActive, lastChanged } from '../domain/contract-lifecycle.js';
import { BadUserInputError } from '../errors/app-error.js';
import type { FtthClient } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, untouched } from '../saga/saga.js';
import { CONTRACT_CODE, findClientById, findReservation, getContract } from './kit/contract.js';
import { unexpected } from './kit/read-back.js';
import { RESERVATION, reservationRecord } from './kit/records.js';
import type { Session } from './session.js';

/** Which reservation, and until when it is to hold: ISO 8601. */
export type ExtendReservationCommandInput = { contractCode: ContractCode; until: string };

/** The reservation's client as it stands. */
export interface ExtensionOutcome {
  client: FtthClient;
  /** ISO 8601. */
  expiresAt: string;
}

const STATE = z.object({
  code: CONTRACT_CODE,
  clientId: z.string(),
  expiresAt: z.string(),
  /** What its withdrawal must know, as the journal had it; null: it was made elsewhere. */
  reservation: RESERVATION.nullable(),
});
type State = z.infer<typeof STATE>;
type View = { client: FtthClient | null };

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 366;

/**
 * Has a reservation hold until another time, later or sooner; then it is withdrawn by itself. OZmap knows no end of a reservation, so that
 * nothing is written there: the journal's operation carries it, in place of the one before. A reservation made elsewhere, or one that never
 * expired, has an end from then on. Two requests.
 *
 * Errors: BAD_USER_INPUT (`until` is past, or more than a year away) · NOT_FOUND · CONFLICT ALREADY_ACTIVE, CODE_AMBIGUOUS.
 */
export const extendReservation = defineSaga<Session, ExtendReservationCommandInput, State, View, ExtensionOutcome>({
  action: 'reservation.extend',
  queueable: false,
  state: STATE,
  version: 1,

  async plan({ contractCode, until }, session) {
    const { client, homes } = await getContract(session, contractCode);
    if (client.implanted) throw alreadyActive();
    assertInTime(until, session.now());
    const known = await findReservation(session, client);
    const reservation = reservationRecord(known?.facts ?? null);
    return {
      projectId: lastChanged(homes)?.projectId ?? null,
      state: { code: contractCode, clientId: client.id, expiresAt: until, reservation },
      view: { client },
    };
  },

  read: async ({ clientId }, session) => ({ client: await findClientById(session, clientId) }),

  judge({ client }, { code, expiresAt }) {
    if (client?.code !== code) return untouched(unexpected(['client']));
    return client.implanted ? untouched(alreadyActive()) : done({ client, expiresAt });
  },

  steps: [],
  madeId: ({ client }) => client.id,
  record: ({ reservation }) => reservation,
});

function assertInTime(until: string, now: Date): void {
  const leftDays = (Date.parse(until) - now.getTime()) / DAY_MS;
  if (leftDays > 0 && leftDays <= LONGEST_DAYS) return;
  const sentence = leftDays > 0 ? `more than ${LONGEST_DAYS} days away` : 'in the past';
  throw new BadUserInputError(`until is ${sentence}`, [{ field: 'until', value: until }]);
}
