import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../store/tables.js';

/** How a step ended. */
export const STEP_OUTCOMES = ['DONE', 'REFUSED', 'NOT_SENT', 'UNKNOWN'] as const;
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

/** The end of the step before, written together with whatever comes next. */
export interface StepEnd {
  seq: number;
  outcome: StepOutcome;
  status: number | null;
  durationMs: number | null;
}

/** Which run writes, and what it must still hold to be allowed to. */
export interface RunIdentity {
  operationId: string;
  runId: string;
  leases: number;
}

/** A write about to be sent. */
export interface Intent {
  seq: number;
  name: string;
  method: string;
  path: string;
}

/** What is written down before a write is sent. `before`: the step before it. `facts`: JSON text. */
interface Declaration {
  intent: Intent;
  before: StepEnd | null;
  facts: string;
  version: number | null;
  projectId: string | null;
  ttlMs: number;
}

/**
 * Makes the intent of one write durable, closes the step before it, stores the facts so far and prolongs the leases: one statement.
 * False when this run may not write any more, because its operation or one of its leases went to somebody else.
 */
export async function writeIntent(
  db: Kysely<Tables>,
  run: RunIdentity,
  { intent, before, facts, version, projectId, ttlMs }: Declaration,
): Promise<boolean> {
  const { rows } = await sql`
    with held as (
      update lease set until = clock_timestamp() + ${ttlMs}::float8 * interval '1 ms'
      where holder = ${run.runId}::uuid returning resource
    ), owned as (
      update operation set last_write_at = clock_timestamp(), facts = ${facts}::json, state_version = ${version}::int,
        project_id = ${projectId}
      where id = ${run.operationId}::uuid and run_id = ${run.runId}::uuid and state = 'PENDING'
        and (select count(*) from held) = ${run.leases}::int
      returning id
    ), closed as (
      update operation_step s
      set outcome = ${before?.outcome ?? null}, status = ${before?.status ?? null}::int, duration_ms = ${before?.durationMs ?? null}::int
      from owned where s.operation_id = owned.id and s.seq = ${before?.seq ?? null}::int
    )
    insert into operation_step (operation_id, seq, name, method, path, outcome)
    select owned.id, ${intent.seq}::int, ${intent.name}, ${intent.method}, ${intent.path}, 'SENT' from owned
    returning seq`.execute(db);
  return rows.length === 1;
}

/** Steps of an operation that are numbered and judged when another run goes on with it. `sent`: the one whose end nobody wrote down. */
export interface StepsSoFar {
  count: number;
  done: number;
  inDoubt: number;
  sent: number | null;
}

export async function stepsSoFar(db: Kysely<Tables>, operationId: string): Promise<StepsSoFar> {
  const { rows } = await sql<StepsSoFar>`
    select coalesce(max(seq), 0)::int as count, (count(*) filter (where outcome = 'DONE'))::int as done,
      (count(*) filter (where outcome in ('SENT', 'UNKNOWN')))::int as "inDoubt",
      (max(seq) filter (where outcome = 'SENT'))::int as sent
    from operation_step where operation_id = ${operationId}::uuid`.execute(db);
  // A count always has its row.
  return rows[0] as StepsSoFar;
}
