/** Remembers which tickets were used. */
export interface TicketLedger {
  /** True for the first caller with this id, false ever after; it may be forgotten once `expiresAt` is past. */
  consume(id: string, expiresAt: Date): Promise<boolean>;
}

/** For one process: forgets with it, so that a ticket used just before a restart could be used once more. */
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
