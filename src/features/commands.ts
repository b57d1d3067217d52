import type { Actor } from '../domain/actor.js';
import type { AnyCommand, Command } from '../journal/command.js';
import type { Journal, JsonObject, Recorded } from '../journal/journal.js';
import { activateClient } from './client/activate-client.command.js';
import { cancelClient } from './client/cancel-client.command.js';
import { changePort } from './client/change-port.command.js';
import { relocateClient } from './client/relocate-client.command.js';
import { undoCancellation } from './client/undo-cancellation.command.js';
import { updateClient } from './client/update-client.command.js';
import { createProspect } from './prospect/create-prospect.command.js';
import { reservePort } from './reservation/reserve-port.command.js';
import { withdrawReservation } from './reservation/withdraw-reservation.command.js';
import type { Session } from './session.js';

/** Every command there is, for whoever runs them again by their action. */
export const COMMANDS: readonly AnyCommand<Session>[] = [
  reservePort,
  activateClient,
  updateClient,
  cancelClient,
  withdrawReservation,
  changePort,
  relocateClient,
  undoCancellation,
  createProspect,
];

/** A mutation on its way to the journal. */
export interface CommandRequest<Input extends JsonObject> {
  /** Plain JSON, without the idempotency key. */
  input: Input;
  /** Already parsed by domain/contract-code.ts. */
  contractCode: string | null;
  idempotencyKey: string | null;
  actor: Actor;
  token: string;
  session: Session;
  /** Boxes whose ports the command may take, as far as the input names them. */
  boxIds: readonly string[];
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
    (facts) => (command.stands ?? command.look)(input, session, facts),
  );
}
