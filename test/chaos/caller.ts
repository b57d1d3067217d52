import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { askAt } from '../support/ask-graphql.js';
import { type Command, documentOf, type Payload } from './command.js';
import { Counts } from './counts.js';
import type { Patience } from './patience.js';

/** Answers that say nothing of how the command ends: the same key is asked again. */
const ASK_AGAIN = new Set(['UPSTREAM_UNAVAILABLE', 'UPSTREAM_OUTCOME_UNKNOWN', 'JOURNAL_UNAVAILABLE', 'RATE_LIMITED']);
const ASK_AGAIN_REASONS = new Set(['IN_PROGRESS', 'BUSY']);
const PAUSE_MS = 250;
/** How often somebody looks whether anybody waits for long. */
const WATCH_MS = 200;
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

/**
 * A caller as CNT is one: one key for each command, asked again with the same key until it is told how the command ended. It gives up only in
 * calm weather: that faults without end leave a command without one is no fault of the service.
 */
export class Caller {
  private readonly waiting = new Set<{ since: number }>();
  private calm: Patience | null = null;

  constructor(
    /** Of GraphQL; the same over all restarts. */
    private readonly url: string,
    private readonly experience: Experience,
  ) {}

  /** No fault comes any more: what is without end once patience is over stays so. */
  calmDown(patience: Patience): void {
    this.calm = patience;
  }

  /** Once a command has waited for so long, or `signal` says that nobody cares any more. */
  async someoneWaits(ms: number, signal: AbortSignal): Promise<void> {
    const waitsLong = ({ since }: { since: number }) => Date.now() - since > ms;
    while (!signal.aborted && ![...this.waiting].some(waitsLong)) await sleep(WATCH_MS);
  }

  async carryOut(command: Command): Promise<Ending> {
    const wait = { since: Date.now() };
    this.waiting.add(wait);
    try {
      return await this.askUntilTold(command, wait.since);
    } finally {
      this.waiting.delete(wait);
      this.experience.longestMs = Math.max(this.experience.longestMs, Date.now() - wait.since);
    }
  }

  /** Says it once; whether it arrives, and what becomes of it, nobody hears. */
  async mention({ mutation, input }: Command, withinMs: number): Promise<void> {
    const signal = AbortSignal.timeout(withinMs);
    await askAt(this.url, documentOf(mutation), { input }, { signal }).catch(() => undefined);
  }

  private async askUntilTold({ mutation, input }: Command, since: number): Promise<Ending> {
    const variables = { input: { ...input, idempotencyKey: randomUUID() } };
    let failedId: string | null = null;
    let doubted = false;
    for (;;) {
      const answer = await this.ask(documentOf(mutation), variables);
      const ending = typeof answer === 'string' ? answer : endOf(answer, failedId);
      if (typeof ending !== 'string') {
        if (doubted) this.experience.resolved += 1;
        return ending;
      }
      if (this.calm?.isOver(since)) return { kind: 'open', last: ending };
      if (typeof answer !== 'string') failedId = answer.operation?.state === 'FAILED' ? answer.operation.id : null;
      doubted ||= ending === 'UPSTREAM_OUTCOME_UNKNOWN' || ending.startsWith('connection');
      this.experience.again.add(ending);
      await sleep(PAUSE_MS);
    }
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
