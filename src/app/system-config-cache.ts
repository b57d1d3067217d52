import type { SystemConfig } from '../ozmap/types.js';

/** What the cache needs. */
export interface SystemConfigCacheOptions {
  read: () => Promise<SystemConfig>;
  /** How old an answer may be before it is asked for again, behind the callers' backs. */
  maxAgeMs: number;
}

/**
 * OZmap's own settings, read with the service's token once per process and refreshed in the background: no caller waits for them
 * twice, and no caller's request pays for them.
 */
export class SystemConfigCache {
  #value: SystemConfig | undefined;
  #readAt = 0;
  #reading: Promise<SystemConfig> | undefined;

  constructor(private readonly options: SystemConfigCacheOptions) {}

  /** Errors: UPSTREAM_UNAVAILABLE and the like, as long as it was never read. */
  async get(): Promise<SystemConfig> {
    if (!this.#value) return this.#read();
    // An old answer is better than none: a refresh that fails is tried again with the next question.
    if (Date.now() - this.#readAt > this.options.maxAgeMs) this.#read().catch(() => {});
    return this.#value;
  }

  #read(): Promise<SystemConfig> {
    this.#reading ??= this.options
      .read()
      .then((value) => {
        this.#value = value;
        this.#readAt = Date.now();
        return value;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }
}
