import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite as Embedded, type PGliteOptions } from '../../node_modules/@electric-sql/pglite/dist/index.js';
import { emptyDataDir } from './empty-data-dir.js';

/**
 * Stands for `@electric-sql/pglite` in tests. To open an embedded PostgreSQL takes a fifth of a second of the processor, and the memory that it asks
 * for has the garbage of a whole worker gone through. So a worker keeps those that it has opened in a `keptDataDir`, and gives them on, emptied. They
 * are the real ones, and who has closed one cannot ask it any longer. Every other folder is opened as ever.
 */
export class PGlite extends Embedded {
  static override async create(options: PGliteOptions | string = {}): Promise<never> {
    const opened = () => Embedded.create(options as PGliteOptions);
    const kept = typeof options === 'object' && inUse.get(options.dataDir ?? '');
    if (!kept) return (await opened()) as never;
    kept.real ??= await remembered(await opened());
    return asked(kept.real.pglite) as never;
  }
}

/** One that is open, and what was in it at first. */
interface Real {
  pglite: Embedded;
  shape: string;
  rows: { table: string; rows: string | null }[];
}

interface Kept {
  dataDir: string;
  /** Null until somebody opens it. */
  real: Real | null;
}

const free: Kept[] = [];
const inUse = new Map<string, Kept>();
const clusterIn = (dataDir: string) => join(dataDir, 'journal', 'pgdata');

/** A `DATA_DIR` like that of `emptyDataDir`, for tests whose service runs in their own process, and alone on it. To be given back. */
export async function keptDataDir(): Promise<string> {
  const kept = free.pop() ?? { dataDir: await emptyDataDir(), real: null };
  inUse.set(clusterIn(kept.dataDir), kept);
  return kept.dataDir;
}

/** After whatever used it has stopped. */
export async function giveBack(dataDir: string): Promise<void> {
  const kept = inUse.get(clusterIn(dataDir));
  inUse.delete(clusterIn(dataDir));
  if (kept?.real && (await emptied(kept.real).catch(() => false))) {
    // What else was written there, such as the embedded OZmap's records.
    removeAllBut('journal', dataDir);
    removeAllBut('pgdata', join(dataDir, 'journal'));
    free.push(kept);
    return;
  }
  await kept?.real?.pglite.close();
  rmSync(dataDir, { recursive: true, force: true });
}

function removeAllBut(kept: string, folder: string): void {
  for (const name of readdirSync(folder)) if (name !== kept) rmSync(join(folder, name), { recursive: true });
}

const SHAPE = `select concat_ws(' ', (select count(*) from pg_class), (select count(*) from pg_attribute), (select count(*) from pg_constraint),
  (select count(*) from pg_proc), (select count(*) from pg_trigger)) as shape`;
const TABLES = `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`;

async function remembered(pglite: Embedded): Promise<Real> {
  const [{ shape = '' } = {}] = (await pglite.query<{ shape: string }>(SHAPE)).rows;
  const { rows: tables } = await pglite.query<{ name: string }>(TABLES);
  const rows = [];
  for (const { name: table } of tables) {
    const [found] = (await pglite.query<{ rows: string | null }>(`select json_agg(t)::text as rows from ${table} t`))
      .rows;
    rows.push({ table, rows: found?.rows ?? null });
  }
  return { pglite, shape, rows };
}

/** False where a test has changed more than rows, or has left a transaction open: nobody else gets that one. */
async function emptied({ pglite, shape, rows: first }: Real): Promise<boolean> {
  await pglite.exec('discard all');
  const [now] = (await pglite.query<{ shape: string }>(SHAPE)).rows;
  if (now?.shape !== shape) return false;
  const refill = ({ table, rows }: Real['rows'][number]) =>
    rows === null
      ? ''
      : `insert into ${table} select * from json_populate_recordset(null::${table}, '${rows.replaceAll("'", "''")}');`;
  await pglite.exec(first.map((one) => `delete from ${one.table}; ${refill(one)}`).join('\n'));
  return true;
}

const GONE = () => Promise.reject(new Error('PGlite is closed'));

/** The open one until this user of it closes it. */
function asked(pglite: Embedded): Embedded {
  let closed = false;
  const heard: (() => Promise<void>)[] = [];
  const own = {
    close: async () => {
      if (closed) return GONE();
      closed = true;
      for (const stop of heard) await stop();
      // As the real one does: whoever holds it is waited for.
      await pglite.runExclusive(async () => {});
    },
    listen: async (...args: Parameters<Embedded['listen']>) => {
      const stop = await pglite.listen(...args);
      heard.push(stop);
      return stop;
    },
  };
  return new Proxy(pglite, {
    get(_, name) {
      if (name === 'closed') return closed;
      if (name === 'ready') return !closed && pglite.ready;
      const value = Reflect.get(name in own ? own : pglite, name, name in own ? own : pglite);
      if (typeof value !== 'function') return value;
      return closed && name !== 'close' ? GONE : value.bind(pglite);
    },
  });
}
