import DataLoader from 'dataloader';
import { cancellationRecord } from '../../commands/kit/records.js';
import type { Session } from '../../commands/session.js';
import type { CancellationSnapshot } from '../../domain/cancellation-plan.js';
import type { ContractCode } from '../../domain/contract-code.js';
import type { Actor } from '../../domain/operation.js';
import { BadUserInputError, ConflictError, NotFoundError } from '../../errors/app-error.js';
import type { Recorded } from '../../saga/journal.js';
import type { OperationJournal } from '../../saga/operation-journal.js';
import type {
  DeliveryFilter,
  DeliveryRecord,
  OperationCount,
  OperationFilter,
  OperationPage,
  OperationRecord,
  OperationSnapshot,
  Page,
  PageRequest,
} from '../../saga/reads/records.js';
import type { Named } from '../../saga/sql/visible.js';
import type { Viewer } from '../../store/tokens/token-memory.js';

/** What one caller's requests work with. */
export interface OperationServiceDeps {
  journal: OperationJournal<Session>;
  /** The token's owner and the projects that the token sees; asked for once. Errors: UNAUTHENTICATED · UPSTREAM_UNAVAILABLE. */
  viewer: () => Promise<Viewer>;
  /** Who asks. Errors: as `viewer`. */
  actor: () => Promise<Actor>;
  session: Session;
  token: string;
}

/** An applied cancellation with all that its undo needs: the input of `undoCancellation`. */
export type UndoableCancellation = {
  operationId: string;
  contractCode: ContractCode;
  /** ISO 8601. */
  cancelledAt: string;
  snapshot: CancellationSnapshot;
};

/** Reads the journal and acts on it, as far as the caller's token reaches. */
export class OperationService {
  private asked: Promise<Viewer> | undefined;

  constructor(private readonly deps: OperationServiceDeps) {}

  /** Null where there is none, or none for this caller. */
  async find(id: string): Promise<OperationRecord | null> {
    return this.deps.journal.findOperation(id, await this.viewer());
  }

  /** In the order of the ids, null for what is not there: what a loader needs. One statement. */
  async findMany(ids: readonly string[]): Promise<(OperationRecord | null)[]> {
    return inOrder(ids, await this.deps.journal.findOperations(ids, await this.viewer()));
  }

  /** With what they were asked and left, in the order of the ids. As `findMany`. */
  async findSnapshots(ids: readonly string[]): Promise<(OperationSnapshot | null)[]> {
    return inOrder(ids, await this.deps.journal.findSnapshots(ids, await this.viewer()));
  }

  /** Newest first. Errors: BAD_USER_INPUT (cursor) · LIMIT_EXCEEDED (`first`). */
  async list(filter: OperationFilter, page: PageRequest): Promise<OperationPage> {
    return this.deps.journal.listOperations(filter, page, await this.viewer());
  }

  /** Contracts and leads by a name or telephone number that they were asked with, as long as it is kept; so many operations at most. */
  async findNamed(text: string, limit: number): Promise<Named> {
    return this.deps.journal.findNamed(text, limit, await this.viewer());
  }

  /** How many of the newest 10,000 at most stand in each state. One statement. */
  async count(filter: OperationFilter): Promise<OperationCount[]> {
    return this.deps.journal.countOperations(filter, await this.viewer());
  }

  /** A page for each contract. One statement. Errors: as `list`. */
  async listOf(contractCodes: readonly string[], page: PageRequest): Promise<Map<string, OperationPage>> {
    return this.deps.journal.listOperationsOf(contractCodes, page, await this.viewer());
  }

  /** Tries a FAILED operation again with the caller's token. Errors: NOT_FOUND · BAD_USER_INPUT · CONFLICT · the command's own. */
  async retry(id: string): Promise<Recorded<unknown>> {
    const { journal, session, token, actor } = this.deps;
    return journal.retry(id, { session, token, actor: await actor(), viewer: await this.viewer() });
  }

