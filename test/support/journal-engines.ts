import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DatabaseOptions } from '../../src/store/database.js';
import { emptyDataDir } from './empty-data-dir.js';
import { giveBack, keptDataDir } from './kept-pglite.js';
import { serverUrl } from './postgres-server.js';

/** One place for a journal: an empty folder, or a schema of its own on a server. */
export interface Place {
  database: DatabaseOptions;
  remove(): Promise<void>;
}

export interface Engine {
  name: 'PGlite' | 'PostgreSQL';
  /** `processes`: others than the test's own open it. */
  place(of?: { processes: boolean }): Promise<Place>;
}

const pglite: Engine = {
  name: 'PGlite',
  place: async ({ processes } = { processes: false }) => {
    const dataDir = await (processes ? emptyDataDir() : keptDataDir());
    return { database: { dataDir }, remove: () => giveBack(dataDir) };
  },
};

const on = (databaseUrl: string): Engine => ({
  name: 'PostgreSQL',
  place: async () => {
    const schema = `test_${randomBytes(6).toString('hex')}`;
    return {
      database: { dataDir: '', databaseUrl, schema },
      remove: async () => {
        const client = new pg.Client({ connectionString: databaseUrl });
        await client.connect();
        await client.query(`drop schema if exists ${schema} cascade`);
        await client.end();
      },
    };
  },
});

/** Null where no server answers. */
export const postgres: Engine | null = serverUrl === null ? null : on(serverUrl);
/** The databases that the journal is tried on: both where a server answers. */
export const engines: Engine[] = postgres ? [pglite, postgres] : [pglite];
