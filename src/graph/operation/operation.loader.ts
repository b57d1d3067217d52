import DataLoader from 'dataloader';
import type { Session } from '../../commands/session.js';
import type { OperationJournal } from '../../saga/operation-journal.js';
import type { MadeReservation } from '../../saga/reads/reader.js';
import type { OperationPage, OperationRecord, PageRequest } from '../../saga/reads/records.js';
import type { OperationService } from './operation.service.js';

/** What one request reads of the journal by key: one statement for all keys of a tick. */
export interface OperationLoaders {
  byId: DataLoader<string, OperationRecord | null>;
  of: (page: PageRequest) => DataLoader<string, OperationPage | null>;
  reservations: DataLoader<string, MadeReservation | null>;
}

export function createOperationLoaders(
  operations: OperationService,
  journal: OperationJournal<Session>,
): OperationLoaders {
  const pages = new Map<string, DataLoader<string, OperationPage | null>>();
  return {
    byId: new DataLoader((ids) => operations.findMany(ids)),
    of: (page) => {
      const key = `${page.first} ${page.after ?? ''}`;
      const loader = pages.get(key) ?? new DataLoader((codes) => pagesOf(codes, page));
      pages.set(key, loader);
      return loader;
    },
    reservations: new DataLoader(async (codes) => {
      const found = await journal.findReservations(codes);
      return codes.map((code) => found.get(code) ?? null);
    }),
  };

  async function pagesOf(codes: readonly string[], page: PageRequest): Promise<(OperationPage | null)[]> {
    const found = await operations.listOf(codes, page);
    return codes.map((code) => found.get(code) ?? null);
  }
}
