import type { PropertyRecord } from '../records.js';
import type { Transaction } from '../store/store.js';
import { removeCable } from './drops.js';

/**
 * Takes away a home with its client, drop and connection; the port is free for sale. Guess: a client that lives in another home too stays.
 */
export function removeProperty(tx: Transaction, property: PropertyRecord): void {
  for (const cable of tx.where('cables', 'boxB', property.id)) removeCable(tx, cable.id);
  if (property.drop) removeCable(tx, property.drop);
  tx.remove('properties', property.id);
  if (property.client && tx.where('properties', 'client', property.client).length === 0) {
    tx.remove('ftth-clients', property.client);
  }
}
