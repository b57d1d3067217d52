import {
  AppError,
  JournalUnavailableError,
  OutcomeUnknownError,
  UpstreamUnavailableError,
} from '../../errors/app-error.js';
import { isBusy } from '../leases/keyed-mutex.js';
import { problemOf, type StoredProblem } from '../problem.js';

/** The run lost its operation or a lease: it must not write any more. */
export class RunStoppedError extends AppError {
  readonly code = 'CONFLICT';
  override readonly reason = 'BUSY';
}

/** What a run did before it failed. */
interface RunSoFar {
  /** Writes that OZmap acknowledged. */
  done: number;
  /** An earlier run of the same operation wrote something, or may have. */
  wroteBefore: boolean;
  /** Some write was sent and its outcome is not known. */
  inDoubt: boolean;
  /** Of the saga's state that it leaves; null: none, as where all that it wrote was taken back. */
  version: number | null;
}

interface Patience {
  /** The command may wait for OZmap to come back. */
  queueable: boolean;
  /** It waits as well where others are in its way. */
  durable: boolean;
}

/** How a failed run leaves its operation, and what its caller is told. */
export type Verdict =
  | { state: 'QUEUED' }
  | { state: 'UNKNOWN'; thrown: unknown }
  | { state: 'REFUSED' | 'FAILED'; problem: StoredProblem; releaseKey: boolean; thrown: unknown };

/** Codes that say nothing about the command itself: the same key may be tried again. */
const TRANSIENT = new Set([
  'UPSTREAM_UNAVAILABLE',
  'JOURNAL_UNAVAILABLE',
  'UNAUTHENTICATED',
  'RATE_LIMITED',
  'REQUEST_TIMEOUT',
]);
/** Whether whoever repeats the command, by its key too, may meet another end. */
export function isTransient({ code }: { code: string }): boolean {
  return TRANSIENT.has(code);
}

/**
 * Judges a failed run. A write whose outcome is not known, or a command cut short between its writes, is UNKNOWN and gets resolved by
 * reading. Without any write, OZmap's absence makes a queueable command wait.
 */
export function judge(error: unknown, run: RunSoFar, { queueable, durable }: Patience): Verdict {
  const { done, inDoubt } = run;
  const refused = (state: 'REFUSED' | 'FAILED'): Verdict => {
    const problem = problemOf(error);
    const releaseKey = done === 0 && (isTransient(problem) || !(error instanceof AppError) || error.reason === 'BUSY');
    return { state, problem, releaseKey, thrown: error };
  };
  if (inDoubt || error instanceof OutcomeUnknownError) return { state: 'UNKNOWN', thrown: unknownOutcome(error) };
  const isInTheWay = error instanceof UpstreamUnavailableError || (durable && isBusy(error));
  if (isInTheWay && done === 0 && queueable) return { state: 'QUEUED' };
  if (done > 0 && isCutShort(error)) return { state: 'UNKNOWN', thrown: unknownOutcome(error) };
  if (!(error instanceof AppError)) return refused('FAILED');
  if (error.code === 'UPSTREAM_UNEXPECTED_EFFECT') return refused('FAILED');
  if (isTransient(error) || error.code === 'UPSTREAM_UNEXPECTED_SHAPE') return refused('FAILED');
  return refused(mayStand(run) ? 'FAILED' : 'REFUSED');
}

/**
 * Something written may still be there. What a run wrote it has taken back itself where it left no state to go on from; of an earlier one nobody
 * knows that.
 */
function mayStand({ done, wroteBefore, version }: RunSoFar): boolean {
  return wroteBefore || (done > 0 && version !== null);
}

/** The command did not decide to stop: something around it did. */
function isCutShort(error: unknown): boolean {
  return (
    !(error instanceof AppError) ||
    error instanceof RunStoppedError ||
    error instanceof JournalUnavailableError ||
    isTransient(error) ||
    error.code === 'UPSTREAM_UNEXPECTED_SHAPE'
  );
}

function unknownOutcome(cause: unknown): OutcomeUnknownError {
  return cause instanceof OutcomeUnknownError
    ? cause
    : new OutcomeUnknownError('the command was cut short between its writes', [], { cause });
}
