import type { Actor } from '../domain/actor.js';
import type { Command } from '../journal/command.js';
import type { Journal, JsonObject, Recorded } from '../journal/journal.js';
import type { Session } from './session.js';

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
  return journal.record({ action: command.action, input, ...request }, (operation) =>
    command.run(input, session, operation, {}),
  );
}
