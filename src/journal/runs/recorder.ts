import {
  AppError,
  ConflictError,
  IdempotencyMismatchError,
  JournalUnavailableError,
  OutcomeUnknownError,
  UpstreamUnavailableError,
} from '../../errors/app-error.js';
import type { Look } from '../command.js';
import type { Core } from '../core.js';
import { inputHash, tokenHash } from '../fingerprint.js';
import { newId } from '../ids.js';
import type { Journal, JsonObject, OperationContext, OperationRequest, Recorded } from '../journal.js';
import { HELD, type Leases, leaseResources } from '../leases/leases.js';
import { StoredProblemError } from '../problem.js';
import { findByKey, type NewOperation, type OperationRow } from '../sql/open.js';
import { nameOperation } from './named-errors.js';
import { type Opened, openOperation } from './opening.js';
import type { Runner, RunningOperation } from './runner.js';

/** What a caller of `record` may ask beyond the seam; the background does. */
export interface RecordOptions {
  whenAway?: RunningOperation['whenAway'];
}

/** The journal's front: decides whether a command runs, waits, or was already answered. */
export class Recorder implements Journal {
  /** Keys of commands that are on their way in this process, with their operations. */
  private readonly running = new Map<string, { hash: string; operationId: string }>();

  constructor(
    private readonly core: Core,
    private readonly leases: Leases,
    private readonly runner: Runner,
    private readonly isQueueable: (action: string) => boolean,
  ) {}

  async record<T>(
    request: OperationRequest,
    run: (operation: OperationContext) => Promise<T>,
    look?: (facts: JsonObject) => Promise<Look<T>>,
    options: RecordOptions = {},
  ): Promise<Recorded<T>> {
    if (this.core.signal.aborted) throw new JournalUnavailableError('the service is stopping');
    const operation: NewOperation = {
      id: newId(),
      runId: newId(),
      processId: this.core.processId,
      request,
      inputHash: inputHash(request),
      tokenHash: tokenHash(request.token),
    };
    return this.oncePerKey(operation, async () => {
      let distrusted: string | null = null;
      for (;;) {
        const { opened, leave } = await this.open(operation, distrusted);
        try {
          if (opened.kind === 'opened') return await this.runner.execute(this.asRunning(operation, options), run);
          if (opened.kind === 'enqueued') return { state: 'QUEUED', outcome: null, operationId: operation.id };
          if (opened.kind !== 'repeat') return answer<T>(opened, operation);
        } finally {
          leave();
        }
        const { operation: last } = opened;
        const seen = look ? await nameOperation(last.id, () => lookAgain(last, look)) : null;
        if (seen?.seen === 'applied') return { state: 'APPLIED', outcome: seen.outcome, operationId: last.id };
        if (!seen && last.outcome !== null)
          return { state: 'APPLIED', outcome: last.outcome as T, operationId: last.id };
        distrusted = last.id;
      }
    });
  }

  private async open(
    operation: NewOperation,
    distrusted: string | null,
  ): Promise<{ opened: Opened; leave: () => void }> {
    const { request } = operation;
    const resources = leaseResources(request.contractCode, request.boxIds);
    const { actor, idempotencyKey } = request;
    const { db } = this.core.database;
    try {
      if (idempotencyKey !== null && this.leases.isTaken(resources)) {
        const known = await findByKey(db, actor.ownerId, idempotencyKey);
        if (known) return { opened: { kind: 'sameKey', operation: known }, leave: () => {} };
      }
      const { result, leave } = await this.leases.enter(resources, this.core.settings.leaseWaitMs, async () => {
        const opened = await openOperation(this.core, {
          operation,
          resources,
          queueable: this.isQueueable(request.action),
          distrusted,
        });
        return opened.kind === 'held' ? HELD : opened;
      });
      return { opened: result, leave };
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      throw new JournalUnavailableError('the journal could not be written', [], { cause });
    }
  }

  /** A key that is on its way in this process is answered at once, without waiting for the contract's turn. */
  private async oncePerKey<T>(operation: NewOperation, work: () => Promise<T>): Promise<T> {
    const { idempotencyKey, actor } = operation.request;
    if (idempotencyKey === null) return work();
    const key = JSON.stringify([actor.ownerId, idempotencyKey]);
    const other = this.running.get(key);
    if (other) {
      if (other.hash !== operation.inputHash) throw mismatch();
      throw inProgress(other.operationId);
    }
    this.running.set(key, { hash: operation.inputHash, operationId: operation.id });
    try {
      return await work();
    } finally {
      this.running.delete(key);
    }
  }

  private asRunning({ id, runId, request }: NewOperation, { whenAway = 'enqueue' }: RecordOptions): RunningOperation {
    return {
      start: {
        operationId: id,
        runId,
        leases: leaseResources(request.contractCode, request.boxIds).length,
        facts: {},
        projectId: null,
        steps: 0,
        done: 0,
        scope: null,
      },
      action: request.action,
      contractCode: request.contractCode,
      requestedAt: new Date(),
      queueable: this.isQueueable(request.action),
      whenAway,
    };
  }
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

/** What a command is told that does not run because of an operation that is already there. */
function answer<T>(
  opened: { kind: 'sameKey' | 'open' | 'queued'; operation: OperationRow },
  asked: NewOperation,
): Recorded<T> {
  const { kind, operation } = opened;
  const same = operation.input_hash === asked.inputHash;
  if (kind === 'sameKey' && !same) throw mismatch();
  const { id, state, outcome, problem } = operation;
  if (!same) throw inProgress(id);
  switch (state) {
    case 'APPLIED':
      return { state, outcome: outcome as T, operationId: id };
    case 'QUEUED':
      return { state, outcome: null, operationId: id };
    case 'PENDING':
      throw inProgress(id);
    case 'UNKNOWN':
      throw named(new OutcomeUnknownError('the outcome of this command is being found out'), id);
    case 'REFUSED':
    case 'FAILED':
      throw new StoredProblemError(
        problem ?? { code: 'INTERNAL_SERVER_ERROR', reason: null, message: 'unexpected failure', details: [] },
        id,
      );
  }
}

function mismatch(): IdempotencyMismatchError {
  return new IdempotencyMismatchError('this idempotency key came with another input');
}

function inProgress(operationId: string): ConflictError {
  return named(new ConflictError('IN_PROGRESS', 'another command on this contract is not finished'), operationId);
}

function named<E extends AppError>(error: E, operationId: string): E {
  error.operationId = operationId;
  return error;
}
