import type { TicketLedger } from '../../src/http/sales/ticket-ledger.js';

/** For one process: forgets with it, where the journal's would outlive a restart. */
export function inMemoryLedger(now: () => number = Date.now): TicketLedger {
  const used = new Map<string, number>();
  return {
    async consume(id, expiresAt) {
      for (const [other, until] of used) if (until < now()) used.delete(other);
      if (used.has(id)) return false;
      used.set(id, expiresAt.getTime());
      return true;
    },
  };
}
