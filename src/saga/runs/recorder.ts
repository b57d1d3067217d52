import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../domain/json.js';
import { AppError, JournalUnavailableError } from '../../errors/app-error.js';
import { answered } from '../../store/database.js';
import { newId } from '../../store/ids.js';
import { tokenHash } from '../../store/tokens/known-tokens.js';
import type { Look, OperationContext } from '../command.js';
import type { Core } from '../core.js';
import type { Journal, OperationRequest, Recorded } from '../journal.js';
import { isBusy } from '../leases/keyed-mutex.js';
import { HELD, leaseResources } from '../leases/leases.js';
import { findByKey, findOperation, type NewOperation } from '../sql/open.js';
import { answer, inProgress, mismatch } from './answer.js';
import { enqueueBehind, type Opened, openOperation } from './opening.js';
import { answerRepeat } from './repeat.js';
import type { Runner } from './runner.js';
import { fresh, type RunningOperation } from './running.js';

/** The journal's front: decides whether a command runs, waits, or was already answered. */
export class Recorder implements Journal {
  private readonly keys = new KeysInFlight();

  constructor(
    private readonly core: Core,
    private readonly runner: Runner,
  ) {}

  /** `whenAway`: beyond the seam; the background says. */
  async record<T>(
    request: OperationRequest,
    run: (operation: OperationContext) => Promise<T>,
    look?: (facts: JsonObject) => Promise<Look<T>>,
    whenAway: RunningOperation['whenAway'] = 'wait',
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
    const again = (operationId: string) => this.answerAgain<T>(operationId, operation);
    return this.keys.once(operation, again, async (named) => {
      let staleOperationId: string | null = null;
      for (;;) {
        const { opened, leave } = await this.open(operation, staleOperationId);
        named('operation' in opened ? opened.operation.id : operation.id);
        if (opened.kind !== 'repeat') return this.carryOut(opened, operation, { run, whenAway, leave });
        leave();
        const { operation: last } = opened;
        const repeated = await answerRepeat(this.core, { last, asked: operation }, look);
        if (repeated) return repeated;
        staleOperationId = last.id;
      }
    });
  }

  /** As the journal has it by now: whom a repetition runs beside may itself be only a repetition of what is done. */
  private async answerAgain<T>(operationId: string, asked: NewOperation): Promise<Recorded<T>> {
    const operation = await answered(
      findOperation(this.core.database.db, operationId),
      'the journal could not be read',
    );
    if (!operation) throw inProgress(operationId);
    return answer<T>({ kind: 'sameKey', operation }, asked);
  }

  private async carryOut<T>(
    opened: Exclude<Opened, { kind: 'repeat' }>,
    operation: NewOperation,
    {
      run,
      whenAway,
      leave,
    }: Pick<RunningOperation, 'whenAway'> & { run: (operation: OperationContext) => Promise<T>; leave: () => void },
  ): Promise<Recorded<T>> {
    try {
      if (opened.kind === 'opened') {
        const leases = leaseResources(operation.request).length;
        const queueable = this.core.commands.isQueueable(operation.request.action);
        return await this.runner.execute(fresh(operation, { leases, queueable, whenAway }), run);
      }
      if (opened.kind === 'enqueued') return { state: 'QUEUED', outcome: null, operationId: operation.id };
      return answer<T>(opened, operation);
    } finally {
      leave();
    }
  }

  private async open(
    operation: NewOperation,
    staleOperationId: string | null,
  ): Promise<{ opened: Opened; leave: () => void }> {
    const { request } = operation;
    const { core } = this;
    const { leases, commands } = core;
    const resources = leaseResources(request);
    const { actor, idempotencyKey, action } = request;
    const durable = commands.isDurable(action);
    const opening = { operation, resources, queueable: commands.isQueueable(action), durable, staleOperationId };
    try {
      if (idempotencyKey !== null && leases.isTaken(resources)) {
        const known = await findByKey(core.database.db, actor.ownerId, idempotencyKey);
        if (known) return { opened: { kind: 'sameKey', operation: known }, leave: () => {} };
      }
      const { result, leave } = await leases.enter(resources, core.settings.leaseWaitMs, async () => {
        const opened = await openOperation(core, opening);
        return opened.kind === 'held' ? HELD : opened;
      });
      return { opened: result, leave };
    } catch (cause) {
      if (durable && isBusy(cause)) return { opened: await enqueueBehind(core, operation), leave: () => {} };
      if (cause instanceof AppError) throw cause;
      throw new JournalUnavailableError('the journal could not be written', [], { cause });
    }
  }
}

/** Idempotency keys of commands that are on their way in this process, with the operations that they turn out to be. */
class KeysInFlight {
  private readonly keys = new Map<string, { hash: string; operationId: Promise<string> }>();

  /**
   * Lets a key in once at a time. Whoever repeats it meanwhile does not enter the contract's line a second time, but is not answered before it
   * is known which operation it is: another process may have opened it with the same key.
   *
   * Shape:  `work` calls `named` once its operation is known; `again` answers by it whoever came meanwhile.
   * Errors: IDEMPOTENCY_MISMATCH · what `work` or `again` throws · what the first one met before it had an operation.
   */
  async once<T>(
    operation: NewOperation,
    again: (operationId: string) => Promise<T>,
    work: (named: (operationId: string) => void) => Promise<T>,
  ): Promise<T> {
    const { idempotencyKey, actor } = operation.request;
    if (idempotencyKey === null) return work(() => {});
    const key = JSON.stringify([actor.ownerId, idempotencyKey]);
    const other = this.keys.get(key);
    if (other) {
      if (other.hash !== operation.inputHash) throw mismatch();
      return again(await other.operationId);
    }
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    // Nobody else may be waiting for it.
    promise.catch(() => {});
    this.keys.set(key, { hash: operation.inputHash, operationId: promise });
    try {
      return await work(resolve);
    } catch (error) {
      reject(error);
      throw error;
    } finally {
      this.keys.delete(key);
    }
  }
}

/** JSON with sorted keys: two inputs are the same command exactly when their canonical texts are equal. */
function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`];
    });
  return `{${entries.join(',')}}`;
}

/** What makes two commands the same: action, contract and input. SHA-256, hex. */
function inputHash({ action, contractCode, input }: OperationRequest): string {
  return createHash('sha256').update(canonicalJson({ action, contractCode, input })).digest('hex');
}
