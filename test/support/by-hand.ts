import type { JsonObject } from '../../src/domain/json.js';
import type { Command } from '../../src/saga/command.js';

/** A command that a test writes without a saga: what it notes has version 1, and what is seen of it still stands. */
export function byHand<Session, Input extends JsonObject, Outcome>(
  command: Omit<Command<Session, Input, Outcome>, 'versions' | 'stands'> & { versions?: readonly number[] },
): Command<Session, Input, Outcome> {
  return { versions: [1], stands: command.look, ...command };
}
