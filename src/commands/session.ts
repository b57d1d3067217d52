import { dayOf } from '../domain/contract-mark.js';
import type { Policy } from '../domain/policy.js';
import type { Ozmap, SystemConfig } from '../ozmap/types.js';
import type { KnownReservation } from '../saga/reads/reader.js';

/** A reservation as the journal knows it. */
export type ReservationInJournal = Omit<KnownReservation, 'madeHere'>;

/** What a service or command works on: OZmap as one token sees it, and what the provider configured. */
export interface Session {
  readonly ozmap: Ozmap;
  readonly policy: Policy;
  /** OZmap's own settings, half a minute old at the most; `now`: read anew, as a command does before it goes by them. No request of the caller's. */
  systemConfig(when?: 'now'): Promise<SystemConfig>;
  now(): Date;
  /**
   * What the journal knows of reservations, by contract; nothing for those it does not know. Absent without a journal: then a withdrawal tells a
   * home that was taken over by its age.
   */
  findReservations?(contractCodes: readonly string[]): Promise<ReadonlyMap<string, ReservationInJournal>>;
  /** Whether a later state of the contract was declared than by this operation. Absent without a journal. */
  isOutdated?(operationId: string): Promise<boolean>;
}

/** The day on a mark that is written now. */
export function today({ now, policy }: Session): string {
  return dayOf(now(), policy.timeZone);
}
