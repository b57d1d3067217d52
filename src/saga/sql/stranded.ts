import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/tables.js';

/** Of each contract whose operations wait for OZmap while no job is left to carry them out, the one that waits longest. */
export async function findStranded(
  db: Kysely<Tables>,
  { schema, queue, limit }: { schema: string; queue: string; limit: number },
): Promise<{ id: string; contractCode: string | null }[]> {
  const { rows } = await sql<{ id: string; contractCode: string | null }>`
    select distinct on (coalesce(o.contract_code, o.id::text)) o.id, o.contract_code as "contractCode"
    from operation o
    where o.state = 'QUEUED' and not exists (
      select 1 from ${sql.id(schema, 'job')} job
      where job.name = ${queue} and job.state in ('created', 'retry', 'active')
        and job.singleton_key = coalesce(o.contract_code, o.id::text)
    )
    order by coalesce(o.contract_code, o.id::text), o.queued_at, o.id limit ${limit}::int`.execute(db);
  return rows;
}
