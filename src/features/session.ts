import type { Policy } from '../domain/policy.js';
import type { Ozmap, SystemConfig } from '../ozmap/types.js';

/** What a service or command works on: OZmap as one token sees it, and what the provider configured. */
export interface Session {
  readonly ozmap: Ozmap;
  readonly policy: Policy;
  /** OZmap's own settings, read once per process and refreshed in the background: no request of the caller's. */
  systemConfig(): Promise<SystemConfig>;
  now(): Date;
}
