import type { RequestContext } from '../context.js';
import type { WarningCode } from '../domain/warnings.js';
import { type ProblemData, toProblem } from '../errors/problem.js';
import type { Command } from '../journal/command.js';
import type { JsonObject } from '../journal/journal.js';
import { runCommand } from './commands.js';
import type { MutationPayload } from './problem/payload.type.js';
import { warningsOf } from './problem/warnings.service.js';
import type { Session } from './session.js';

/** A mutation as its resolver unpacked it. */
interface Mutation<Input extends JsonObject, Outcome, Shown> {
  command: Command<Session, Input, Outcome>;
  input: Input;
  /** Already parsed. */
  contractCode: string;
  /** Boxes whose ports it may take. */
  boxIds?: readonly string[];
  show: (outcome: Outcome) => Shown;
}

/** Runs a command for the caller of this request. Expected refusals become the payload's `problem`; anything else flies on. */
export async function carryOut<
  Input extends JsonObject,
  Outcome extends { warnings: WarningCode[] },
  Shown extends object,
>(
  context: RequestContext,
  { command, input, contractCode, boxIds = [], show }: Mutation<Input, Outcome, Shown>,
): Promise<MutationPayload & Partial<Shown>> {
  context.forget();
  try {
    const recorded = await runCommand(context.journal, command, {
      input,
      contractCode,
      idempotencyKey: null,
      actor: await context.actor(),
      token: context.token,
      session: context.session,
      boxIds,
    });
    // Queued while OZmap is away: accepted, with nothing to show yet.
    if (recorded.state === 'QUEUED') return nothing<Shown>(null);
    return { ...show(recorded.outcome), problem: null, warnings: warningsOf(recorded.outcome.warnings) };
  } catch (error) {
    const problem = toProblem(error);
    if (!problem) throw error;
    return nothing<Shown>(problem);
  }
}

/** A payload without what was asked for: its fields answer null. */
function nothing<Shown extends object>(problem: ProblemData | null): MutationPayload & Partial<Shown> {
  const payload: MutationPayload = { problem, warnings: [] };
  return payload as MutationPayload & Partial<Shown>;
}

/** An input object as plain JSON: absence stays absence, null stays null. */
export function plain<T extends JsonObject>(input: object): T {
  return JSON.parse(JSON.stringify(input)) as T;
}
