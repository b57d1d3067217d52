import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { JsonObject } from '../../domain/json.js';
import { firstIdAt } from '../../store/ids.js';
import type { Tables } from '../../store/tables.js';
import type { Viewer } from '../../store/tokens/token-memory.js';
import type { OperationFilter, OperationSnapshot, RecordRow } from '../reads/records.js';
import { lastOf, newestAmong, newestOfContracts, newestVisible, visibleTo } from './visible.js';

const COLUMNS = sql`o.id, o.action, o.contract_code, o.project_id, o.state, o.owner_id, o.owner_name, o.cnt_user, o.retried_by, o.retried_cnt_user,
  o.requested_at, o.finished_at, o.expires_at, o.late_effect_at, o.problem,
  (select json_agg(json_build_object('name', s.name, 'method', s.method, 'path', s.path, 'status', s.status,
    'duration_ms', s.duration_ms, 'outcome', s.outcome, 'at', s.at) order by s.seq)
   from operation_step s where s.operation_id = o.id) as steps`;

/** One operation, if this viewer may see it. */
export async function readOperation(db: Kysely<Tables>, id: string, viewer: Viewer): Promise<RecordRow | null> {
  const { rows } = await sql<RecordRow>`
    select ${COLUMNS} from operation o where o.id = ${id}::uuid and ${visibleTo(viewer)}`.execute(db);
  return rows[0] ?? null;
}

/** Many operations by id in one statement, those that this viewer may see. */
export async function readOperations(db: Kysely<Tables>, ids: readonly string[], viewer: Viewer): Promise<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select ${COLUMNS} from operation o where o.id = any(${[...ids]}::uuid[]) and ${visibleTo(viewer)}`.execute(db);
  return rows;
}

/** With what they were asked and what they left. */
export async function readSnapshots(
  db: Kysely<Tables>,
  ids: readonly string[],
  viewer: Viewer,
): Promise<(RecordRow & Pick<OperationSnapshot, 'input' | 'facts' | 'outcome'>)[]> {
  const { rows } = await sql<RecordRow & Pick<OperationSnapshot, 'input' | 'facts' | 'outcome'>>`
    select ${COLUMNS}, o.input, o.facts, o.outcome
    from operation o where o.id = any(${[...ids]}::uuid[]) and ${visibleTo(viewer)}`.execute(db);
  return rows;
}

/** So many operations one request searches for what no index knows. */
const SEARCHED_AT_ONCE = 10_000;
/** The clocks of our processes, which ids are made by, and of the database may differ by so much. */
const CLOCKS_MS = 3_600_000;

/**
 * A list, newest first, from `beforeId` on. A search for a part of a code or a person goes through so many operations at once; `searchedTo`:
 * where it ended, when there are older ones and the page is not full.
 */
export async function listOperations(
  db: Kysely<Tables>,
  filter: OperationFilter,
  { beforeId, limit }: { beforeId: string | null; limit: number },
  viewer: Viewer,
): Promise<{ rows: RecordRow[]; searchedTo: string | null }> {
  const range = rangeOf(filter, beforeId);
  const parts = partsOf(filter);
  const wanted = { conditions: [...range, ...conditionsOf(filter), ...parts], limit };
  const codes = [filter.contractCodes, filter.contractCode && [filter.contractCode]].filter((list) => !!list);
  const isSearch = parts.length > 0 && codes.length === 0;
  const searched = { conditions: range, limit: SEARCHED_AT_ONCE };
  const byIndex = () =>
    codes.length > 0 ? newestOfContracts(inAll(codes), viewer, wanted) : newestVisible(viewer, wanted);
  const newest = isSearch ? newestAmong(viewer, searched, wanted) : byIndex();
  const { rows } = await sql<RecordRow>`
    select ${COLUMNS} from (${newest}) newest join operation o on o.id = newest.id order by o.id desc`.execute(db);
  if (!isSearch || rows.length === limit) return { rows, searchedTo: null };
  const { rows: last } = await lastOf(viewer, searched).execute(db);
  return { rows, searchedTo: last[0]?.id ?? null };
}

/** Ids sort by time: an index on them ends a list that has no more of its period. */
function rangeOf({ from, to }: OperationFilter, beforeId: string | null): RawBuilder<unknown>[] {
  return [
    ...(from ? [sql`o.id >= ${firstIdAt(from.getTime() - CLOCKS_MS)}::uuid`] : []),
    ...(to ? [sql`o.id < ${firstIdAt(to.getTime() + CLOCKS_MS)}::uuid`] : []),
    ...(beforeId ? [sql`o.id < ${beforeId}::uuid`] : []),
  ];
}

function conditionsOf({ states, actions, from, to }: OperationFilter): RawBuilder<unknown>[] {
  return [
    ...(states ? [sql`o.state = any(${[...states]}::text[])`] : []),
    ...(actions ? [sql`o.action = any(${[...actions]}::text[])`] : []),
    ...(from ? [sql`o.requested_at >= ${from}`] : []),
    ...(to ? [sql`o.requested_at < ${to}`] : []),
  ];
}

/** What no index knows. */
function partsOf({ contractCodePart, cntUser }: OperationFilter): RawBuilder<unknown>[] {
  return [
    ...(contractCodePart ? [has(sql`o.contract_code`, contractCodePart)] : []),
    ...(cntUser ? [has(sql`o.cnt_user`, cntUser)] : []),
  ];
}

function has(text: RawBuilder<unknown>, part: string): RawBuilder<boolean> {
  return sql<boolean>`position(lower(${part}::text) in lower(${text})) > 0`;
}

/** What is in each of the lists. */
function inAll([first = [], ...others]: (readonly string[])[]): string[] {
  return first.filter((code) => others.every((list) => list.includes(code)));
}

/** The newest operations of each of many contracts, in one statement. */
export async function listOfContracts(
  db: Kysely<Tables>,
  contractCodes: readonly string[],
  { beforeId, limit }: { beforeId: string | null; limit: number },
  viewer: Viewer,
): Promise<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select newest.* from unnest(${[...new Set(contractCodes)]}::text[]) as wanted (code)
    cross join lateral (
      select ${COLUMNS} from operation o
      where o.contract_code = wanted.code and ${visibleTo(viewer)} and (${beforeId}::uuid is null or o.id < ${beforeId}::uuid)
      order by o.id desc limit ${limit}::int
    ) newest`.execute(db);
  return rows;
}

