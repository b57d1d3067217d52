import { rmSync } from 'node:fs';
import { type RawBuilder, type RawNode, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findReservations } from '../../../src/saga/sql/contracts.js';
import { findNamed, listOfContracts, listOperations, readOperations, readSteps } from '../../../src/saga/sql/reads.js';
import { sweep } from '../../../src/saga/sql/retention.js';
import { lastOf, newestAmong, newestVisible, visibleTo } from '../../../src/saga/sql/visible.js';
import type { Database } from '../../../src/store/database.js';
import { openDatabase } from '../../../src/store/open-database.js';
import type { Viewer } from '../../../src/store/tokens/token-memory.js';
import { emptyDataDir } from '../../support/empty-data-dir.js';

const ROWS = 5_000;
const ID = '00000001-0000-7000-8000-000000000000';
let dataDir: string;
let database: Database;

/** A long journal: nearly all of it in one project, some of another, some of none. */
beforeAll(async () => {
  dataDir = await emptyDataDir();
  database = await openDatabase({ dataDir });
  await sql`insert into operation (id, action, contract_code, finished_at, state, project_id, owner_id, owner_name, token_hash, input_hash, box_ids)
    select (lpad(to_hex(n), 8, '0') || '-0000-7000-8000-000000000000')::uuid, 'client.update', 'C' || n % 1000, clock_timestamp(),
      case when n % 3 = 0 then 'FAILED' else 'APPLIED' end,
      case when n % 500 = 5 then 'norte' when n % 100 = 7 then null else 'sul' end, 'u' || n % 3, '', '', '', '{}'
    from generate_series(1, ${ROWS}::int) n`.execute(database.db);
  await sql`insert into operation_step (operation_id, seq, name, method, path, outcome)
    select id, 1, 'home', 'POST', 'properties', 'DONE' from operation`.execute(database.db);
  await sql`analyze operation, operation_step`.execute(database.db);
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
  const anything = { states: null, actions: null, conditions: [], limit: 21 };
  const wishes = {
    'without filter': anything,
    failed: { ...anything, states: ['FAILED'] },
    'updates that failed or wait': { ...anything, states: ['FAILED', 'QUEUED'], actions: ['client.update'] },
    undone: { ...anything, actions: ['cancellation.undo'] },
  };
  const cases = Object.keys(viewers).flatMap((who) => Object.keys(wishes).map((wish) => [who, wish] as const));

  it.each(cases)('are for who %s, %s, those that the condition lets through, in its order', async (who, wish) => {
    const viewer = viewers[who] as Viewer;
    const wanted = wishes[wish as keyof typeof wishes];
    const isOne = (name: 'state' | 'action', of: readonly string[] | null) =>
      of ? sql`${sql.ref(name)} = any(${[...of]}::text[])` : sql`true`;
    const plain = sql`select o.id from operation o
      where ${visibleTo(viewer)} and ${isOne('state', wanted.states)} and ${isOne('action', wanted.actions)}
      order by o.id desc limit 21`;
    expect(await column(newestVisible(viewer, wanted))).toEqual(await column(plain));
  });

  it('are of a short period, which is read by project alone, those that the condition lets through', async () => {
    const ids = ['000007d0', '00000a28'].map((start) => `${start}-0000-7000-8000-000000000000`);
    const conditions = [sql`o.id >= ${ids[0]}::uuid`, sql`o.id < ${ids[1]}::uuid`];
    const wanted = { ...anything, states: ['FAILED'], conditions, isShort: true };
    const list = newestVisible(viewers['sees all'] as Viewer, wanted);
    const plain = sql`select o.id from operation o where ${visibleTo(viewers['sees all'] as Viewer)} and o.state = 'FAILED'
      and ${sql.join(conditions, sql` and `)} order by o.id desc limit 21`;
    expect(await column(list)).toEqual(await column(plain));
  });

  it.each(Object.keys(viewers))('are found without reading the whole journal for who %s', async (who) => {
    const list = newestVisible(viewers[who] as Viewer, anything);
    const plan = (await column(sql`explain ${list}`)).join('\n');
    expect(plan).toContain('operation_project');
    expect(plan).toContain('operation_owner');
    expect(plan).not.toContain('Seq Scan on operation');
  });
});

