import { OzlocOperationDocument } from '../../../generated/operations.js';
import type { GraphqlClient } from '../../shared/graphql-client.js';
import type { Problem } from '../state/state.js';

/** How an operation of the journal ended: `applied`, or the problem; `open` while it has not, `unreadable` when that cannot be told now. */
export async function stateOfOperation(
  client: GraphqlClient,
  id: string,
): Promise<'applied' | 'open' | 'unreadable' | Problem> {
  const answer = await client.request(OzlocOperationDocument, { id }).catch(() => null);
  const operation = answer?.integrationOperation;
  if (!operation) return 'unreadable';
  if (operation.state === 'APPLIED') return 'applied';
  if (operation.state !== 'REFUSED' && operation.state !== 'FAILED') return 'open';
  return operation.problem ?? { code: 'UPSTREAM_REFUSED', reason: null, message: '', operationId: id, details: [] };
}
