/*
 * What it costs to write a command down before it is sent: one write of 3 ms, bare; as a pg-boss job, which is what a queue alone would
 * keep of it; and through the journal, which adds idempotency, leases, the step and the outcome. On the embedded database, and on
 * PostgreSQL where TEST_DATABASE_URL names one. Run after a build: `node bench/journal.ts` (Node 24).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { fromPglite, PgBoss } from 'pg-boss';
import type { DatabaseOptions } from '../src/store/database.js';

const COUNT = 300;
const CONCURRENCY = 8;
const OZMAP_MS = 3;

const load = <T>(path: string) => import(new URL(`../dist/${path}`, import.meta.url).href) as Promise<T>;
const { createJournal } = await load<typeof import('../src/saga/create-journal.js')>('saga/create-journal.js');
const { openDatabase } = await load<typeof import('../src/store/open-database.js')>('store/open-database.js');
const writes = await load<typeof import('../src/domain/write.js')>('domain/write.js');

const send = () => new Promise<void>((done) => setTimeout(done, OZMAP_MS));

/** Milliseconds for COUNT commands, CONCURRENCY at once, after a short warm-up. */
async function measure(one: (n: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const run = async (until: number) => {
    const worker = async () => {
      while (next < until) await one(next++);
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  };
  await run(30);
  const startedAt = performance.now();
  await run(30 + COUNT);
  return performance.now() - startedAt;
}

async function bench(name: string, options: DatabaseOptions): Promise<void> {
  const statements: string[] = [];
  const database = await openDatabase({ ...options, onQuery: (sql) => statements.push(sql) });
  const journal = await createJournal({
    database,
    commands: [],
    backgroundSession: () => null,
    backgroundProjectIds: async () => [],
  });
  const { jobs, schema } = database;
  const boss = new PgBoss({
    ...('pglite' in jobs ? { db: fromPglite(jobs.pglite), backend: 'pglite' as const } : jobs),
    schema: `${schema}_bench`,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await boss.createQueue('commands');

  const bare = await measure(send);
  const queued = await measure(async (n) => {
    await boss.send('commands', { n });
    const [job] = await boss.fetch('commands');
    await send();
    if (job) await boss.complete('commands', job.id, { done: true });
  });
  statements.length = 0;
  const journalled = await measure((n) =>
    journal.record(
      {
        action: 'client.activate',
        contractCode: `BENCH-${n}`,
        input: { contractCode: `BENCH-${n}` },
        idempotencyKey: `key-${n}`,
        actor: { ownerId: 'bench', ownerName: 'bench', cntUser: null },
        token: 'bench',
        boxIds: [],
      },
      async (operation) => {
        operation.inProject('project');
        await operation.step('client.implant', {
          method: 'PATCH',
          path: 'ftth-clients/1',
          [writes.SEND]: async () => ({ status: 200, value: await send().then(() => null) }),
        });
        return { n };
      },
    ),
  );
  const each = (ms: number) => `${((ms * CONCURRENCY) / COUNT).toFixed(1)} ms a command`;
  process.stdout.write(
    [
      `${name}: ${COUNT} commands of one write, ${OZMAP_MS} ms an answer, ${CONCURRENCY} at once`,
      `  bare:      ${each(bare)}`,
      `  pg-boss:   ${each(queued)}`,
      `  journal:   ${each(journalled)}, ${(statements.length / (COUNT + 30)).toFixed(1)} statements`,
      `  the journal takes ${(journalled / queued).toFixed(2)} times what a bare queue takes`,
      '',
    ].join('\n'),
  );
  await boss.stop({ graceful: false });
  if (!('pglite' in jobs))
    for (const made of [schema, `${schema}_jobs`, `${schema}_bench`])
      await sql`drop schema if exists ${sql.id(made)} cascade`.execute(database.db);
  await journal.stop();
}

const dataDir = mkdtempSync(join(tmpdir(), 'bench-journal-'));
await bench('PGlite', { dataDir });
rmSync(dataDir, { recursive: true, force: true });
const { TEST_DATABASE_URL } = process.env;
if (TEST_DATABASE_URL) await bench('PostgreSQL', { dataDir: '', databaseUrl: TEST_DATABASE_URL, schema: 'bench' });
else process.stdout.write('PostgreSQL: not measured, TEST_DATABASE_URL is not set\n');
