import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import pg from 'pg';
import type { DatabaseOptions } from '../../src/journal/database/database.js';
import { available } from '../support/available.js';
import { emptyDataDir } from './template.js';

/** One place for a journal: an empty folder, or a schema of its own on a server. */
export interface Place {
  database: DatabaseOptions;
  remove(): Promise<void>;
}

export interface Engine {
  name: 'PGlite' | 'PostgreSQL';
  place(): Promise<Place>;
}

const url = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

async function isUp(): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

const pglite: Engine = {
  name: 'PGlite',
  place: async () => {
    const dataDir = await emptyDataDir();
    return { database: { dataDir }, remove: async () => rmSync(dataDir, { recursive: true, force: true }) };
  },
};

const server: Engine = {
  name: 'PostgreSQL',
  place: async () => {
    const schema = `test_${randomBytes(6).toString('hex')}`;
    return {
      database: { dataDir: '', databaseUrl: url, schema },
      remove: async () => {
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        await client.query(`drop schema if exists ${schema} cascade; drop schema if exists ${schema}_jobs cascade`);
        await client.end();
      },
    };
  },
};

const up = available(
  await isUp(),
  `no PostgreSQL answers at ${new URL(url).host} (TEST_DATABASE_URL), so the journal is tried on PGlite only`,
);

/** The databases that the journal is tried on: both where a server answers. */
export const engines: Engine[] = up ? [pglite, server] : [pglite];
/** The server, for tests that give a process a database of its own. Null where none answers. */
export const serverUrl: string | null = up ? url : null;
/** Null where no server answers. */
export const postgres: Engine | null = up ? server : null;
