import { ConflictError } from '../../errors/app-error.js';
import type { FtthClient } from '../../ozmap/types.js';
import type { Loaders } from '../loaders.js';

/**
 * The client of a contract, or null. Several clients with one code are never answered by one of them.
 *
 * Errors: CONFLICT CODE_AMBIGUOUS.
 */
export async function findClient(
  loaders: Pick<Loaders, 'clientsByCode'>,
  contractCode: string,
): Promise<FtthClient | null> {
  const [client, ...others] = await loaders.clientsByCode.load(contractCode);
  if (others.length > 0) {
    throw new ConflictError('CODE_AMBIGUOUS', 'several clients have this code', [
      { field: 'client', limit: 1, actual: others.length + 1 },
    ]);
  }
  return client ?? null;
}