describe('A long journal', () => {
  const viewer: Viewer = { ownerId: 'u1', projectIds: ['sul', 'norte'] };
  const page = { beforeId: null, limit: 21 };
  const newestIds = async (count: number) =>
    (await column(sql`select id from operation order by id desc limit ${count}::int`)) as string[];
  const codes = Array.from({ length: 500 }, (_, n) => `C${n}`);
  const from = new Date('2026-01-01');
  const to = new Date('2026-01-02');
  const reads: Record<string, (db: Database['db']) => Promise<unknown>> = {
    'a page': (db) => listOperations(db, {}, page, viewer),
    'those in a state': (db) => listOperations(db, { states: ['FAILED'] }, page, viewer),
    'those of an action': (db) => listOperations(db, { actions: ['cancellation.undo'] }, page, viewer),
    'those in a state, of a day': (db) => listOperations(db, { states: ['FAILED'], from, to }, page, viewer),
    'those of a day': (db) => listOperations(db, { from, to }, page, viewer),
    'those of a person': (db) => listOperations(db, { cntUser: 'maria' }, page, viewer),
    'contracts and leads by a name': (db) => findNamed(db, 'joao silva', 100, viewer),
    'leads by their telephone': (db) => findNamed(db, '(31) 99876-1234', 100, viewer),
    'those named': (db) => listOperations(db, { named: { codes: ['C1'], ids: [ID] } }, page, viewer),
    'those with a part of a code': (db) => listOperations(db, { contractCodePart: 'C99' }, page, viewer),
    'those of a contract': (db) => listOperations(db, { contractCode: 'C1' }, page, viewer),
    'those of 500 contracts': (db) => listOfContracts(db, codes, page, viewer),
    'steps of 2,500 operations': async (db) => readSteps(db, await newestIds(2_500)),
    'reservations of 500 contracts': (db) => findReservations(db, codes),
    'one by its id': (db) => readOperations(db, [ID], viewer),
    'what a sweep removes': (db) => sweep(db, { snapshotDays: 30, journalDays: 365, keyDays: 7 }),
  };

  it('is searched for names past an input that no text of the database can be', async () => {
    const write = (id: string, input: string) =>
      sql`update operation set input = ${input}::json where id = ${id}::uuid`.execute(database.db);
    const [odd = '', own = ''] = await newestIds(2);
    await write(odd, '{"name":"Ot\\u0000to"}');
    await write(own, '{"name":"Otto Ávila"}');
    const all = { ownerId: 'u1', projectIds: ['sul', 'norte'] };
    expect((await findNamed(database.db, 'avila otto', 100, all)).codes).toHaveLength(1);
  });

  it('is searched for names among the newest, and for a lead however many commands on contracts came after it', async () => {
    const named = sql`input = '{"name":"Zuleica"}'::json`;
    const [lead] = await column(
      sql`update operation set ${named}, contract_code = null, project_id = null, owner_id = 'u1'
        where id = (select id from operation where project_id is null order by id limit 1) returning id`,
    );
    const [recent] = await column(
      sql`update operation set ${named} where id = ${(await newestIds(1_500)).at(-1)}::uuid returning contract_code`,
    );
    const all = { ownerId: 'u1', projectIds: ['sul', 'norte'] };
    expect(await findNamed(database.db, 'zuleica', 100, all)).toEqual({ codes: [recent], ids: [lead] });
  });

  it.each(Object.keys(reads))('is not read as a whole for %s', async (what) => {
    const plans: string[] = [];
    await reads[what]?.(
      database.db.withPlugin({
        transformQuery: ({ node }) => {
          if (node.kind !== 'RawNode') return node;
          const [first = '', ...rest] = (node as RawNode).sqlFragments;
          return { ...node, sqlFragments: [`explain ${first}`, ...rest] } as RawNode;
        },
        transformResult: async ({ result }) => {
          plans.push(result.rows.map((row) => Object.values(row)[0]).join('\n'));
          return result;
        },
      }),
    );
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.join('\n')).not.toMatch(/Seq Scan on operation|Backward using operation_pkey/);
  });
});

describe('A search for what no index knows', () => {
  const viewer = { ownerId: 'u0', projectIds: ['sul', 'norte'] };
  const rare = sql`position('norte' in o.project_id) > 0`;

  it('goes through so many of the newest, says where it ended, and goes on from there', async () => {
    const found: unknown[] = [];
    let before = sql`true`;
    for (let pages = 0; pages < 9; pages++) {
      const searched = newestVisible(viewer, { states: null, actions: null, conditions: [before], limit: 1_000 });
      found.push(...(await column(newestAmong(searched, [rare], 21))));
      const [last] = await column(lastOf(searched, 1_000));
      if (last === undefined) break;
      before = sql`o.id < ${last}::uuid`;
    }
    expect(found).toEqual(await column(sql`select id from operation where project_id = 'norte' order by id desc`));
    expect(found).toHaveLength(10);
  });
});