/** A reservation made here. */
export interface ReservationRow {
  id: string;
  contract_code: string;
  expires_at: Date | null;
  finished_at: Date;
  made_client_id: string | null;
  facts: JsonObject | null;
}

/** The last applied reservation of each contract, where nothing recorded here has removed the client since; in one statement. */
export async function findReservations(
  db: Kysely<Tables>,
  contractCodes: readonly string[],
): Promise<ReservationRow[]> {
  const { rows } = await sql<ReservationRow & { action: string }>`
    select distinct on (o.contract_code) o.id, o.contract_code, o.expires_at, o.finished_at, o.made_client_id, o.facts, o.action
    from operation o
    where o.contract_code = any(${[...contractCodes]}::text[]) and o.state = 'APPLIED'
      and o.action in ('port.reserve', 'reservation.withdraw', 'client.cancel')
    order by o.contract_code, o.finished_at desc, o.id desc`.execute(db);
  return rows.filter(({ action }) => action === 'port.reserve');
}

/** Whether a state of its contract was declared that was so later, and was or may yet be carried out. */
export async function isOutdated(db: Kysely<Tables>, operationId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from operation mine join operation later on later.contract_code = mine.contract_code
      and (later.declared_at, later.id) > (mine.declared_at, mine.id)
      and later.state in ('PENDING', 'QUEUED', 'UNKNOWN', 'APPLIED')
    where mine.id = ${operationId}::uuid limit 1`.execute(db);
  return rows.length > 0;
}
