import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { type Database, FailureCount, type OpenOptions } from './database.js';
import { migrate } from './migrate.js';
import { takeOwnerLock } from './owner-lock.js';
import type { Tables } from './tables.js';

/** Enough for a journal: the defaults cost another 150 MB of memory. They are added to PGlite's own, which it cannot do without. */
const SMALL = ['-c', 'shared_buffers=16MB', '-c', 'max_connections=4'];

/** PostgreSQL compiled to WebAssembly, in this process. It has one connection and does not fsync. */
export class Pglite implements Database {
  readonly exclusive = true;
  readonly description: string;

  private constructor(
    readonly db: Kysely<Tables>,
    readonly schema: string,
    readonly newerBy: string | null,
    readonly pglite: PGlite,
    private readonly failed: FailureCount,
    private readonly release: () => void,
    folder: string,
  ) {
    this.description = `embedded PostgreSQL in ${folder}: survives a killed process, not a power cut`;
  }

  static async open({ dataDir, schema, onQuery }: OpenOptions & { dataDir: string }): Promise<Pglite> {
    const folder = folderIn(dataDir);
    mkdirSync(dataDir, { recursive: true });
    const lock = takeOwnerLock(folder);
    try {
      const startParams = [...PGlite.defaultStartParams, ...SMALL];
      const pglite = await PGlite.create({ dataDir: clusterIn(folder), startParams });
      await pglite.exec(`create schema if not exists ${schema}; set search_path = ${schema}`);
      const failed = new FailureCount();
      const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }), log: failed.log(onQuery) });
      const newerBy = await migrate(db, schema);
      return new Pglite(db, schema, newerBy, pglite, failed, () => lock.release(), folder);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** One was made there. */
  static isIn(dataDir: string): boolean {
    return existsSync(clusterIn(folderIn(dataDir)));
  }

  /** It has one connection, and whatever holds that up runs in this process. */
  get quick(): Kysely<Tables> {
    return this.db;
  }

  get failures(): number {
    return this.failed.count;
  }

  async transact<T>(work: (trx: Kysely<Tables>) => Promise<T>): Promise<T> {
    if (this.pglite.closed) throw new Error('the database is closed');
    return this.db.transaction().execute(work);
  }

  async listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    const stop = await this.pglite.listen(channel, heard);
    return () => stop();
  }

  async close(): Promise<void> {
    // Not db.destroy(): Kysely is not the only user of the instance.
    if (!this.pglite.closed) await this.pglite.close();
    this.release();
  }
}

function folderIn(dataDir: string): string {
  return join(dataDir, 'journal');
}

function clusterIn(folder: string): string {
  return join(folder, 'pgdata');
}
