import type { FastifyBaseLogger } from 'fastify';
import { BACKGROUND } from '../budget/request-budget.js';
import type { Config } from '../config.js';
import { heardBy, isWrite } from '../domain/write.js';
import { ForbiddenError, UnauthenticatedError, UpstreamUnavailableError } from '../errors/app-error.js';
import type { Metrics } from '../http/metrics.js';
import { createCircuit } from '../ozmap/circuit.js';
import { createOzmap } from '../ozmap/create-ozmap.js';
import type { Ozmap, OzmapConnector, OzmapStanding, SystemConfig } from '../ozmap/types.js';

export interface ServiceTokenOptions {
  connector: OzmapConnector;
  token: string;
  logger: Pick<FastifyBaseLogger, 'error' | 'info'>;
  /** Called on each change. */
  onChange: (refused: boolean) => void;
}

/** What callers and the log learn of a token that is ours to correct. */
const DETAILS = [{ field: 'OZMAP_TOKEN' }];

/**
 * OZmap as this service's own token sees it. That OZmap refuses the token is our fault: no caller is UNAUTHENTICATED by it, callers who need
 * what it reads get UPSTREAM_UNAVAILABLE; log, metric and readiness report it.
 */
export class ServiceToken {
  /** Reads and writes tell a refused token as UPSTREAM_UNAVAILABLE. */
  readonly ozmap: Ozmap;
  #refused = false;

  constructor(private readonly options: ServiceTokenOptions) {
    this.ozmap = this.#guarded(options.connector.as(options.token, BACKGROUND));
  }

  /** OZmap's own settings. Errors: UPSTREAM_UNAVAILABLE, also when the token may not read them · UPSTREAM_UNEXPECTED_SHAPE. */
  async systemConfig(): Promise<SystemConfig> {
    try {
      return await this.ozmap.systemConfig();
    } catch (error) {
      if (error instanceof ForbiddenError)
        throw new UpstreamUnavailableError('OZmap does not let OZMAP_TOKEN read its settings', DETAILS);
      throw error;
    }
  }

  /** Asks OZmap how it takes the token now. */
  async standing(): Promise<OzmapStanding> {
    const { connector, token } = this.options;
    const standing = await connector.standing(token);
    if (standing !== 'down') this.#note(standing === 'refused');
    return standing;
  }

  #note(refused: boolean): void {
    if (refused === this.#refused) return;
    this.#refused = refused;
    this.options.onChange(refused);
    const { logger } = this.options;
    if (refused)
      logger.error('OZmap refuses OZMAP_TOKEN: viability, reservations and background work stop until it is corrected');
    else logger.info('OZmap accepts OZMAP_TOKEN again');
  }

  #guarded(ozmap: Ozmap): Ozmap {
    return new Proxy(ozmap, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          const result: unknown = Reflect.apply(member, target, args);
          if (isWrite(result)) return heardBy(result, (sent) => this.#heard(sent));
          return result instanceof Promise ? this.#heard(result) : result;
        };
      },
    });
  }

  async #heard<T>(answer: Promise<T>): Promise<T> {
    try {
      const value = await answer;
      this.#note(false);
      return value;
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      this.#note(true);
      throw new UpstreamUnavailableError('OZmap refuses OZMAP_TOKEN', DETAILS);
    }
  }
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

  /** `maxAgeMs`: how old an answer may be when somebody gets it. In the second half of that time it is read again behind the callers' backs. */
  constructor(private readonly options: { read: () => Promise<SystemConfig>; maxAgeMs: number }) {}

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

const SYSTEM_CONFIG_MAX_AGE_MS = 30_000;

/** OZmap as this service reaches it, for callers and with its own token. */
export function openOzmap(
  config: Pick<Config, 'ozmapTimeoutMs' | 'ozmapConcurrency' | 'ozmapPerMinute'>,
  url: string,
  token: string,
  { logger, metrics }: { logger: FastifyBaseLogger; metrics: Metrics },
) {
  const connector = createOzmap({
    url,
    timeoutMs: config.ozmapTimeoutMs,
    concurrency: config.ozmapConcurrency,
    perMinute: config.ozmapPerMinute,
    onRequest: (request) => metrics.ozmapRequest(request),
    circuit: createCircuit({ onChange: (open) => logger.warn({ open }, 'the circuit towards OZmap has changed') }),
  });
  metrics.watchTraffic(() => connector.traffic());
  const onChange = (refused: boolean) => metrics.ozmapTokenRefused(refused);
  const own = new ServiceToken({ connector, token, logger, onChange });
  const systemConfig = new SystemConfigCache({ read: () => own.systemConfig(), maxAgeMs: SYSTEM_CONFIG_MAX_AGE_MS });
  return { connector, own, systemConfig };
}
