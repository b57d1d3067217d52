import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CollectionName, Records } from '../records.js';
import { Change } from './change.js';
import type { Store, Transaction } from './store.js';
import { fingerprint, Tables, TablesReader } from './tables.js';
import { type Opened, WriteLog } from './write-log.js';

/**
 * Takes the data folder for this process alone; the kernel gives it back when the process ends, however it ends.
 * Not for network file systems. Errors: names the folder when another process holds it.
 */
function lockFolder(dataDir: string): DatabaseSync {
  const lock = new DatabaseSync(join(dataDir, 'emulator.lock'), { timeout: 0 });
  try {
    lock.exec('pragma locking_mode=exclusive; pragma journal_mode=delete; begin exclusive');
  } catch (cause) {
    lock.close();
    throw new Error(`another process is using the embedded OZmap's data folder ${dataDir}`, { cause });
  }
  return lock;
}

/** Ids as MongoDB makes them: seconds, five random bytes per process, a counter. In order of creation they are in order of text. */
function objectIds(now: () => Date): () => string {
  const machine = randomBytes(5).toString('hex');
  let counter = randomBytes(3).readUIntBE(0, 3) >> 1;
  return () => {
    counter = (counter + 1) % 0x1000000;
    const seconds = Math.floor(now().getTime() / 1000) % 0x100000000;
    return seconds.toString(16).padStart(8, '0') + machine + counter.toString(16).padStart(6, '0');
  };
}

export interface StoreOptions {
  /** Where writes are kept; null or absent: in memory only. */
  dataDir?: string | null | undefined;
  /** The clock of `createdAt` and its like; fixed in tests. */
  now?: (() => Date) | undefined;
  /** Fresh ids, never the same twice; fixed in tests. */
  ids?: (() => string) | undefined;
}

/** A store between its seed and its first write. */
export interface PlantStore extends Store {
  /** Ends the seed: puts the data folder's earlier writes on top of it. Called by the first write if not called before. */
  begin(): Opened;
}

/**
 * Keeps the plant in memory, and its writes in the data folder.
 * Errors: another process uses the data folder.
 */
export async function createStore(options: StoreOptions = {}): Promise<PlantStore> {
  const now = options.now ?? (() => new Date());
  const dataDir = options.dataDir ?? null;
  if (dataDir !== null) await mkdir(dataDir, { recursive: true });
  return new MemoryStore(dataDir, now, options.ids ?? objectIds(now));
}

class MemoryStore extends TablesReader implements PlantStore {
  private readonly lock: DatabaseSync | undefined;
  private log: WriteLog | undefined;
  private opened: Opened | undefined;
  private writing = false;
  private closed = false;

  constructor(
    private readonly dataDir: string | null,
    private readonly now: () => Date,
    private readonly ids: () => string,
  ) {
    super(new Tables());
    if (dataDir !== null) this.lock = lockFolder(dataDir);
  }

  load<C extends CollectionName>(collection: C, records: Iterable<Records[C]>): void {
    if (this.opened) throw new Error('the seed is over');
    for (const record of records) this.tables.put(collection, record);
  }

  begin(): Opened {
    if (this.opened) return this.opened;
    let opened: Opened = { replayed: 0, setAsidePath: null };
    if (this.dataDir !== null) {
      const result = WriteLog.open(this.dataDir, fingerprint(this.tables), (entries) => {
        for (const [collection, id, record] of entries) {
          if (record) this.tables.put(collection, record);
          else this.tables.of(collection).remove(id);
        }
      });
      this.log = result.log;
      opened = result.opened;
      this.tables.settle();
    }
    this.opened = opened;
    return opened;
  }

  async write<T>(change: (tx: Transaction) => T): Promise<T> {
    if (this.closed) throw new Error('the store is closed');
    if (this.writing) throw new Error('a write inside a write');
    this.begin();
    const tx = new Change(this.tables, this.ids, this.now);
    this.writing = true;
    try {
      const result = change(tx);
      const entries = tx.entries();
      if (entries.length > 0) this.log?.write(entries);
      return result;
    } catch (error) {
      tx.undo();
      throw error;
    } finally {
      this.writing = false;
      this.tables.settle();
    }
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.log?.close();
    this.lock?.close();
  }
}
