import type { ContractCode } from '../domain/contract-code.js';
import type { JsonObject } from '../domain/json.js';
import type { AnyCommand, Command } from '../saga/command.js';
import type { Journal, OperationRequest, Recorded } from '../saga/journal.js';
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

/** A mutation on its way to the journal; of `boxIds` and `keeps`, what its input names. */
interface CommandRequest<Input extends JsonObject> extends Omit<OperationRequest, 'action'> {
  input: Input;
  contractCode: ContractCode | null;
  newContractCode?: ContractCode | undefined;
  session: Session;
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
