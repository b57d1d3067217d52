import { type GeocoderChoice, isEmbedded, judgeTogether } from './config/judge-together.js';
import type { ServiceAreaChoice } from './config/network-kinds.js';
import { type JwtConfig, jwtConfig, type PagesConfig, pagesConfig, type Tracing, tracing } from './config/parts.js';
import { type Receivers, readReceivers } from './config/receivers.js';
import { readVariables, type Values } from './config/variables.js';
import type { Policy } from './domain/policy.js';

/** A real OZmap, or the embedded one on a port of this machine. */
type OzmapTarget =
  | { kind: 'real'; url: string; token: string }
  | { kind: 'embedded'; port: number; cityFolder: string | null; citySize: 'town' | 'city' | '200k' };

/** How much one request, and one caller, may ask for. */
export interface Limits {
  bodyBytes: number;
  depth: number;
  /** Objects that an operation may bring back at most, by its list sizes. */
  cost: number;
  aliases: number;
  /** 0: no limit. */
  ratePerMinute: number;
  /** Tokens that OZmap refuses, from one address; 0: no limit. */
  failedTokensPerMinute: number;
  requestTimeoutMs: number;
  /** For a request to arrive, headers and body. */
  receiveTimeoutMs: number;
  /** Open at once. */
  connections: number;
}

/** What the journal keeps, and for how long. */
interface JournalConfig {
  keyDays: number;
  outcomeSettleS: number;
  queueMaxAgeHours: number;
  snapshotDays: number;
  journalDays: number;
  /** A token that OZmap knew within these hours is taken for commands that can wait, while OZmap is away. */
  tokenGraceHours: number;
  /** Null: nobody is told of what happens. */
  webhooks: Receivers | null;
}

/** The whole configuration, checked. Variables are explained in .env.example. */
export interface Config {
  production: boolean;
  host: string;
  /** 0 lets the system choose a free one. */
  port: number;
  /** Of health and metrics; null: the service's own. */
  opsPort: number | null;
  /** Without slash at its end; empty for the root. */
  basePath: string;
  tls: { certFile: string; keyFile: string } | null;
  /** Whose `X-Forwarded-…` headers count: addresses and networks, or the number of routers in front. Null: none count. */
  trustProxy: readonly string[] | number | null;
  /** Origins whose pages may ask from a browser; `*` is any. */
  corsOrigins: readonly string[];
  logLevel: Values['LOG_LEVEL'];
  /** Audit log of who read what; null: off. Without a file it goes to standard output. */
  audit: { file: string | null } | null;
  shutdownGraceMs: number;
  /** Null: nothing is traced, and OpenTelemetry is not loaded. What else it needs it reads from the environment itself. */
  tracing: Tracing | null;
  /** Null: callers bring OZmap tokens. */
  jwt: JwtConfig | null;
  ozmap: OzmapTarget;
  ozmapTimeoutMs: number;
  ozmapConcurrency: number;
  /** Requests to OZmap in any minute, over all processes; 0: no limit. */
  ozmapPerMinute: number;
  geocoder: GeocoderChoice;
  /** How a provider of geocodes is asked, and what answers when it cannot. */
  geocoding: {
    perSecond: number;
    cacheHours: number;
    fallbackFolder: string | null;
    serviceArea: ServiceAreaChoice | null;
  };
  dataDir: string;
  databaseUrl: string | null;
  journal: JournalConfig;
  policy: Policy;
  introspection: boolean;
  /** What a browser gets that opens the endpoint. */
  explorer: NonNullable<Values['EXPLORER']>;
  /** Whether callers may name documents by their hash; `safelist` takes those of our own manifest, and of `file`, only. */
  persistedOperations: { mode: Values['PERSISTED_OPERATIONS']; file: string | null };
  limits: Limits;
  /** For how long a token that OZmap knew is not asked about again. */
  tokenCacheS: number;
  pages: PagesConfig;
}

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
  const production = values.NODE_ENV === 'production';
  const introspection = values.INTROSPECTION ?? (isEmbedded(values) || !production);
  return {
    production,
    host: values.HOST,
    port: values.PORT,
    opsPort: values.OPS_PORT,
    basePath: values.BASE_PATH,
    tls:
      values.TLS_CERT_FILE !== null && values.TLS_KEY_FILE !== null
        ? { certFile: values.TLS_CERT_FILE, keyFile: values.TLS_KEY_FILE }
        : null,
    trustProxy: values.TRUST_PROXY,
    corsOrigins: values.CORS_ORIGINS,
    logLevel: values.LOG_LEVEL,
    audit: values.AUDIT_LOG === 'on' ? { file: values.AUDIT_FILE } : null,
    tracing: tracing(values),
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    jwt: jwtConfig(values),
    ozmap:
      values.OZMAP_URL !== null && values.OZMAP_TOKEN !== null
        ? { kind: 'real', url: values.OZMAP_URL, token: values.OZMAP_TOKEN }
        : {
            kind: 'embedded',
            port: values.EMULATOR_PORT,
            cityFolder: values.EMULATOR_CITY,
            citySize: values.EMULATOR_SIZE ?? 'town',
          },
    ozmapTimeoutMs: values.OZMAP_TIMEOUT_MS,
    ozmapConcurrency: values.OZMAP_CONCURRENCY,
    ozmapPerMinute: values.OZMAP_PER_MINUTE,
    geocoder,
    geocoding: {
      perSecond: values.GEOCODER_PER_SECOND,
      cacheHours: values.GEOCODER_CACHE_HOURS,
      fallbackFolder: values.GAZETTEER_DIR,
      serviceArea: values.SERVICE_AREA,
    },
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL,
    journal: {
      keyDays: values.IDEMPOTENCY_KEY_DAYS,
      outcomeSettleS: values.OUTCOME_SETTLE_S,
      queueMaxAgeHours: values.QUEUE_MAX_AGE_HOURS,
      snapshotDays: values.SNAPSHOT_RETENTION_DAYS,
      journalDays: values.JOURNAL_RETENTION_DAYS,
      tokenGraceHours: values.TOKEN_GRACE_HOURS,
      webhooks,
    },
    policy: {
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
    },
    introspection,
    // Its examples name types and fields, too.
    explorer: values.EXPLORER ?? (introspection ? 'local' : 'off'),
    persistedOperations: { mode: values.PERSISTED_OPERATIONS, file: values.PERSISTED_OPERATIONS_MANIFEST },
    limits: {
      bodyBytes: values.BODY_LIMIT_BYTES,
      depth: values.MAX_DEPTH,
      cost: values.MAX_COST,
      aliases: values.MAX_ALIASES,
      ratePerMinute: values.RATE_LIMIT_PER_MINUTE,
      failedTokensPerMinute: values.FAILED_TOKENS_PER_MINUTE,
      requestTimeoutMs: values.REQUEST_TIMEOUT_MS,
      receiveTimeoutMs: values.RECEIVE_TIMEOUT_MS,
      connections: values.MAX_CONNECTIONS,
    },
    tokenCacheS: values.TOKEN_CACHE_S,
    pages: pagesConfig(values),
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
