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

/** Operations (`o`) of these contracts, those that handed a client over to one of them included. */
export function ofContracts(codes: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`(o.contract_code = any(${[...codes]}::text[]) or o.to_contract_code = any(${[...codes]}::text[]))`;
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

/** The same of one contract, which has few: read down the contract's index. */
export function newestOfContract(code: string, viewer: Viewer, wanted: Wanted): Ids {
  return sql`select o.id from operation o where ${ofContracts([code])} and ${visibleTo(viewer)} and ${newestWith(wanted)}`;
}

function newestWith({ conditions, limit }: Wanted): RawBuilder<unknown> {
  return sql`${sql.join([sql`true`, ...conditions], sql` and `)} order by o.id desc limit ${limit}::int`;
}