  /** Events for receivers, newest first. Errors: as `list`. */
  async deliveries(filter: DeliveryFilter, page: PageRequest): Promise<Page<DeliveryRecord>> {
    return this.deps.journal.listDeliveries(filter, page, await this.viewer());
  }

  /** Null where there is none, or none for this caller. */
  async delivery(id: string): Promise<DeliveryRecord | null> {
    return this.deps.journal.findDelivery(id, await this.viewer());
  }

  /** Sends an event again to its receiver. Errors: NOT_FOUND. */
  async sendAgain(deliveryId: string): Promise<void> {
    return this.deps.journal.sendAgain(deliveryId, await this.viewer());
  }

  /**
   * What `undoCancellation` runs on, from what the cancellation left in the journal.
   * Errors: NOT_FOUND · BAD_USER_INPUT (no applied cancellation) · CONFLICT IN_PROGRESS (not finished), UNDO_EXPIRED (its data is gone).
   */
  async undoInput(operationId: string): Promise<UndoableCancellation> {
    const [operation] = await this.findSnapshots([operationId]);
    if (!operation) throw new NotFoundError('operationId', operationId);
    const { action, state, contractCode, finishedAt, facts } = operation;
    const isDeclared = action === 'contract.declare';
    if (!(isDeclared || action === 'client.cancel') || contractCode === null) throw notCancelled();
    if (state === 'PENDING' || state === 'QUEUED' || state === 'UNKNOWN')
      throw new ConflictError('IN_PROGRESS', 'the cancellation is not finished');
    if (state !== 'APPLIED' || !finishedAt) throw notCancelled();
    const snapshot = cancellationRecord(facts);
    if (!snapshot && isDeclared) throw notCancelled();
    if (!snapshot) throw new ConflictError('UNDO_EXPIRED', 'what the cancellation knew is not kept any more');
    return { operationId, contractCode: snapshot.code, cancelledAt: finishedAt.toISOString(), snapshot };
  }

  private viewer(): Promise<Viewer> {
    this.asked ??= this.deps.viewer();
    return this.asked;
  }
}

function inOrder<Found extends OperationRecord>(ids: readonly string[], found: readonly Found[]): (Found | null)[] {
  const byId = new Map(found.map((operation) => [operation.id, operation]));
  return ids.map((id) => byId.get(id) ?? null);
}

function notCancelled(): BadUserInputError {
  return new BadUserInputError('this operation is no applied cancellation', [{ field: 'operationId' }]);
}

export type OperationLoaders = ReturnType<typeof createOperationLoaders>;

/** What one request reads of the journal by key: one statement for all keys of a tick. */
export function createOperationLoaders(operations: OperationService, journal: OperationJournal<Session>) {
  const pages = new Map<string, DataLoader<string, OperationPage | null>>();
  return {
    byId: new DataLoader((ids: readonly string[]) => operations.findMany(ids)),
    snapshots: new DataLoader((ids: readonly string[]) => operations.findSnapshots(ids)),
    /** Of operations that were read for this caller. */
    steps: new DataLoader(async (ids: readonly string[]) => {
      const found = await journal.findSteps(ids);
      return ids.map((id) => found.get(id) ?? []);
    }),
    of: (page: PageRequest) => {
      const key = `${page.first} ${page.after ?? ''}`;
      const loader = pages.get(key) ?? new DataLoader((codes) => pagesOf(codes, page));
      pages.set(key, loader);
      return loader;
    },
    reservations: new DataLoader(async (codes: readonly string[]) => {
      const found = await journal.findReservations(codes);
      return codes.map((code) => found.get(code) ?? null);
    }),
  };

  async function pagesOf(codes: readonly string[], page: PageRequest): Promise<(OperationPage | null)[]> {
    const found = await operations.listOf(codes, page);
    return codes.map((code) => found.get(code) ?? null);
  }
}
