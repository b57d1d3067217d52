import type { Kysely } from 'kysely';
import { receiverName } from '../../domain/events.js';
import type { JsonObject } from '../../domain/json.js';
import { BadUserInputError, LimitExceededError } from '../../errors/app-error.js';
import { answered } from '../../store/database.js';
import { isId } from '../../store/ids.js';
import type { Tables } from '../../store/tables.js';
import type { Viewer } from '../../store/tokens/token-memory.js';
import { type ListedRow, listDeliveries } from '../sql/deliveries.js';
import {
  countOperations,
  findNamed,
  findReservations,
  listOfContracts,
  listOperations,
  readOperation,
  readOperations,
  readSnapshots,
  readSteps,
} from '../sql/reads.js';
import type { Named } from '../sql/visible.js';
import {
  type DeliveryFilter,
  type DeliveryRecord,
  fromCursor,
  type OperationCount,
  type OperationFilter,
  type OperationPage,
  type OperationRecord,
  type OperationSnapshot,
  type Page,
  type PageRequest,
  pageOf,
  recordOf,
  type StepRecord,
} from './records.js';

const MAX_PAGE = 100;

/** A reservation that the journal made, extended or handed over. */
export interface KnownReservation {
  /** OZmap's id of its client: another client under the same code is somebody else's. */
  clientId: string | null;
  expiresAt: Date | null;
  /** False: made elsewhere, and only extended or handed over here. */
  madeHere: boolean;
  /** What its making noted about itself; null where it was made elsewhere, or past its retention. */
  facts: JsonObject | null;
}

/** Reads the journal, each reader only what its token may see. Errors, of each method: JOURNAL_UNAVAILABLE. */
export class Reader {
  constructor(private readonly db: Kysely<Tables>) {}

  /** Null where there is none, or none for this viewer. */
  async find(id: string, viewer: Viewer): Promise<OperationRecord | null> {
    const row = isId(id) ? await answered(readOperation(this.db, id, viewer)) : null;
    return row && recordOf(row);
  }

  /** In no particular order, nothing for what is missing; one statement. */
  async findMany(ids: readonly string[], viewer: Viewer): Promise<OperationRecord[]> {
    const usable = ids.filter(isId);
    return usable.length === 0 ? [] : (await answered(readOperations(this.db, usable, viewer))).map(recordOf);
  }

  /** With input, facts and outcome, for whoever undoes them or tells of them. As `findMany`. */
  async findSnapshots(ids: readonly string[], viewer: Viewer): Promise<OperationSnapshot[]> {
    const usable = ids.filter(isId);
    const rows = usable.length === 0 ? [] : await answered(readSnapshots(this.db, usable, viewer));
    return rows.map((row) => ({ ...recordOf(row), input: row.input, facts: row.facts, outcome: row.outcome }));
  }

  /** The writes of operations whose ids the viewer was given, in order; one statement. */
  async steps(ids: readonly string[]): Promise<Map<string, StepRecord[]>> {
    const rows = ids.length === 0 ? [] : await answered(readSteps(this.db, ids));
    return new Map(
      rows.map(({ operation_id, steps }) => [
        operation_id,
        steps.map(([name, method, path, status, durationMs, outcome, at]) => {
          return { name, method, path, status, durationMs, outcome, at: new Date(at) };
        }),
      ]),
    );
  }

  /** Newest first. Errors: BAD_USER_INPUT (cursor) · LIMIT_EXCEEDED (`first`). */
  async list(filter: OperationFilter, page: PageRequest, viewer: Viewer): Promise<OperationPage> {
    const { rows, searchedTo } = await answered(listOperations(this.db, filter, window(page), viewer));
    return pageOf(rows.map(recordOf), page, searchedTo);
  }

  /** Contracts and leads by a name or telephone number that they were asked with, as long as it is kept; so many operations at most. */
  async findNamed(text: string, limit: number, viewer: Viewer): Promise<Named> {
    return answered(findNamed(this.db, text, limit, viewer));
  }

  /** Of the newest 10,000 at most, those of each state; none where there are none. */
  async count(filter: OperationFilter, viewer: Viewer): Promise<OperationCount[]> {
    return answered(countOperations(this.db, filter, viewer));
  }

  /** A page for each contract, in one statement; contracts without operations have an empty one. Errors: as `list`. */
  async listOfContracts(
    contractCodes: readonly string[],
    page: PageRequest,
    viewer: Viewer,
  ): Promise<Map<string, OperationPage>> {
    const rows = contractCodes.length
      ? await answered(listOfContracts(this.db, contractCodes, window(page), viewer))
      : [];
    const byCode = Map.groupBy(rows, (row) => row.wanted_code);
    return new Map(contractCodes.map((code) => [code, pageOf((byCode.get(code) ?? []).map(recordOf), page)]));
  }

  /** Contracts with a reservation that the journal knows and has not ended; one statement. */
  async reservations(contractCodes: readonly string[]): Promise<Map<string, KnownReservation>> {
    const rows = contractCodes.length ? await answered(findReservations(this.db, contractCodes)) : [];
    return new Map(
      rows.map(({ contract_code, action, made_client_id: clientId, expires_at: expiresAt, facts }) => [
        contract_code,
        { clientId, expiresAt, facts, madeHere: action === 'port.reserve' || (facts?.record ?? null) !== null },
      ]),
    );
  }

  /** Events for receivers, newest first. Errors: as `list`. */
  async deliveries(filter: DeliveryFilter, page: PageRequest, viewer: Viewer): Promise<Page<DeliveryRecord>> {
    const { beforeId: beforeSeq, limit } = window(page, (id) => SEQ.test(id));
    const { rows, searchedTo } = await answered(listDeliveries(this.db, filter, { beforeSeq, limit }, viewer));
    return pageOf(rows.map(deliveryOf), page, searchedTo);
  }

  /** Null where there is none, or none for this viewer. */
  async delivery(id: string, viewer: Viewer): Promise<DeliveryRecord | null> {
    if (!SEQ.test(id)) return null;
    const { rows } = await answered(listDeliveries(this.db, { seq: id }, { beforeSeq: null, limit: 1 }, viewer));
    return rows[0] ? deliveryOf(rows[0]) : null;
  }
}

/** Of a delivery: its number. */
const SEQ = /^\d{1,18}$/;

function deliveryOf(row: ListedRow): DeliveryRecord {
  return {
    id: row.seq,
    webhookId: row.id,
    type: (JSON.parse(row.body) as { type: string }).type,
    receiver: receiverName(row.url),
    contractCode: row.contract_code,
    operationId: row.operation_id,
    state: row.state,
    attempts: row.attempts,
    lastStatus: row.last_status,
    lastAt: row.last_at,
    lastMs: row.last_ms,
    lastError: row.last_error,
    nextAt: row.next_at,
    createdAt: row.created_at,
  };
}

function window({ first, after }: PageRequest, isKey = isId): { beforeId: string | null; limit: number } {
  if (first > MAX_PAGE) throw new LimitExceededError('first', MAX_PAGE, first);
  if (!Number.isInteger(first) || first < 0)
    throw new BadUserInputError('first is not a count', [{ field: 'first', limit: 0, actual: first }]);
  const beforeId = after === null || after === undefined ? null : fromCursor(after);
  if (beforeId !== null && !isKey(beforeId))
    throw new BadUserInputError('after is not a cursor of this list', [{ field: 'after' }]);
  return { beforeId, limit: first + 1 };
}
