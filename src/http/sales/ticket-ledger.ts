/** Remembers which tickets were used. */
export interface TicketLedger {
  /** True for the first caller with this id, false ever after; it may be forgotten once `expiresAt` is past. */
  consume(id: string, expiresAt: Date): Promise<boolean>;
}
