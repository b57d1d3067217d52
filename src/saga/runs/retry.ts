import type { Actor } from '../../domain/operation.js';
import { BadUserInputError, ConflictError, NotFoundError } from '../../errors/app-error.js';
import { answered } from '../../store/database.js';
import { tokenHash } from '../../store/tokens/known-tokens.js';
import type { AnyCommand } from '../command.js';
import type { Core } from '../core.js';
import type { Recorded } from '../journal.js';
import { findOperation, type OperationRow } from '../sql/open.js';
import { nameOperation } from './answer.js';
import { type ClaimedRun, claim, type Unclaimed } from './claiming.js';
import type { Runner } from './runner.js';
import { retried } from './running.js';

/** Who asks for the retry, and whose token it works with. */
export interface RetryBy<Session> {
  session: Session;
  token: string;
  actor: Actor;
}

/**
 * Tries a FAILED operation again, as the same operation: its command goes on from what was noted, with the token of whoever asks.
 * OZmap away: queueable commands wait, as at first.
 *
 * Errors: NOT_FOUND · BAD_USER_INPUT (not FAILED, held after a restore, its input was erased, its contract has moved on, or another release began it) · CONFLICT IN_PROGRESS, BUSY · what the command throws ·
 * JOURNAL_UNAVAILABLE.
 */
export async function retryOperation<Session>(
  core: Core,
  { runner, commands }: { runner: Runner; commands: readonly AnyCommand<Session>[] },
  id: string,
  { session, token, actor }: RetryBy<Session>,
): Promise<Recorded<unknown>> {
  return nameOperation(id, async () => {
    const row = await findOperation(core.database.db, id);
    const command = commands.find(({ action }) => action === row?.action);
    if (!row || !command) throw new NotFoundError('operationId', id);
    const { input } = row;
    if (row.held_at && row.state !== 'FAILED')
      throw new BadUserInputError('a person decides on this operation after a restore', [{ field: 'heldOperation' }]);
    if (row.state !== 'FAILED' || !input) throw notFailed();
    if (!mayGoOn(row, command)) throw notAgain('another release began this operation: send the command anew');
    const renew = { tokenHash: tokenHash(token), by: actor };
    const claimed = orRefuse(
      await answered(claim(core, { row, from: 'FAILED', renew }), 'the journal could not be written'),
    );
    try {
      return await runner.execute(retried(claimed, command.queueable), (context) =>
        command.run(input, session, context, claimed.row.facts ?? {}),
      );
    } finally {
      claimed.leave();
    }
  });
}

/** What is known of the operation is nothing, or of a version that the command knows. */
function mayGoOn({ facts, state_version }: OperationRow, { versions }: AnyCommand<never>): boolean {
  return state_version === null || Object.keys(facts ?? {}).length === 0 || versions.includes(state_version);
}

function orRefuse(claimed: ClaimedRun | Unclaimed): ClaimedRun {
  if (claimed === 'gone') throw notFailed();
  if (claimed === 'superseded')
    throw notAgain('another command was carried out on this contract since: send this one anew');
  if (claimed === 'blocked') throw new ConflictError('IN_PROGRESS', 'another command on this contract is not finished');
  return claimed;
}

function notFailed(): BadUserInputError {
  return notAgain('only a FAILED operation whose input is still kept can be tried again');
}

function notAgain(why: string): BadUserInputError {
  return new BadUserInputError(why, [{ field: 'operationId' }]);
}
