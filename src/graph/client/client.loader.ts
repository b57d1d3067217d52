import type DataLoader from 'dataloader';
import type { FtthClient, Ozmap } from '../../ozmap/types.js';
import { manyByKey, oneByKey } from '../batching.js';

/** Clients by contract code (one code may have several) and by OZmap's id. */
export interface ClientLoaders {
  clientsByCode: DataLoader<string, FtthClient[]>;
  clients: DataLoader<string, FtthClient | null>;
}

/** Loaders of clients. */
export function createClientLoaders(ozmap: Ozmap): ClientLoaders {
  const clients = oneByKey(
    (ids) => ozmap.findClientsByIds(ids),
    (client) => client.id,
  );
  const clientsByCode = manyByKey(
    async (codes) => {
      const found = await ozmap.findClientsByCodes(codes);
      for (const client of found) clients.prime(client.id, client);
      return found;
    },
    (client) => client.code,
  );
  return { clientsByCode, clients };
}
