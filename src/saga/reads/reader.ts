import type { Kysely } from 'kysely';
import { receiverName } from '../../domain/events.js';
import type { JsonObject } from '../../domain/json.js';
import { BadUserInputError, LimitExceededError } from '../../errors/app-error.js';
import { answered } from '../../store/database.js';
import { isId } from '../../store/ids.js';
import type { Tables } from '../../store/tables.js';
import type { Viewer } from '../../store/tokens/token-memory.js';
import { findReservations, isOutdated } from '../sql/contracts.js';
import { type ListedDelivery, listDeliveries } from '../sql/deliveries.js';
import {
  countOperations,
  findNamed,
  listOfContracts,
  listOperations,
  readOperations,
  readSnapshots,
  readSteps,
} from '../sql/reads.js';
import {
  type DeliveryFilter,
  type DeliveryRecord,
  fromCursor,
  type OperationFilter,
  type OperationPage,
  type OperationRecord,
  type OperationSnapshot,
  type Page,
  type PageRequest,
  pageOf,
  type StepRecord,
} from './records.js';

const MAX_PAGE = 100;

/** A reservation that the journal made, extended or handed over. */
export interface KnownReservation {
  /** OZmap's id of its client: another client under the same code is somebody else's. */
  clientId: string | null;
  /** When it is withdrawn by itself; null: never. */
  expiresAt: Date | null;
  /** False: made elsewhere, and only extended or handed over here. */
  madeHere: boolean;
  /** What its making noted about itself; null where it was made elsewhere, or past its retention. */
  facts: JsonObject | null;
}

export type Reads = ReturnType<typeof createReads>;

/** Reads the journal, each reader only what its token may see. Errors, of each method: JOURNAL_UNAVAILABLE. */
export function createReads(db: Kysely<Tables>) {
  const findOperations = async (ids: readonly string[], viewer: Viewer): Promise<OperationRecord[]> => {
    const usable = ids.filter(isId);
    return usable.length === 0 ? [] : answered(readOperations(db, usable, viewer));
  };
  const findDelivery = async (id: string, viewer: Viewer): Promise<DeliveryRecord | null> => {
    if (!SEQ.test(id)) return null;
    const { rows } = await answered(listDeliveries(db, { seq: id }, { beforeSeq: null, limit: 1 }, viewer));
    return rows[0] ? deliveryOf(rows[0]) : null;
  };

  return {
    /** Null where there is none, or none for this viewer. */
    findOperation: async (id: string, viewer: Viewer) => (await findOperations([id], viewer))[0] ?? null,

    /** For loaders and `_entities`: in no particular order, nothing for what is missing; one statement. */
    findOperations,

    /** With input, facts and outcome, for whoever undoes them or tells of them. As `findOperations`. */
    async findSnapshots(ids: readonly string[], viewer: Viewer): Promise<OperationSnapshot[]> {
      const usable = ids.filter(isId);
      return usable.length === 0 ? [] : answered(readSnapshots(db, usable, viewer));
    },

    /** The writes of operations that were found for their viewer, in order; one statement. */
    async findSteps(ids: readonly string[]): Promise<Map<string, StepRecord[]>> {
      const rows = ids.length === 0 ? [] : await answered(readSteps(db, ids));
      return new Map(
        rows.map(({ operation_id, steps }) => [
          operation_id,
          steps.map(([name, method, path, status, durationMs, outcome, at]) => {
            return { name, method, path, status, durationMs, outcome, at: new Date(at) };
          }),
        ]),
      );
    },

    /** Newest first. Errors: BAD_USER_INPUT (cursor) · LIMIT_EXCEEDED (`first`). */
    async listOperations(filter: OperationFilter, page: PageRequest, viewer: Viewer): Promise<OperationPage> {
      const { rows, searchedTo } = await answered(listOperations(db, filter, window(page), viewer));
      return pageOf(rows, page, searchedTo);
    },

    /** Contracts and leads by a name or telephone number that they were asked with, as long as it is kept; so many operations at most. */
    findNamed: (text: string, limit: number, viewer: Viewer) => answered(findNamed(db, text, limit, viewer)),

    /** Of the newest 10,000 at most, those of each state; none where there are none. One statement. */
    countOperations: (filter: OperationFilter, viewer: Viewer) => answered(countOperations(db, filter, viewer)),

    /** A page for each contract, in one statement; contracts without operations have an empty one. Errors: as `listOperations`. */
    async listOperationsOf(
      contractCodes: readonly string[],
      page: PageRequest,
      viewer: Viewer,
    ): Promise<Map<string, OperationPage>> {
      const rows = contractCodes.length ? await answered(listOfContracts(db, contractCodes, window(page), viewer)) : [];
      const byCode = Map.groupBy(rows, ({ wantedCode }) => wantedCode);
      const recordsOf = (code: string) => (byCode.get(code) ?? []).map(({ wantedCode: _, ...record }) => record);
      return new Map(contractCodes.map((code) => [code, pageOf(recordsOf(code), page)]));
    },

    /** Contracts with a reservation that the journal knows and has not ended; one statement. */
    async findReservations(contractCodes: readonly string[]): Promise<Map<string, KnownReservation>> {
      const rows = contractCodes.length ? await answered(findReservations(db, contractCodes)) : [];
      return new Map(
        rows.map(({ contract_code, action, made_client_id: clientId, expires_at: expiresAt, facts }) => [
          contract_code,
          { clientId, expiresAt, facts, madeHere: action === 'port.reserve' || (facts?.record ?? null) !== null },
        ]),
      );
    },

    /** What `Session.isOutdated` answers with. */
    isOutdated: (operationId: string) => answered(isOutdated(db, operationId)),

    /** Events for receivers, newest first, those of operations that the viewer may see. Errors: as `listOperations`. */
    async listDeliveries(filter: DeliveryFilter, page: PageRequest, viewer: Viewer): Promise<Page<DeliveryRecord>> {
      const { beforeId: beforeSeq, limit } = window(page, (id) => SEQ.test(id));
      const { rows, searchedTo } = await answered(listDeliveries(db, filter, { beforeSeq, limit }, viewer));
      return pageOf(rows.map(deliveryOf), page, searchedTo);
    },

    /** Null where there is none, or none for this viewer. */
    findDelivery,
  };
}

/** Of a delivery: its number. */
const SEQ = /^\d{1,18}$/;

function deliveryOf({ url, body, ...row }: ListedDelivery): DeliveryRecord {
  return { ...row, type: (JSON.parse(body) as { type: string }).type, receiver: receiverName(url) };
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
