import { type RawBuilder, sql } from 'kysely';
import type { Viewer } from '../../store/tokens/token-memory.js';

/**
 * Who may see an operation (`o`): a token that sees its project. Where the project is not known, the token's owner who asked for it, nobody
 * else. Written here only, as a condition and as a list.
 */
export function visibleTo({ ownerId, projectIds }: Viewer): RawBuilder<boolean> {
  return sql<boolean>`(case when o.project_id is null then o.owner_id = ${ownerId}
    else o.project_id = any(${[...projectIds]}::text[]) end)`;
}

/** What else is asked of operations (`o`), and how many are wanted. */
interface Wanted {
  conditions: readonly RawBuilder<unknown>[];
  limit: number;
}

type Ids = RawBuilder<{ id: string }>;

/**
 * The ids of the newest operations that somebody may see: so many of each project and of the owner's own, each read down its own index, then
 * merged. `visibleTo` alone would read the whole journal for somebody who sees little of it.
 */
export function newestVisible({ ownerId, projectIds }: Viewer, wanted: Wanted): Ids {
  const rest = newestWith(wanted);
  return sql`select id from (
      select o.id from unnest(${[...new Set(projectIds)]}::text[]) as project (id)
        cross join lateral (select o.id from operation o where o.project_id = project.id and ${rest}) o
      union all (select o.id from operation o where o.project_id is null and o.owner_id = ${ownerId} and ${rest})
    ) visible order by id desc limit ${wanted.limit}::int`;
}

/** The same of some contracts, which have few: read down the contracts' index. */
export function newestOfContracts(codes: readonly string[], viewer: Viewer, wanted: Wanted): Ids {
  return sql`select o.id from operation o where o.contract_code = any(${[...codes]}::text[]) and ${visibleTo(viewer)} and ${newestWith(wanted)}`;
}

/**
 * Of so many newest those that meet what no index knows: what is older is searched from the last of them on. `offset 0` has each looked up by its
 * id, newest first: joined otherwise, the whole journal would be read.
 */
export function newestAmong(viewer: Viewer, newest: Wanted, { conditions, limit }: Wanted): Ids {
  return sql`select searched.id from (${newestVisible(viewer, newest)}) searched
    cross join lateral (select o.* from operation o where o.id = searched.id offset 0) o
    where ${sql.join(conditions, sql` and `)} order by searched.id desc limit ${limit}::int`;
}

/** Id of the last of so many newest, where there are as many. */
export function lastOf(viewer: Viewer, newest: Wanted): Ids {
  return sql`select id from (${newestVisible(viewer, newest)}) o order by id desc offset ${newest.limit - 1}::int limit 1`;
}

function newestWith({ conditions, limit }: Wanted): RawBuilder<unknown> {
  return sql`${sql.join([sql`true`, ...conditions], sql` and `)} order by o.id desc limit ${limit}::int`;
}
