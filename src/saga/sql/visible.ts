import { type RawBuilder, sql } from 'kysely';
import { OPERATION_ACTIONS, OPERATION_STATES } from '../../domain/operation.js';
import { folded } from '../../domain/text.js';
import type { Viewer } from '../../store/tokens/token-memory.js';

/**
 * Who may see an operation (`o`): a token that sees its project. Where the project is not known, the token's owner who asked for it, nobody
 * else. Written here only, as a condition and as a list.
 */
export function visibleTo({ ownerId, projectIds }: Viewer): RawBuilder<boolean> {
  return sql<boolean>`(case when o.project_id is null then o.owner_id = ${ownerId}
    else o.project_id = any(${[...projectIds]}::text[]) end)`;
}

/** Operations (`o`) of these contracts, those that handed a client over to one of them included. */
export function ofContracts(codes: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`(o.contract_code = any(${[...codes]}::text[]) or o.to_contract_code = any(${[...codes]}::text[]))`;
}

/** The letters that Portuguese and its neighbours write with accents, both cases: `lower` may know ASCII alone. Each costs each letter a comparison. */
const ACCENTED = 'áàâãäéèêëíìîïóòôõöúùûüçñÁÀÂÃÄÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÇÑ';
const MARKS = '\u0300\u0301\u0302\u0303\u0308\u0327';
const BARE = folded(ACCENTED);

/** Whether a text has these words somewhere, in whatever order; accents and capitals do not matter. Both databases: no extension. */
export function hasWords(text: RawBuilder<unknown>, words: readonly string[]): RawBuilder<boolean> {
  const bare = (value: RawBuilder<unknown>) => sql`lower(translate(${value}, ${ACCENTED + MARKS}, ${BARE}))`;
  const each = words.map((word) => sql`position(${bare(sql`${word}::text`)} in ${bare(text)}) > 0`);
  return sql<boolean>`(${sql.join(each, sql` and `)})`;
}

/** Operations of these contracts, and these operations themselves. */
export interface Named {
  codes: readonly string[];
  ids: readonly string[];
}

/** What else is asked of operations (`o`), and how many are wanted. */
interface Wanted {
  /** Null where the state does not matter. */
  states: readonly string[] | null;
  actions: readonly string[] | null;
  conditions: readonly RawBuilder<unknown>[];
  limit: number;
  /** The conditions hold for few days: to walk down all of them costs little. */
  isShort?: boolean;
}

type Ids = RawBuilder<{ id: string }>;

/**
 * The ids of the newest operations that somebody may see: so many of each project and of the owner's own, each read down its own index, then
 * merged. `visibleTo` alone would read the whole journal for somebody who sees little of it. With states or actions, so many of each of them
 * as well: what is rare among many would otherwise be looked for in all of a project. In a short period it is.
 */
export function newestVisible({ ownerId, projectIds }: Viewer, wanted: Wanted): Ids {
  const projects = sql`unnest(${[...new Set(projectIds)]}::text[]) as project (id)`;
  const isOwn = sql`o.project_id is null and o.owner_id = ${ownerId}`;
  const { states, actions, limit, isShort = false } = wanted;
  const inProject = isShort ? sql`o.project_id = project.id` : within('project_id', sql`project.id`);
  const found =
    isShort || (states === null && actions === null)
      ? sql`select o.id from ${projects} cross join lateral (
            ${newest(sql`${inProject} and ${isOneOf(wanted)}`, 'project_id', wanted)}) o
          union all select o.id from (${newest(sql`${isOwn} and ${isOneOf(wanted)}`, 'owner_id', wanted)}) o`
      : sql`select o.id from ${projects} cross join ${kinds(wanted)} cross join lateral (
            ${newest(sql`o.project_id = project.id and ${OF_KIND}`, 'action', wanted)}) o
          union all select o.id from ${kinds(wanted)} cross join lateral (
            ${newest(sql`${isOwn} and ${OF_KIND}`, 'action', wanted)}) o`;
  return sql`select id from (${found}) visible order by id desc limit ${limit}::int`;
}

/** The same of some contracts, which have few: read down the contracts' index; and some by their ids. */
export function newestOfContracts({ codes, ids }: Named, viewer: Viewer, wanted: Wanted): Ids {
  const isNamed =
    ids.length === 0 ? ofContracts(codes) : sql`(${ofContracts(codes)} or o.id = any(${[...ids]}::uuid[]))`;
  return newest(sql`${isNamed} and ${visibleTo(viewer)} and ${isOneOf(wanted)}`, null, wanted);
}

/** Of one of the states and actions. */
function isOneOf({ states, actions }: Wanted): RawBuilder<unknown> {
  const isAny = (column: 'state' | 'action', values: readonly string[] | null) =>
    values === null ? sql`true` : sql`o.${sql.ref(column)} = any(${[...values]}::text[])`;
  return sql`${isAny('state', states)} and ${isAny('action', actions)}`;
}

/**
 * Of so many newest those that meet what no index knows: what is older is searched from the last of them on. `offset 0` has each looked up by its
 * id, newest first: joined otherwise, the whole journal would be read.
 */
export function newestAmong(searched: Ids, conditions: readonly RawBuilder<unknown>[], limit: number): Ids {
  return sql`select searched.id from (${searched}) searched
    cross join lateral (select o.* from operation o where o.id = searched.id offset 0) o
    where ${sql.join(conditions, sql` and `)} order by searched.id desc limit ${limit}::int`;
}

/** Id of the last of so many, where there are as many. */
export function lastOf(searched: Ids, count: number): Ids {
  return sql`select id from (${searched}) o order by id desc offset ${count - 1}::int limit 1`;
}

type Leading = 'project_id' | 'owner_id' | 'action';

const OF_KIND = sql`o.state = kind.state and ${within('action', sql`kind.action`)}`;

/**
 * A range of one value, and its column in the order: only the index that begins with it gives that order. By `=` the database might walk down the
 * ids of the whole journal instead, where it takes a rare project for a common one. Of a short period that does no harm, and a range would:
 * the database cannot begin at the period in that index then, and would read the whole period once for each project.
 */
function within(column: Leading, value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`o.${sql.ref(column)} >= ${value} and o.${sql.ref(column)} <= ${value}`;
}

/** Every state with every action that is asked for. */
function kinds({ states, actions }: Wanted): RawBuilder<unknown> {
  return sql`(select state, action from unnest(${[...(states ?? OPERATION_STATES)]}::text[]) as wanted (state)
    cross join unnest(${[...(actions ?? OPERATION_ACTIONS)]}::text[]) as of (action)) kind`;
}

function newest(where: RawBuilder<unknown>, leading: Leading | null, { conditions, limit }: Wanted): Ids {
  return sql`select o.id from operation o where ${sql.join([where, ...conditions], sql` and `)}
    order by ${leading ? sql`o.${sql.ref(leading)}, ` : sql``}o.id desc limit ${limit}::int`;
}
