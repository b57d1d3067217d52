import type { ContractCode } from '../domain/contract-code.js';
import type { JsonObject } from '../domain/json.js';
import type { Actor } from '../domain/operation.js';
import type { AnyCommand, Command } from '../saga/command.js';
import type { Journal, Recorded } from '../saga/journal.js';
import { activateClient } from './activate-client.saga.js';
import { cancelClient } from './cancel-client.saga.js';
import { changePort } from './change-port.saga.js';
import { createProspect } from './create-prospect.saga.js';
import { declareContract } from './declare-contract.saga.js';
import { extendReservation } from './extend-reservation.saga.js';
import { relocateClient } from './relocate-client.saga.js';
import { reservePort } from './reserve-port.saga.js';
import type { Session } from './session.js';
import { transferClient } from './transfer-client.saga.js';
import { undoCancellation } from './undo-cancellation.saga.js';
import { updateClient } from './update-client.saga.js';
import { withdrawReservation } from './withdraw-reservation.saga.js';

/** Every command there is, for whoever runs them again by their action. */
export const COMMANDS: readonly AnyCommand<Session>[] = [
  reservePort,
  activateClient,
  updateClient,
  cancelClient,
  withdrawReservation,
  changePort,
  relocateClient,
  transferClient,
  extendReservation,
  undoCancellation,
  createProspect,
  declareContract,
];

/** A mutation on its way to the journal. */
export interface CommandRequest<Input extends JsonObject> {
  /** Plain JSON, without the idempotency key. */
  input: Input;
  contractCode: ContractCode | null;
  /** Of a transfer: the contract that gets the client. */
  newContractCode?: ContractCode | undefined;
  idempotencyKey: string | null;
  actor: Actor;
  token: string;
  session: Session;
  /** Boxes whose ports the command may take, as far as the input names them. */
  boxIds: readonly string[];
  /** Homes and boxes (`property:<id>`, `box:<id>`) that nobody else may take before it has come to its end, as far as the input names them. */
  keeps?: readonly string[];
  /** Of a declaration: when it was so; null: now. */
  declaredAt?: Date | null | undefined;
}

/** Runs a command under the journal: the only way from a resolver to a write. Errors: the command's own, and the journal's. */
export function runCommand<Input extends JsonObject, Outcome>(
  journal: Journal,
  command: Command<Session, Input, Outcome>,
  { session, input, ...request }: CommandRequest<Input>,
): Promise<Recorded<Outcome>> {
  return journal.record(
    { action: command.action, input, ...request },
    (operation) => command.run(input, session, operation, {}),
    (facts) => command.stands(input, session, facts),
  );
}
