import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/database.js';
import { newId } from '../../src/store/ids.js';
import { singleQueue } from '../../src/store/migrations/2026-11-27.js';
import { openDatabase } from '../../src/store/open-database.js';
import { engines, type Place } from '../support/journal-engines.js';

/** Puts the tables back to what they were before: on an empty database. */
const BEFORE = [
  'alter table operation drop column due_at, drop column attempts',
  `alter table operation add column look_at timestamptz, add column looks integer not null default 0,
    add column expiry_settled boolean not null default false, add column expiry_next_at timestamptz,
    add column expiry_tries integer not null default 0`,
];

describe.each(engines)('The migration to one queue on $name', (engine) => {
  let place: Place;
  let database: Database;

  const jobsExist = async (schema: string) => {
    const { rows } = await sql`select 1 from information_schema.schemata where schema_name = ${schema}`.execute(
      database.db,
    );
    return rows.length === 1;
  };
  async function migrateAgain(...statements: string[]): Promise<void> {
    for (const statement of [...BEFORE, ...statements]) await sql.raw(statement).execute(database.db);
    await database.transact((trx) => singleQueue(trx as unknown as Kysely<never>));
  }

  beforeAll(async () => {
    place = await engine.place();
    database = await openDatabase(place.database);
  });
  afterAll(async () => {
    await sql`drop schema if exists ${sql.id(`${database.schema}_jobs`)} cascade`.execute(database.db);
    await database.close();
    await place.remove();
  });

  it('keeps a schema that only bears the name of the old job queue', async () => {
    const jobs = `${database.schema}_jobs`;
    await migrateAgain(`create schema ${jobs}`, `create table ${jobs}.job (id text)`);
    expect(await jobsExist(jobs)).toBe(true);
  });

  it('drops the job queue, and makes due what waited, was in doubt or was to end', async () => {
    const jobs = `${database.schema}_jobs`;
    const rows: Record<string, string> = {
      queued: `'QUEUED', null, null, 0, null, 0, false`,
      doubted: `'UNKNOWN', null, '2026-11-20', 7, null, 0, false`,
      reserved: `'APPLIED', '2027-01-01', null, 0, null, 0, false`,
      overdue: `'APPLIED', '2026-11-20', null, 0, '2026-11-21', 3, false`,
      settled: `'APPLIED', '2026-11-20', null, 0, null, 0, true`,
      failed: `'FAILED', null, null, 0, null, 0, false`,
    };
    await migrateAgain(
      ...['version', 'queue'].map((table) => `create table ${jobs}.${table} (id text)`),
      ...Object.entries(rows).map(
        ([code, values]) => `insert into operation (id, action, contract_code, owner_id, owner_name, token_hash,
          input_hash, box_ids, state, expires_at, look_at, looks, expiry_next_at, expiry_tries, expiry_settled)
          values ('${newId()}', 'port.reserve', '${code}', '', '', '', '', '{}', ${values})`,
      ),
    );
    expect(await jobsExist(jobs)).toBe(false);
    const now = await database.db
      .selectFrom('operation')
      .select(['contract_code', 'due_at', 'attempts'])
      .orderBy('contract_code')
      .execute();
    const day = (text: string) => new Date(`${text}T00:00:00`);
    expect(now).toEqual([
      { contract_code: 'doubted', due_at: day('2026-11-20'), attempts: 7 },
      { contract_code: 'failed', due_at: null, attempts: 0 },
      { contract_code: 'overdue', due_at: day('2026-11-21'), attempts: 3 },
      { contract_code: 'queued', due_at: expect.any(Date), attempts: 0 },
      { contract_code: 'reserved', due_at: day('2027-01-01'), attempts: 0 },
      { contract_code: 'settled', due_at: null, attempts: 0 },
    ]);
  });
});
