import type { JournalledOperation } from './journal.js';

/** What a caller was told of one command: its operation, and whether it was carried out. */
export interface Told {
  contractCode: string;
  mutation: string;
  operationId: string;
  applied: boolean;
}

/**
 * Compares the journal with what callers were told: each acknowledged command is one applied operation, each refused one a refused or failed
 * one, and the journal knows of nothing else that was carried out, but at most as many declarations of a contract as were said unheard.
 */
export function journalFaults(
  told: readonly Told[],
  unheard: ReadonlyMap<string, number>,
  operations: readonly JournalledOperation[],
): string[] {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const acknowledged = new Map<string, Told>();
  const faults: string[] = [];
  for (const each of told) {
    const { contractCode, mutation, operationId, applied } = each;
    const name = `${contractCode}: ${mutation} ${operationId}`;
    const state = byId.get(operationId)?.state;
    if (applied !== (state === 'APPLIED')) faults.push(`${name}: told ${applied ? 'applied' : 'refused'}, is ${state}`);
    const other = acknowledged.get(operationId);
    if (other) faults.push(`${name}: is the operation of ${other.mutation} too`);
    acknowledged.set(operationId, each);
  }
  const left = new Map(unheard);
  for (const { id, state, action, contractCode } of operations) {
    if (acknowledged.has(id)) continue;
    const words = action === 'contract.declare' ? (left.get(contractCode ?? '') ?? 0) : 0;
    if (words > 0) left.set(contractCode ?? '', words - 1);
    else if (state === 'APPLIED') faults.push(`${contractCode}: ${action} ${id} was applied unheard of`);
  }
  return faults;
}
