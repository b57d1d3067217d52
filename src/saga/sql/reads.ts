import { type Kysely, type RawBuilder, sql } from 'kysely';
import { subscriberOf, wordsOf } from '../../domain/text.js';
import { idAt } from '../../store/ids.js';
import type { Tables } from '../../store/tables.js';
import type { Viewer } from '../../store/tokens/token-memory.js';
import type { OperationCount, OperationFilter, OperationRecord, OperationSnapshot } from '../reads/records.js';
import { hasWords, lastOf, type Named, newestAmong, newestOfContracts, newestVisible, visibleTo } from './visible.js';

/** An `OperationRecord`. */
const COLUMNS = sql`o.id, o.action, o.contract_code as "contractCode", o.project_id as "projectId", o.state, o.owner_name as actor,
  o.cnt_user as "cntUser", case when o.retried_by is not null then json_build_object('actor', o.retried_by, 'cntUser', o.retried_cnt_user)
  end as "retriedBy", o.requested_at as "requestedAt", o.finished_at as "finishedAt", o.expires_at as "expiresAt",
  o.late_effect_at as "lateEffectAt", o.problem`;

/** Many operations by id in one statement, those that this viewer may see. */
export async function readOperations(
  db: Kysely<Tables>,
  ids: readonly string[],
  viewer: Viewer,
): Promise<OperationRecord[]> {
  const { rows } = await sql<OperationRecord>`
    select ${COLUMNS} from operation o where o.id = any(${[...ids]}::uuid[]) and ${visibleTo(viewer)}`.execute(db);
  return rows;
}

/** With what they were asked and what they left. */
export async function readSnapshots(
  db: Kysely<Tables>,
  ids: readonly string[],
  viewer: Viewer,
): Promise<OperationSnapshot[]> {
  const { rows } = await sql<OperationSnapshot>`
    select ${COLUMNS}, o.input, o.facts, o.outcome
    from operation o where o.id = any(${[...ids]}::uuid[]) and ${visibleTo(viewer)}`.execute(db);
  return rows;
}

/** So many operations one request searches for what no index knows. */
const SEARCHED_AT_ONCE = 10_000;

/** What was asked is kept for a month or so, and reading it costs several times what a code does: of the newest, and of the newest without a project, as leads are. */
const SEARCHED_FOR_NAMES = 2_000;

/** An id tells when it was made, by the clock of a process, and lists are read in the order of ids: times are bounds of them as well. */
const CLOCKS_APART_MS = 86_400_000;
/** A period is short up to this. */
const SHORT_MS = 7 * 86_400_000;

/**
 * A list, newest first, from `beforeId` on. A search for a part of a code or a person goes through so many operations at once; `searchedTo`:
 * where it ended, when there are older ones and the page is not full.
 */
export async function listOperations(
  db: Kysely<Tables>,
  filter: OperationFilter,
  { beforeId, limit }: { beforeId: string | null; limit: number },
  viewer: Viewer,
): Promise<{ rows: OperationRecord[]; searchedTo: string | null }> {
  const { newest, searched } = newestBy(filter, { beforeId, limit }, viewer);
  const { rows } = await sql<OperationRecord>`
    select ${COLUMNS} from (${newest}) newest join operation o on o.id = newest.id order by o.id desc`.execute(db);
  if (!searched || rows.length === limit) return { rows, searchedTo: null };
  const { rows: last } = await lastOf(searched, SEARCHED_AT_ONCE).execute(db);
  return { rows, searchedTo: last[0]?.id ?? null };
}

/** How many of the newest so many operations stand in each state, in one statement; as `listOperations`. */
export async function countOperations(
  db: Kysely<Tables>,
  filter: OperationFilter,
  viewer: Viewer,
): Promise<OperationCount[]> {
  const { newest } = newestBy(filter, { beforeId: null, limit: SEARCHED_AT_ONCE }, viewer);
  const { rows } = await sql<OperationCount>`
    select o.state, count(*)::int as count from (${newest}) newest join operation o on o.id = newest.id
    group by o.state order by o.state`.execute(db);
  return rows;
}

/** The ids that a filter finds, and where it goes through what no index knows, the ids that it goes through. */
function newestBy(
  filter: OperationFilter,
  { beforeId, limit }: { beforeId: string | null; limit: number },
  viewer: Viewer,
): { newest: RawBuilder<{ id: string }>; searched: RawBuilder<{ id: string }> | null } {
  const conditions: RawBuilder<unknown>[] = [];
  if (filter.from)
    conditions.push(sql`o.requested_at >= ${filter.from}`, sql`o.id >= ${idAt(filter.from, -CLOCKS_APART_MS)}::uuid`);
  if (filter.to)
    conditions.push(sql`o.requested_at < ${filter.to}`, sql`o.id < ${idAt(filter.to, CLOCKS_APART_MS)}::uuid`);
  if (beforeId) conditions.push(sql`o.id < ${beforeId}::uuid`);
  const isShort = filter.from ? (filter.to ?? new Date()).getTime() - filter.from.getTime() <= SHORT_MS : false;
  const kinds = { states: filter.states ?? null, actions: filter.actions ?? null, isShort };
  const parts = partsOf(filter);
  const wanted = { ...kinds, conditions: [...conditions, ...parts], limit };
  const named = namedBy(filter);
  if (named) return { newest: newestOfContracts(named, viewer, wanted), searched: null };
  if (parts.length === 0) return { newest: newestVisible(viewer, wanted), searched: null };
  const searched = newestVisible(viewer, { ...kinds, conditions, limit: SEARCHED_AT_ONCE });
  return { newest: newestAmong(searched, parts, limit), searched };
}

