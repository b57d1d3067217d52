/*
 * What the journal's lists, filters and sweeps take when it is long, on the PostgreSQL server of TEST_DATABASE_URL: 200,000 and
 * 1,000,000 operations in 50 projects over two years, or as many as the first argument says. In schemas of its own, which are dropped in the end.
 */
import { sql } from 'kysely';
import pg from 'pg';
import { load } from './peers/load.js';
import { finish } from './peers/results.js';
import { markdown, type Row, spread } from './peers/rig.js';

const { openDatabase } = await load<typeof import('../src/store/open-database.js')>('store/open-database.js');
const { createReads } = await load<typeof import('../src/saga/reads/reader.js')>('saga/reads/reader.js');
const { countOpen } = await load<typeof import('../src/saga/sql/health.js')>('saga/sql/health.js');
const { sweep } = await load<typeof import('../src/saga/sql/retention.js')>('saga/sql/retention.js');

const ROUNDS = 7;
const PROJECTS = 50;
const GOAL_MS = 50;
const server = process.env.TEST_DATABASE_URL;
if (!server) {
  process.stdout.write('TEST_DATABASE_URL is not set: skipped\n');
  process.exit();
}
const all = { ownerId: 'owner', projectIds: Array.from({ length: PROJECTS }, (_, n) => `project-${n}`) };
const first20 = { first: 20 };
const day = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * day);
const codes = (some: number) => Array.from({ length: some }, (_, n) => `C${n * 7}`);

for (const count of process.argv[2] ? [Number(process.argv[2])] : [200_000, 1_000_000]) await measure(server, count);

async function measure(server: string, count: number): Promise<void> {
  const schema = `bench_${process.pid}_${count}`;
  const database = await openDatabase({ dataDir: '', databaseUrl: server, schema });
  const { db } = database;
  try {
    const startedAt = performance.now();
    await fill(server, schema, count);
    process.stdout.write(`${count} operations filled in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`);
    const rows: Row[] = [];
    for (const [name, run] of Object.entries(await listsOf(db))) {
      const took: number[] = [];
      for (let round = -2; round < ROUNDS; round += 1) {
        const before = performance.now();
        await run();
        if (round >= 0) took.push(performance.now() - before);
      }
      const ms = spread(took);
      const best = Math.min(...took);
      // What else the machine does makes it slower only.
      rows.push({ name, ratios: {}, measures: { ms, best }, goal: `≤ ${GOAL_MS} ms`, met: best <= GOAL_MS });
    }
    finish({ title: `Journal of ${count.toLocaleString('en')} operations`, rows }, markdown);
  } finally {
    await sql`drop schema ${sql.id(schema)} cascade`.execute(db);
    await database.close();
  }
}

async function listsOf(
  db: Awaited<ReturnType<typeof openDatabase>>['db'],
): Promise<Record<string, () => Promise<unknown>>> {
  const reads = createReads(db);
  const newest = await reads.listOperations({}, first20, all);
  const middle = (await reads.listOperations({ to: ago(365) }, { first: 1 }, all)).edges[0]?.cursor ?? null;
  return {
    'log page': () => reads.listOperations({}, first20, all),
    'log page, from the middle on': () => reads.listOperations({}, { first: 20, after: middle }, all),
    'state FAILED (10 %)': () => reads.listOperations({ states: ['FAILED'] }, first20, all),
    'state QUEUED (none)': () => reads.listOperations({ states: ['QUEUED'] }, first20, all),
    'action (rare)': () => reads.listOperations({ actions: ['prospect.create'] }, first20, all),
    'action (none)': () => reads.listOperations({ actions: ['cancellation.undo'] }, first20, all),
    'action (none), of the last day': () =>
      reads.listOperations({ actions: ['cancellation.undo'], from: ago(1) }, first20, all),
    'FAILED, one day a year ago': () =>
      reads.listOperations({ states: ['FAILED'], from: ago(366), to: ago(365) }, first20, all),
    'one day a year ago': () => reads.listOperations({ from: ago(366), to: ago(365) }, first20, all),
    'in the future (none)': () => reads.listOperations({ from: ago(-1) }, first20, all),
    'before all (none)': () => reads.listOperations({ to: ago(3_000) }, first20, all),
    'viewer of nothing': () => reads.listOperations({}, first20, { ownerId: 'nobody', projectIds: [] }),
    'one contract': () => reads.listOperations({ contractCode: 'C7' }, first20, all),
    'operations of 500 contracts': () => reads.listOperationsOf(codes(500), first20, all),
    'operations of 500 contracts, with steps': async () => {
      const pages = await reads.listOperationsOf(codes(500), first20, all);
      await reads.findSteps([...pages.values()].flatMap(({ edges }) => edges.map(({ node }) => node.id)));
    },
    'reservations of 500 contracts': () => reads.findReservations(codes(500)),
    'by id': () => reads.findOperation(newest.edges[0]?.node.id ?? '', all),
    'open operations (health)': () => countOpen(db, { processId: '00000000-0000-7000-8000-000000000000', known: [] }),
    'sweep with nothing due': () => sweep(db, { snapshotDays: 3_000, journalDays: 3_000, keyDays: 3_000 }),
  };
}

/** Two years of operations, evenly spread: each contract has four, one operation in ten FAILED. Not through the journal, which would take hours. */
async function fill(server: string, schema: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(
    `set search_path to ${schema}; set session_replication_role = replica; set synchronous_commit = off`,
  );
  await client.query(`
    insert into operation (id, action, contract_code, project_id, state, owner_id, owner_name, token_hash, input, input_hash,
      idempotency_key, box_ids, facts, outcome, requested_at, finished_at)
    select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0')
        || '8' || lpad(to_hex(n), 15, '0'))::uuid,
      case when n % 5000 = 0 then 'prospect.create'
        else (array['port.reserve', 'client.activate', 'client.update', 'client.cancel'])[1 + n % 4] end,
      'C' || n % ${count / 4}, 'project-' || n % ${PROJECTS}, case when n % 10 = 0 then 'FAILED' else 'APPLIED' end,
      'owner', 'owner', 'hash', '{"contractCode":"1"}', 'hash-' || n, 'key-' || n, '{}', '{}', '{}', at, at + interval '1 s'
    from (select n, now() - (${count} - n) * (interval '2 years' / ${count}) as at from generate_series(1, ${count}) n) o`);
  await client.query(`
    insert into operation_step (operation_id, seq, name, method, path, status, duration_ms, outcome)
    select id, seq, 'step', 'POST', 'properties', 201, 12, 'DONE' from operation, generate_series(1, 3) seq`);
  await client.query('vacuum analyze operation');
  await client.query('vacuum analyze operation_step');
  await client.end();
}
