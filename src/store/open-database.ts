import type { Database, DatabaseOptions } from './database.js';

const DEFAULT_SCHEMA = 'ozmap_cnt';

/**
 * Opens the journal's database and brings its tables up to date, under a lock where others may do the same.
 *
 * Errors: an Error with a plain sentence when another process owns the embedded database's folder.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const schema = options.schema ?? DEFAULT_SCHEMA;
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(schema)) throw new Error(`not a usable schema name: ${schema}`);
  // Each brings much code, and one of them is used.
  const { databaseUrl: url, dataDir, onQuery } = options;
  return url
    ? (await import('./server.js')).Server.open({ url, schema, onQuery })
    : (await import('./pglite.js')).Pglite.open({ dataDir, schema, onQuery });
}

/**
 * Opens the journal that these variables name, for a command beside the service: none is made.
 *
 * Errors: an Error with a plain sentence when there is none, and as `openDatabase`.
 */
export async function openExistingDatabase({ DATA_DIR, DATABASE_URL }: NodeJS.ProcessEnv): Promise<Database> {
  const dataDir = DATA_DIR || './data';
  const exists = DATABASE_URL
    ? await (await import('./server.js')).Server.hasSchema(DATABASE_URL, DEFAULT_SCHEMA)
    : (await import('./pglite.js')).Pglite.isIn(dataDir);
  const where = DATABASE_URL ? 'the database of DATABASE_URL' : `the data folder ${dataDir}`;
  if (!exists)
    throw new Error(`There is no journal in ${where}. DATA_DIR and DATABASE_URL are to be those of the service.`);
  return openDatabase({ dataDir, databaseUrl: DATABASE_URL || undefined });
}
