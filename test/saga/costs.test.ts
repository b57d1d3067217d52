import { rmSync } from 'node:fs';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newestVisible, visibleTo } from '../../src/saga/sql/reads.js';
import type { Database } from '../../src/store/database.js';
import { openDatabase } from '../../src/store/open-database.js';
import type { Viewer } from '../../src/store/tokens/token-memory.js';
import { emptyDataDir } from '../support/empty-data-dir.js';

const ROWS = 5_000;
let dataDir: string;
let database: Database;

/** A long journal: nearly all of it in one project, some of another, some of none. */
beforeAll(async () => {
  dataDir = await emptyDataDir();
  database = await openDatabase({ dataDir });
  await sql`insert into operation (id, action, state, project_id, owner_id, owner_name, token_hash, input_hash, box_ids)
    select (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000')::uuid, 'client.update',
      case when n % 3 = 0 then 'FAILED' else 'APPLIED' end,
      case when n % 500 = 5 then 'norte' when n % 100 = 7 then null else 'sul' end, 'u' || n % 3, '', '', '', '{}'
    from generate_series(1, ${ROWS}::int) n`.execute(database.db);
});
afterAll(async () => {
  await database.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function column(query: RawBuilder<unknown>): Promise<unknown[]> {
  const { rows } = await query.execute(database.db);
  return rows.map((row) => Object.values(row as object)[0]);
}

describe('The newest operations that somebody may see', () => {
  const viewers: Record<string, Viewer> = {
    'sees all': { ownerId: 'u0', projectIds: ['sul', 'norte', 'sul'] },
    'sees one project': { ownerId: 'u9', projectIds: ['norte'] },
    'asked for some': { ownerId: 'u1', projectIds: [] },
    'sees nothing': { ownerId: 'u9', projectIds: [] },
  };
  const wishes = { 'without filter': [], failed: [sql`o.state = 'FAILED'`] };
  const cases = Object.keys(viewers).flatMap((who) => Object.keys(wishes).map((wish) => [who, wish] as const));

  it.each(cases)('are for who %s, %s, those that the condition lets through, in its order', async (who, wish) => {
    const viewer = viewers[who] as Viewer;
    const conditions = wishes[wish as keyof typeof wishes];
    const plain = sql`select o.id from operation o where ${sql.join([visibleTo(viewer), ...conditions], sql` and `)}
      order by o.id desc limit 21`;
    expect(await column(newestVisible(viewer, { conditions, limit: 21 }))).toEqual(await column(plain));
  });

  it.each(Object.keys(viewers))('are found without reading the whole journal for who %s', async (who) => {
    const list = newestVisible(viewers[who] as Viewer, { conditions: [], limit: 21 });
    const plan = (await column(sql`explain ${list}`)).join('\n');
    expect(plan).toContain('operation_project');
    expect(plan).toContain('operation_owner');
    expect(plan).not.toContain('Seq Scan on operation');
  });
});
