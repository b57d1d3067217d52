import { OzlocOperationDocument } from '../../../generated/ozloc-commands.js';
import type { GraphqlClient } from '../../shared/graphql-client.js';
import { LOST_ON_THE_WAY, type Problem, type SentCommand, type Trouble } from '../state/state.js';
import { type EffectContext, type Refusal, tookAwayAccess, troubleOf, troubleOfProblem } from './context.js';

/** How an operation of the journal ended: `applied`, or the problem; `open` while it has not, `unreadable` when that cannot be told now. */
export async function stateOfOperation(
  client: GraphqlClient,
  id: string,
): Promise<'applied' | 'open' | 'unreadable' | Problem> {
  const answer = await client.request(OzlocOperationDocument, { id }).catch(() => null);
  const operation = answer?.integrationOperation;
  if (!operation) return 'unreadable';
  if (operation.state === 'APPLIED') return 'applied';
  if (operation.state !== 'REFUSED' && operation.state !== 'FAILED') return 'open';
  return operation.problem ?? { code: 'UPSTREAM_REFUSED', reason: null, message: '', operationId: id, details: [] };
}

/** How long to wait before looking again how a command ended: quick at first, then patient. */
const LOOK_AGAIN_MS = [800, 1200, 2000, 3000, 5000];
/** After this many looks, some ten minutes and so twice `OUTCOME_SETTLE_S`, the page says so and lets the seller look again himself. */
const MOST_LOOKS = 130;

/** Ends that say nothing about the command. */
const KEEPS_KEY = new Set([
  'STILL_UNKNOWN',
  'UNAUTHENTICATED',
  'INTERNAL_SERVER_ERROR',
  'JOURNAL_UNAVAILABLE',
  'UNEXPECTED',
  'RATE_LIMITED',
]);

/** What is asked for, fixed at the moment of the press. `Done` is the resulting state. */
export interface Command<Done> {
  /** Its idempotency key. */
  key: string;
  sent: SentCommand;
  /** Sends it once. Errors: RequestFailed. */
  send(): Promise<{ done: Done } | Refusal>;
  /** The state after its operation succeeded; null when that cannot be read now. */
  standing(operationId: string | null): Promise<Done | null>;
}

/**
 * Carries out a command, telling the state how it gets on: sends, and as long as nobody knows the outcome looks how it ended. The same
 * key all along: it cannot happen twice.
 */
export async function settle<Done>(context: EffectContext, command: Command<Done>): Promise<{ done: Done } | Trouble> {
  context.store.dispatch({ type: 'submission.started', sent: command.sent });
  const end = await endOf(context, command);
  if ('done' in end) return end;
  // A key whose command was refused has done its work: trying again is a new command. Where that is not sure the key stays.
  if (!KEEPS_KEY.has(end.code)) context.keys.forget(command.key);
  context.store.dispatch({ type: 'submission.refused', trouble: end });
  tookAwayAccess(context, end.code);
  return end;
}

async function endOf<Done>(context: EffectContext, command: Command<Done>): Promise<{ done: Done } | Trouble> {
  let answer = await attempt(command);
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    if ('done' in answer || !isUndecided(answer)) return answer;
    context.store.dispatch({ type: 'submission.waiting', trouble: answer });
    await context.wait(LOOK_AGAIN_MS[Math.min(look, LOOK_AGAIN_MS.length - 1)] ?? 5000);
    const seen = await lookFor(context, command, answer);
    if (seen === 'open') continue;
    if (seen !== 'unsaid') return seen;
    answer = await attempt(command);
  }
  return { code: 'STILL_UNKNOWN', reason: null, message: null, details: [] };
}

/** How the command ended; `open`: it has not; `unsaid`: only sending it again can tell. */
async function lookFor<Done>(
  { client }: EffectContext,
  command: Command<Done>,
  { operationId, reason }: Refusal,
): Promise<{ done: Done } | Trouble | 'open' | 'unsaid'> {
  const ended = operationId === null ? 'unreadable' : await stateOfOperation(client, operationId);
  if (ended === 'open') return 'open';
  // IN_PROGRESS may name another command on this contract: its end is not ours, ours can only go now.
  if (ended === 'unreadable' || reason === 'IN_PROGRESS') return 'unsaid';
  if (ended !== 'applied') return { ...troubleOfProblem(ended), operationId };
  const done = await command.standing(operationId);
  return done === null ? 'unsaid' : { done };
}

async function attempt<Done>(command: Command<Done>): Promise<{ done: Done } | Refusal> {
  try {
    return await command.send();
  } catch (error) {
    return { ...troubleOf(error), operationId: null };
  }
}

/** The outcome is unknown: the answer was lost between us and the subgraph, between it and OZmap, or an equal command is still running. */
function isUndecided({ code, reason }: Trouble): boolean {
  return code === 'UPSTREAM_OUTCOME_UNKNOWN' || LOST_ON_THE_WAY.has(code) || reason === 'IN_PROGRESS';
}