/** What no index knows. */
function partsOf({ contractCodePart, cntUser }: OperationFilter): RawBuilder<unknown>[] {
  return [
    ...(contractCodePart ? [hasWords(sql`o.contract_code`, [contractCodePart])] : []),
    ...(cntUser ? [hasWords(sql`o.cnt_user`, wordsOf(cntUser))] : []),
  ];
}

/** Null: of whatever contract. */
function namedBy({ contractCode, named }: OperationFilter): Named | null {
  if (!contractCode) return named ?? null;
  return { codes: named && !named.codes.includes(contractCode) ? [] : [contractCode], ids: [] };
}

/**
 * Whom the newest operations were about, by a name or telephone number that they were asked with, as long as it is kept: their contracts, and
 * the operations themselves where they are of none, as leads are. At most so many operations.
 */
export async function findNamed(db: Kysely<Tables>, text: string, limit: number, viewer: Viewer): Promise<Named> {
  const subscriber = subscriberOf(text);
  const phone = sql`regexp_replace(o.input ->> 'phone', '[^0-9]', '', 'g')`;
  const isAbout =
    subscriber === null
      ? hasWords(sql`o.input ->> 'name'`, wordsOf(text))
      : sql`position(${subscriber} in ${phone}) > 0`;
  // Text of JSON that is escaped may be what no text of the database can be, as U+0000: it would end the statement.
  const isNamed = sql`(case when position(${'\\u'} in o.input::text) > 0 then false else ${isAbout} end)`;
  const among = { states: null, actions: null, conditions: [], limit: SEARCHED_FOR_NAMES };
  const newestOf = (whose: Viewer) => newestAmong(newestVisible(whose, among), [isNamed], limit);
  const { rows } = await sql<{ id: string; contract_code: string | null }>`
    select found.id, o.contract_code from ((${newestOf(viewer)}) union (${newestOf({ ...viewer, projectIds: [] })})) found
    cross join lateral (select o.contract_code from operation o where o.id = found.id offset 0) o`.execute(db);
  const codes = rows.flatMap(({ contract_code }) => contract_code ?? []);
  return { codes: [...new Set(codes)], ids: rows.filter((row) => row.contract_code === null).map(({ id }) => id) };
}

/**
 * The newest operations of each of many contracts, in one statement: each contract's own and those that were handed over to it, both read down
 * an index that gives their order, then merged.
 */
export async function listOfContracts(
  db: Kysely<Tables>,
  contractCodes: readonly string[],
  { beforeId, limit }: { beforeId: string | null; limit: number },
  viewer: Viewer,
): Promise<(OperationRecord & { wantedCode: string })[]> {
  const newest = (column: 'contract_code' | 'to_contract_code', more: RawBuilder<unknown>) => sql`(
    select ${COLUMNS} from operation o where o.${sql.ref(column)} = wanted.code and ${more} and ${visibleTo(viewer)}
      and (${beforeId}::uuid is null or o.id < ${beforeId}::uuid)
    order by o.id desc limit ${limit}::int)`;
  const { rows } = await sql<OperationRecord & { wantedCode: string }>`
    select wanted.code as "wantedCode", o.* from unnest(${[...new Set(contractCodes)]}::text[]) as wanted (code)
    cross join lateral (
      select o.* from (
        ${newest('contract_code', sql`true`)}
        union all ${newest('to_contract_code', sql`o.contract_code is distinct from wanted.code`)}
      ) o order by o.id desc limit ${limit}::int
    ) o`.execute(db);
  return rows;
}

type Step = [
  name: string,
  method: string,
  path: string,
  status: number | null,
  ms: number | null,
  outcome: string,
  at: string,
];

/** The writes of many operations, in order, in one statement; an operation without any is left out. */
export async function readSteps(
  db: Kysely<Tables>,
  operationIds: readonly string[],
): Promise<{ operation_id: string; steps: Step[] }[]> {
  // Built as arrays and in the index's order, it takes half of what objects and a sort for each operation do; and each operation on its own, or
  // for many all steps there are might be read.
  const { rows } = await sql<{ operation_id: string; steps: Step[] }>`
    select wanted.id as operation_id, taken.steps from unnest(${[...new Set(operationIds)]}::uuid[]) as wanted (id)
    cross join lateral (
      select json_agg(json_build_array(s.name, s.method, s.path, s.status, s.duration_ms, s.outcome, s.at)) as steps
      from (select * from operation_step where operation_id = wanted.id order by seq) s
    ) taken where taken.steps is not null`.execute(db);
  return rows;
}
