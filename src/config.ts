import { type GeocoderChoice, isEmbedded, judgeTogether } from './config/judge-together.js';
import { jwtConfig, pagesConfig, tracing } from './config/parts.js';
import { type Receivers, readReceivers } from './config/receivers.js';
import { readVariables, type Values } from './config/variables.js';
import type { Policy } from './domain/policy.js';

/** A real OZmap, or the embedded one on a port of this machine. */
type OzmapTarget =
  | { kind: 'real'; url: string; token: string }
  | { kind: 'embedded'; port: number; cityFolder: string | null; citySize: 'town' | 'city' | '200k' };

/** The start is refused: one message that names every wrong variable, what it got and what it takes. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot work:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads the environment; an empty variable counts as not set, and a secret may be in a file. Errors: ConfigError. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const { values, faults } = readVariables(env);
  const geocoder = judgeTogether(values, faults);
  const webhooks = receiversOf(values, faults);
  if (faults.size > 0 || !geocoder) throw new ConfigError([...faults.values()]);
  return configOf(values, geocoder, webhooks);
}

/** The whole configuration, checked. Variables are explained in .env.example. */
export type Config = ReturnType<typeof configOf>;
export type Limits = Config['limits'];

function configOf(values: Values, geocoder: GeocoderChoice, webhooks: Receivers | null) {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = values;
  const production = values.NODE_ENV === 'production';
  const introspection = values.INTROSPECTION ?? (isEmbedded(values) || !production);
  return {
    production,
    host: values.HOST,
    /** 0 lets the system choose a free one. */
    port: values.PORT,
    /** Of health and metrics; null: the service's own. */
    opsPort: values.OPS_PORT,
    /** Without slash at its end; empty for the root. */
    basePath: values.BASE_PATH,
    tls: certFile !== null && keyFile !== null ? { certFile, keyFile } : null,
    /** Whose `X-Forwarded-…` headers count: addresses and networks, or the number of routers in front. Null: none count. */
    trustProxy: values.TRUST_PROXY,
    /** Origins whose pages may ask from a browser; `*` is any. */
    corsOrigins: values.CORS_ORIGINS,
    logLevel: values.LOG_LEVEL,
    /** Audit log of who read what; null: off. Without a file it goes to standard output. */
    audit: values.AUDIT_LOG === 'on' ? { file: values.AUDIT_FILE } : null,
    /** Null: nothing is traced, and OpenTelemetry is not loaded. What else it needs it reads from the environment itself. */
    tracing: tracing(values),
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    /** Null: callers bring OZmap tokens. */
    jwt: jwtConfig(values),
    ozmap: targetOf(values),
    ozmapTimeoutMs: values.OZMAP_TIMEOUT_MS,
    ozmapConcurrency: values.OZMAP_CONCURRENCY,
    /** Requests to OZmap in any minute, over all processes; 0: no limit. */
    ozmapPerMinute: values.OZMAP_PER_MINUTE,
    geocoder,
    /** How a provider of geocodes is asked, and what answers when it cannot. */
    geocoding: {
      perSecond: values.GEOCODER_PER_SECOND,
      cacheHours: values.GEOCODER_CACHE_HOURS,
      fallbackFolder: values.GAZETTEER_DIR,
      serviceArea: values.SERVICE_AREA,
    },
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    /** What the journal keeps, and for how long. */
    journal: {
      keyDays: values.IDEMPOTENCY_KEY_DAYS,
      outcomeSettleS: values.OUTCOME_SETTLE_S,
      queueMaxAgeHours: values.QUEUE_MAX_AGE_HOURS,
      snapshotDays: values.SNAPSHOT_RETENTION_DAYS,
      journalDays: values.JOURNAL_RETENTION_DAYS,
      /** A token that OZmap knew within these hours is taken for commands that can wait, while OZmap is away. */
      tokenGraceHours: values.TOKEN_GRACE_HOURS,
      /** Null: nobody is told of what happens. */
      webhooks,
    },
    policy: policyOf(values),
    introspection,
    /** What a browser gets that opens the endpoint. Its examples name types and fields, too. */
    explorer: values.EXPLORER ?? (introspection ? ('local' as const) : ('off' as const)),
    /** Whether callers may name documents by their hash; `safelist` takes those of our own manifest, and of `file`, only. */
    persistedOperations: { mode: values.PERSISTED_OPERATIONS, file: values.PERSISTED_OPERATIONS_MANIFEST },
    /** How much one request, and one caller, may ask for. */
    limits: {
      bodyBytes: values.BODY_LIMIT_BYTES,
      depth: values.MAX_DEPTH,
      /** Objects that an operation may bring back at most, by its list sizes. */
      cost: values.MAX_COST,
      aliases: values.MAX_ALIASES,
      /** 0: no limit. */
      ratePerMinute: values.RATE_LIMIT_PER_MINUTE,
      /** Tokens that OZmap refuses, from one address; 0: no limit. */
      failedTokensPerMinute: values.FAILED_TOKENS_PER_MINUTE,
      requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
      /** For a request to arrive, headers and body. */
      receiveTimeoutMs: values.RECEIVE_TIMEOUT_MS,
      /** Open at once. */
      connections: values.MAX_CONNECTIONS,
    },
    /** For how long a token that OZmap knew is not asked about again. */
    tokenCacheS: values.TOKEN_CACHE_S,
    pages: pagesConfig(values),
  };
}

function targetOf(values: Values): OzmapTarget {
  const { OZMAP_URL: url, OZMAP_TOKEN: token, EMULATOR_PORT: port, EMULATOR_CITY: cityFolder } = values;
  if (url !== null && token !== null) return { kind: 'real', url, token };
  return { kind: 'embedded', port, cityFolder, citySize: values.EMULATOR_SIZE ?? 'town' };
}

function policyOf(values: Values): Policy {
  return {
    updateClientName: values.UPDATE_CLIENT_NAME,
    updateClientObservation: values.UPDATE_CLIENT_OBSERVATION,
    cancelDisconnectsDrop: values.CANCEL_DISCONNECTS_DROP,
    reservationTtlHours: values.RESERVATION_TTL_HOURS,
    reservationWarningHours: values.RESERVATION_WARNING_HOURS,
    viabilityValidMinutes: values.VIABILITY_VALID_MINUTES,
    viabilityRadiusM: values.VIABILITY_RADIUS_M,
    polePinMaxM: values.POLE_PIN_MAX_M,
    undoWindowHours: values.UNDO_WINDOW_HOURS,
    timeZone: values.TZ,
    cntStates: values.CNT_STATES,
  };
}

/** Adds to the faults what is wrong with a file of receivers. */
function receiversOf({ WEBHOOK_URLS, WEBHOOK_SECRET }: Values, faults: Map<string, string>): Receivers | null {
  if (WEBHOOK_URLS === null) return null;
  const read = readReceivers(WEBHOOK_URLS, WEBHOOK_SECRET);
  if (!('fault' in read)) return read;
  faults.set('WEBHOOK_URLS', `WEBHOOK_URLS ${read.fault}`);
  return null;
}
