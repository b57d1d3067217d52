import type { JsonObject } from '../domain/json.js';
import type { Policy } from '../domain/policy.js';
import type { Ozmap, SystemConfig } from '../ozmap/types.js';

/** What a service or command works on: OZmap as one token sees it, and what the provider configured. */
export interface Session {
  readonly ozmap: Ozmap;
  readonly policy: Policy;
  /** OZmap's own settings, read once per process and refreshed in the background: no request of the caller's. */
  systemConfig(): Promise<SystemConfig>;
  now(): Date;
  /**
   * The facts that the `port.reserve` noted which made this client of the contract; null when the journal knows none. Absent without a
   * journal: then a withdrawal tells a home that was taken over by its age.
   */
  reservationFacts?(contractCode: string, clientId: string): Promise<JsonObject | null>;
  /** Whether a later state of the contract was declared than by this operation. Absent without a journal. */
  isOutdated?(operationId: string): Promise<boolean>;
}
