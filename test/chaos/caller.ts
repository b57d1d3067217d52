import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { askAt } from '../support/ask-graphql.js';
import { type Command, documentOf, type Payload } from './command.js';
import { Counts } from './counts.js';

/** Answers that say nothing of how the command ends: the same key is asked again. */
const ASK_AGAIN = new Set(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_OUTCOME_UNKNOWN', 'JOURNAL_UNAVAILABLE', 'RATE_LIMITED']);
const ASK_AGAIN_REASONS = new Set(['IN_PROGRESS', 'BUSY']);
const PAUSE_MS = 250;
const ANSWER_WITHIN_MS = 30_000;

/** How a command ended, beyond doubt. */
export type Ending =
  | { kind: 'applied'; operationId: string; payload: Payload }
  /** Nothing was done. */
  | { kind: 'refused'; operationId: string | null; why: string; message: string }
  /** Not found out in the time that a caller has. */
  | { kind: 'open'; last: string };

/** What callers met, over all commands. */
export class Experience {
  readonly applied = new Counts();
  readonly refused = new Counts();
  /** Answers after which the same key was asked again. */
  readonly again = new Counts();
  /** Commands that were told UPSTREAM_OUTCOME_UNKNOWN or lost their connection, and later how they ended. */
  resolved = 0;
  /** The longest that anybody waited to be told the end of a command. */
  longestMs = 0;
}

/** A caller as CNT is one: one key for each command, asked again with the same key until it is told how the command ended. */
export class Caller {
  constructor(
    /** Of GraphQL; the same over all restarts. */
    private readonly url: string,
    private readonly experience: Experience,
    private readonly patienceMs: number,
  ) {}

  async carryOut({ mutation, input }: Command): Promise<Ending> {
    const variables = { input: { ...input, idempotencyKey: randomUUID() } };
    const startedAt = Date.now();
    const giveUpAt = startedAt + this.patienceMs;
    let failedId: string | null = null;
    let doubted = false;
    let last = 'never asked';
    while (Date.now() < giveUpAt) {
      const answer = await this.ask(documentOf(mutation), variables);
      if (typeof answer !== 'string') {
        const ending = endOf(answer, failedId);
        if (typeof ending !== 'string') {
          if (doubted) this.experience.resolved += 1;
          this.experience.longestMs = Math.max(this.experience.longestMs, Date.now() - startedAt);
          return ending;
        }
        failedId = answer.operation?.state === 'FAILED' ? answer.operation.id : null;
        last = ending;
      } else {
        last = answer;
      }
      doubted ||= last === 'UPSTREAM_OUTCOME_UNKNOWN' || last.startsWith('connection');
      this.experience.again.add(last);
      await sleep(PAUSE_MS);
    }
    return { kind: 'open', last };
  }

  /** The payload; or, as a word, why there is none that can be used. */
  private async ask(document: string, variables: object): Promise<Payload | string> {
    try {
      const { data, errors, status } = await askAt<{ it: Payload | null }>(this.url, document, variables, {
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const [error] = errors;
      if (error) return `error ${String(error.extensions?.code ?? error.message)}`;
      return data?.it ?? `status ${status}`;
    } catch (error) {
      return `connection ${error instanceof Error ? error.name : 'lost'}`;
    }
  }
}

/** The end that an answer tells; or, as a word, why it tells none. A failure that the same key shows twice is what stays. */
function endOf(payload: Payload, failedId: string | null): Ending | string {
  const { problem, operation } = payload;
  if (!problem) {
    if (operation?.state === 'APPLIED') return { kind: 'applied', operationId: operation.id, payload };
    return operation?.state ?? 'no operation';
  }
  const { code, reason, message, operationId } = problem;
  const failed = operation?.state === 'FAILED' && operation.id === failedId;
  if (!failed && (ASK_AGAIN.has(code) || ASK_AGAIN_REASONS.has(reason ?? ''))) return reason ?? code;
  return { kind: 'refused', operationId, why: failed ? 'NOT_APPLIED' : (reason ?? code), message };
}
