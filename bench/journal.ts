/*
 * What it costs to write a command down before it is sent: one write of 3 ms, bare; with one insert before it and one update after it,
 * which is the least that any record of it takes; and through the journal, which adds idempotency, leases, the step and the outcome. On the
 * embedded database, and on PostgreSQL where TEST_DATABASE_URL names one. Medians of several rounds, taken in turn, because a machine is
 * never quiet. Run after a build: `node bench/journal.ts` (Node 24).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { DatabaseOptions } from '../src/store/database.js';

const ROUNDS = 5;
const COUNT = 100;
const CONCURRENCY = 8;
const OZMAP_MS = 3;

const load = <T>(path: string) => import(new URL(`../dist/${path}`, import.meta.url).href) as Promise<T>;
const { createJournal } = await load<typeof import('../src/saga/create-journal.js')>('saga/create-journal.js');
const { openDatabase } = await load<typeof import('../src/store/open-database.js')>('store/open-database.js');
const writes = await load<typeof import('../src/domain/write.js')>('domain/write.js');

const send = () => new Promise<void>((done) => setTimeout(done, OZMAP_MS));
let number = 0;

/** Milliseconds per command as its caller waits for it: COUNT commands, CONCURRENCY at once. */
async function measure(one: (n: number) => Promise<unknown>): Promise<number> {
  let left = COUNT;
  const worker = async () => {
    while (left-- > 0) await one(number++);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return ((performance.now() - startedAt) * CONCURRENCY) / COUNT;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function bench(name: string, options: DatabaseOptions): Promise<void> {
  let statements = 0;
  const database = await openDatabase({ ...options, onQuery: () => (statements += 1) });
  const { db, schema } = database;
  const journal = await createJournal({
    database,
    commands: [],
    backgroundSession: () => null,
    backgroundProjectIds: async () => [],
  });
  await sql`create table if not exists bench (id integer primary key, done boolean)`.execute(db);
  const record = (n: number) =>
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
    );
  const kinds = {
    bare: send,
    'two statements': async (n: number) => {
      await sql`insert into bench (id) values (${n}::int)`.execute(db);
      await send();
      await sql`update bench set done = true where id = ${n}::int`.execute(db);
    },
    journal: record,
  };
  const times = new Map<string, number[]>();
  let journalled = 0;
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [kind, one] of Object.entries(kinds)) {
      statements = 0;
      const ms = await measure(one);
      // The first round warms up.
      if (round > 0) times.set(kind, [...(times.get(kind) ?? []), ms]);
      if (kind === 'journal') journalled = statements / COUNT;
    }
  const lines = [...times].map(([kind, each]) => {
    const [low, high] = [Math.min(...each), Math.max(...each)].map((ms) => ms.toFixed(1));
    return `  ${kind.padEnd(16)}${median(each).toFixed(1)} ms a command (${low} to ${high})`;
  });
  const what = `${ROUNDS} rounds of ${COUNT} commands of one write, ${OZMAP_MS} ms an answer, ${CONCURRENCY} at once`;
  const busy = `load of the machine ${loadavg()[0]?.toFixed(1)}`;
  process.stdout.write(`${[`${name}: ${what}; ${busy}`, ...lines].join('\n')}, ${journalled.toFixed(1)} statements\n`);
  if (!database.exclusive) await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(db);
  await journal.stop();
}

const dataDir = mkdtempSync(join(tmpdir(), 'bench-journal-'));
await bench('PGlite', { dataDir });
rmSync(dataDir, { recursive: true, force: true });
const { TEST_DATABASE_URL } = process.env;
if (TEST_DATABASE_URL) await bench('PostgreSQL', { dataDir: '', databaseUrl: TEST_DATABASE_URL, schema: 'bench' });
else process.stdout.write('PostgreSQL: not measured, TEST_DATABASE_URL is not set\n');
