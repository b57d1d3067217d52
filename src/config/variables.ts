import {
  decimal,
  flag,
  integer,
  oneOf,
  optionalEmail,
  optionalFlag,
  optionalInteger,
  optionalNumber,
  optionalOneOf,
  optionalReceivers,
  optionalText,
  optionalUrl,
  path,
  stateMeanings,
  text,
  timeZone,
  type Variable,
} from './kinds.js';
import {
  corsOrigins,
  embeddingOrigins,
  optionalDatabaseUrl,
  optionalFrameSources,
  optionalOrigin,
  optionalOrigins,
  optionalPlace,
  optionalProxies,
  optionalServiceArea,
} from './network-kinds.js';
import { optionalApiKey, optionalSecret, optionalSigningKey, readSecretFiles } from './secrets.js';

const OTLP_PROTOCOLS = ['http/protobuf', 'http/json'] as const;

/** Every variable that the service reads, by name. `.env.example` lists the same, compared by a test. */
export const VARIABLES = {
  NODE_ENV: oneOf(['production', 'development', 'test'], 'development'),
  HOST: text('an address of this machine to listen on', '0.0.0.0'),
  PORT: integer(0, 65_535, 14_000),
  OPS_PORT: optionalInteger(0, 65_535),
  BASE_PATH: path('/integrations/cnt'),
  TLS_CERT_FILE: optionalText('a PEM file with the certificate chain'),
  TLS_KEY_FILE: optionalText('a PEM file with the private key'),
  AUDIT_LOG: oneOf(['on', 'off'], 'off'),
  AUDIT_FILE: optionalText('a file that lines may be appended to'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
  TRUST_PROXY: optionalProxies(),
  OTEL_SDK_DISABLED: flag(false),
  OTEL_SERVICE_NAME: text('a name for this service', 'ozmap-cnt-subgraph'),
  OTEL_TRACES_EXPORTER: optionalOneOf(['otlp', 'console', 'none']),
  OTEL_EXPORTER_OTLP_PROTOCOL: oneOf(OTLP_PROTOCOLS, 'http/protobuf'),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: optionalOneOf(OTLP_PROTOCOLS),
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl(['https', 'http']),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optionalUrl(['https', 'http']),
  CORS_ORIGINS: corsOrigins(),
  SHUTDOWN_GRACE_MS: integer(0, 8_000, 500),

  AUTH: oneOf(['ozmap', 'jwt'], 'ozmap'),
  JWT_JWKS_URL: optionalUrl(['https', 'http']),
  JWT_ISSUER: optionalText('what the claim iss of a token says'),
  JWT_AUDIENCE: optionalText('what the claim aud of a token names'),
  JWT_CLOCK_SKEW_S: integer(0, 300, 30),
  JWT_OZMAP_CLAIM: text('the name of a claim', 'ozmap_user'),
  JWT_OZMAP_TOKENS_FILE: optionalText('a JSON file of OZmap tokens by the value of that claim'),

  OZMAP_URL: optionalUrl(['https', 'http'], { base: true }),
  OZMAP_TOKEN: optionalApiKey('the API key of an OZmap user, alone: no Bearer, no spaces, no quotes'),
  OZMAP_TIMEOUT_MS: integer(100, 240_000, 15_000),
  OZMAP_CONCURRENCY: integer(1, 256, 16),
  OZMAP_PER_MINUTE: integer(0, 1_000_000, 0),
  EMBEDDED_OZMAP: optionalFlag(),
  EMULATOR_PORT: integer(0, 65_535, 9_994),
  EMULATOR_CITY: optionalText('a folder with addresses, streets and neighbourhoods'),
  EMULATOR_SIZE: optionalOneOf(['town', 'city', '200k']),

  GEOCODER: optionalOneOf(['google', 'nominatim', 'gazetteer']),
  GOOGLE_MAPS_API_KEY: optionalApiKey('a key of the Google Geocoding API, alone: no spaces, no quotes'),
  GOOGLE_MAPS_URL: optionalUrl(['https', 'http'], { base: true }),
  NOMINATIM_URL: optionalUrl(['https', 'http'], { base: true }),
  GAZETTEER_DIR: optionalText('a folder with addresses, streets and neighbourhoods'),
  GEOCODER_PER_SECOND: decimal(0.1, 1_000, 20),
  GEOCODER_CACHE_HOURS: integer(0, 8_760, 24),
  SERVICE_AREA: optionalServiceArea(),

  DATA_DIR: text('a folder that may be written', './data'),
  DATABASE_URL: optionalDatabaseUrl(),

  UPDATE_CLIENT_NAME: flag(true),
  UPDATE_CLIENT_OBSERVATION: flag(true),
  CANCEL_DISCONNECTS_DROP: flag(false),
  RESERVATION_TTL_HOURS: decimal(0, 8_760, 0),
  RESERVATION_WARNING_HOURS: decimal(0, 8_760, 24),
  VIABILITY_VALID_MINUTES: decimal(1, 10_080, 30),
  VIABILITY_RADIUS_M: optionalNumber(1, 5_000),
  POLE_PIN_MAX_M: decimal(0, 1_000, 10),
  UNDO_WINDOW_HOURS: decimal(0, 720, 24),
  TZ: timeZone('America/Sao_Paulo'),
  CNT_STATES: stateMeanings(),

  IDEMPOTENCY_KEY_DAYS: integer(1, 365, 7),
  OUTCOME_SETTLE_S: integer(0, 86_400, 300),
  QUEUE_MAX_AGE_HOURS: decimal(0, 8_760, 72),
  TOKEN_GRACE_HOURS: decimal(0, 8_760, 72),
  SNAPSHOT_RETENTION_DAYS: integer(1, 36_500, 30),
  JOURNAL_RETENTION_DAYS: integer(1, 36_500, 1_825),
  WEBHOOK_URLS: optionalReceivers(),
  WEBHOOK_SECRET: optionalSigningKey(),

  INTROSPECTION: optionalFlag(),
  EXPLORER: optionalOneOf(['local', 'sandbox', 'off']),
  PERSISTED_OPERATIONS: oneOf(['off', 'apq', 'safelist'], 'apq'),
  PERSISTED_OPERATIONS_MANIFEST: optionalText('a manifest in the format apollo-persisted-query-manifest'),
  BODY_LIMIT_BYTES: integer(1_024, 16_777_216, 1_048_576),
  MAX_DEPTH: integer(3, 100, 15),
  MAX_COST: integer(100, 10_000_000, 100_000),
  MAX_ALIASES: integer(0, 10_000, 100),
  RATE_LIMIT_PER_MINUTE: integer(0, 1_000_000, 6_000),
  FAILED_TOKENS_PER_MINUTE: integer(0, 1_000_000, 30),
  MAX_CONNECTIONS: integer(1, 100_000, 4_000),
  RECEIVE_TIMEOUT_MS: integer(1_000, 600_000, 30_000),
  REQUEST_TIMEOUT_MS: integer(100, 600_000, 60_000),
  TOKEN_CACHE_S: integer(0, 3_600, 60),

  SESSION_SECRET: optionalSecret(32),
  PUBLIC_ORIGIN: optionalOrigin(),
  OZLOC_TICKET_MINUTES: decimal(0.01, 1_440, 15),
  OZLOC_SALE_RADIUS_M: integer(50, 50_000, 1_000),
  OZLOC_ORIGINS: embeddingOrigins(),
  OZLOC_FRAME_ANCESTORS: optionalFrameSources(),
  OZLOC_CONTACT: optionalEmail(),
  BRAND_NAME: optionalText("the name that sketches and pages show as the provider's"),
  BRAND_PHONE: optionalText('the phone number that sketches show below the name'),
  BRAND_LOGO: optionalText("a PNG or SVG file with the provider's logo"),
  OZLOC_LANGUAGE: optionalOneOf(['pt', 'en']),
  MAP_STYLE_URL: optionalUrl(['https', 'http']),
  MAP_TILES_URL: optionalUrl(['https', 'http']),
  MAP_PMTILES: optionalText('a PMTiles file with vector tiles, or its address'),
  MAP_ORIGINS: optionalOrigins(),
  MAP_ATTRIBUTION: optionalText("what the map's makers ask to be shown"),
  MAP_CENTER: optionalPlace(),
  MAP_ZOOM: optionalNumber(0, 20),
} as const satisfies Record<string, Variable<unknown>>;

export type VariableName = keyof typeof VARIABLES;

/** Variables that may be in a file instead, named by `<variable>_FILE`. */
export const SECRETS = Object.entries<Variable<unknown>>(VARIABLES).flatMap(([name, { secret }]) =>
  secret ? [name] : [],
);

/** What each variable holds once read. */
export type Values = { [Name in VariableName]: (typeof VARIABLES)[Name] extends Variable<infer T> ? T : never };

/** Quotes that a shell would have taken away, and an env file of a container does not. */
const QUOTED = /^(["'`]).*\1$/s;
const UNQUOTED = ', without quotes around it';

/** What was set, and what is wrong with it by variable; an empty variable counts as not set, and a secret may be in a file. */
export function readVariables(given: NodeJS.ProcessEnv): { values: Values; faults: Map<string, string> } {
  const { env, faults: unread } = readSecretFiles(given, SECRETS);
  const faults = new Map(unread);
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(VARIABLES) as [VariableName, Variable<unknown>][]) {
    const raw = env[name]?.trim() || undefined;
    const quoted = raw !== undefined && QUOTED.test(raw);
    const parsed = variable.schema.safeParse(quoted ? undefined : raw);
    values[name] = parsed.success ? parsed.data : null;
    if ((parsed.success && !quoted) || faults.has(name)) continue;
    faults.set(name, `${name} got ${shown(variable, raw)}; it takes ${variable.takes}${quoted ? UNQUOTED : ''}`);
  }
  return { values: values as Values, faults };
}

/** An address may carry a password in front of an @. */
function shown({ secret }: Variable<unknown>, raw: string | undefined): string {
  return secret || raw?.includes('@') ? 'a value (not shown)' : JSON.stringify(raw);
}
