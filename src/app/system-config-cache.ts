import type { SystemConfig } from '../ozmap/types.js';

/** What the cache needs. */
export interface SystemConfigCacheOptions {
  read: () => Promise<SystemConfig>;
  /** How old an answer may be when somebody gets it. In the second half of that time it is read again behind the callers' backs. */
  maxAgeMs: number;
}

/**
 * OZmap's own settings, read with the service's token and kept for a moment: a change is obeyed soon, and by commands at once. While OZmap does not
 * give them, the old ones hold.
 */
export class SystemConfigCache {
  #value: SystemConfig | undefined;
  #readAt = 0;
  #reading: Promise<SystemConfig> | undefined;
  #next: Promise<SystemConfig> | undefined;

  constructor(private readonly options: SystemConfigCacheOptions) {}

  /** At most `maxAgeMs` old; `now`: read after it was asked for. Errors: UPSTREAM_UNAVAILABLE and the like, as long as it was never read. */
  async get(when?: 'now'): Promise<SystemConfig> {
    const kept = this.#value;
    if (!kept) return this.#read();
    if (when === 'now') return this.#readNext().catch(() => kept);
    const { maxAgeMs } = this.options;
    const ageMs = Date.now() - this.#readAt;
    if (ageMs > maxAgeMs) return this.#read().catch(() => kept);
    if (ageMs > maxAgeMs / 2) this.#read().catch(() => {});
    return kept;
  }

  /** Seconds since they were read; null: never. */
  ageS(): number | null {
    return this.#value ? Math.round((Date.now() - this.#readAt) / 1_000) : null;
  }

  /** Begins after whatever is under way: that may have been answered before a change. Shared by all who ask until then. */
  #readNext(): Promise<SystemConfig> {
    const before = this.#reading?.catch(() => {}) ?? Promise.resolve();
    this.#next ??= before.then(() => {
      this.#next = undefined;
      return this.#read();
    });
    return this.#next;
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
