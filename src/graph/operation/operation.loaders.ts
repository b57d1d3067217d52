import DataLoader from 'dataloader';
import type { Session } from '../../commands/session.js';
import type { OperationJournal } from '../../saga/operation-journal.js';
import type { OperationPage, PageRequest } from '../../saga/reads/records.js';
import type { Viewer } from '../../store/tokens/token-memory.js';
import { oneById } from '../loaders.js';

export type OperationLoaders = ReturnType<typeof createOperationLoaders>;

/** What one request reads of the journal by key, as far as its caller sees: one statement for all keys of a tick. */
export function createOperationLoaders(journal: OperationJournal<Session>, viewer: () => Promise<Viewer>) {
  const pages = new Map<string, DataLoader<string, OperationPage | null>>();
  return {
    byId: oneById(async (ids) => journal.findOperations(ids, await viewer())),
    /** With what they were asked and left. */
    snapshots: oneById(async (ids) => journal.findSnapshots(ids, await viewer())),
    /** Of operations that were read for this caller. */
    steps: byKey((ids) => journal.findSteps(ids)),
    /** A page of operations for each contract. */
    of: (page: PageRequest) => {
      const key = `${page.first} ${page.after ?? ''}`;
      const loader = pages.get(key) ?? byKey(async (codes) => journal.listOperationsOf(codes, page, await viewer()));
      pages.set(key, loader);
      return loader;
    },
    reservations: byKey((codes) => journal.findReservations(codes)),
  };
}

function byKey<T>(fetch: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>): DataLoader<string, T | null> {
  return new DataLoader(async (keys) => {
    const found = await fetch(keys);
    return keys.map((key) => found.get(key) ?? null);
  });
}
