import type { JsonObject } from '../../domain/json.js';
import { UpstreamUnavailableError } from '../../errors/app-error.js';
import { answered } from '../../store/database.js';
import { projectIdsOf } from '../../store/tokens/known-tokens.js';
import type { Look } from '../command.js';
import type { Core } from '../core.js';
import type { Recorded } from '../journal.js';
import type { NewOperation, OperationRow } from '../sql/open.js';
import { nameOperation } from './answer.js';

/**
 * What a command without key is told that repeats the last one applied on its contract: that operation, where reading shows that it still
 * stands. While OZmap is away, what is stored, if the caller may see it. Null when the command is to run.
 *
 * Errors: what `look` throws, with `operationId` · JOURNAL_UNAVAILABLE.
 */
export async function answerRepeat<T>(
  core: Core,
  { last, asked }: { last: OperationRow; asked: NewOperation },
  look?: (facts: JsonObject) => Promise<Look<T>>,
): Promise<Recorded<T> | null> {
  const seen = look ? await nameOperation(last.id, () => lookAgain(last, look)) : null;
  if (seen?.seen === 'applied') return { state: 'APPLIED', outcome: seen.outcome, operationId: last.id };
  if (seen || last.outcome === null || !(await maySee(core, last, asked))) return null;
  return { state: 'APPLIED', outcome: last.outcome as T, operationId: last.id };
}

/** Null while OZmap is away: then what the journal knows is all there is to know. */
async function lookAgain<T>(
  { facts }: OperationRow,
  look: (facts: JsonObject) => Promise<Look<T>>,
): Promise<Look<T> | null> {
  try {
    return await look(facts ?? {});
  } catch (error) {
    if (error instanceof UpstreamUnavailableError) return null;
    throw error;
  }
}

/** OZmap cannot be asked whose data this is: it is for its owner, and for tokens that saw its project when OZmap last verified them. */
async function maySee({ database }: Core, last: OperationRow, { request, tokenHash }: NewOperation): Promise<boolean> {
  if (last.owner_id === request.actor.ownerId) return true;
  if (last.project_id === null) return false;
  const seen = await answered(projectIdsOf(database.db, tokenHash), 'the journal could not be read');
  return seen.includes(last.project_id);
}
