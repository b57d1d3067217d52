import { embeddingOrigin } from './network-kinds.js';
import type { Values } from './variables.js';

/** The map pages, as the provider set them up. */
export type PagesConfig = ReturnType<typeof pagesConfig>;

/** The part of the configuration that the pages need. */
export function pagesConfig(values: Values) {
  const { OZLOC_ORIGINS: origins, OZLOC_FRAME_ANCESTORS: ancestors } = values;
  return {
    /** Null: no links with a real OZmap, a passing one with the embedded. */
    sessionSecret: values.SESSION_SECRET,
    ticketMinutes: values.OZLOC_TICKET_MINUTES,
    /** How far from its place a sale by link reaches, metres. */
    saleRadiusM: values.OZLOC_SALE_RADIUS_M,
    /** A `frame-ancestors` source list; null: this origin only. */
    frameAncestors: origins ? [...origins, "'self'"].join(' ') : ancestors,
    /** Exact origins that a link may name: whom its page tells what was sold, and where it leads back to. */
    origins: origins ?? ancestors?.split(' ').flatMap((source) => embeddingOrigin(source) ?? []) ?? [],
    /** By which browsers reach this service; null: as the request that asks for a link did. */
    publicOrigin: values.PUBLIC_ORIGIN,
    language: values.OZLOC_LANGUAGE,
    /** Mail address of whoever extends the network. */
    contact: values.OZLOC_CONTACT,
    /** Whose sketches and pages they are; `logoFile`: a PNG or SVG. */
    brand: { name: values.BRAND_NAME, phone: values.BRAND_PHONE, logoFile: values.BRAND_LOGO },
    map: {
      styleUrl: values.MAP_STYLE_URL,
      tilesUrl: values.MAP_TILES_URL,
      /** A PMTiles archive: a file, or its address. */
      archive: values.MAP_PMTILES,
      /** Where else the style's tiles, signs and letters come from. */
      origins: values.MAP_ORIGINS,
      attribution: values.MAP_ATTRIBUTION,
      center: values.MAP_CENTER,
      zoom: values.MAP_ZOOM,
    },
  };
}

/** The platform whose tokens (JWT) stand for OZmap tokens. */
export type JwtConfig = NonNullable<ReturnType<typeof jwtConfig>>;

/** Null where callers bring OZmap tokens. */
export function jwtConfig(values: Values) {
  const {
    JWT_JWKS_URL: jwksUrl,
    JWT_ISSUER: issuer,
    JWT_AUDIENCE: audience,
    JWT_OZMAP_TOKENS_FILE: tokensFile,
  } = values;
  if (jwksUrl === null || issuer === null || audience === null || tokensFile === null) return null;
  return {
    /** Where its public keys are, as a JWK Set. */
    jwksUrl,
    issuer,
    audience,
    clockSkewS: values.JWT_CLOCK_SKEW_S,
    /** The claim that names an entry of the file. */
    claim: values.JWT_OZMAP_CLAIM,
    /** JSON: claim's value → OZmap token. */
    tokensFile,
  };
}

/** Where spans go. */
export type Tracing = NonNullable<ReturnType<typeof tracing>>;

/** As OpenTelemetry's own rules have it, but for its default: without a place to send traces to there are none. */
export function tracing(values: Values) {
  const isNamed = values.OTEL_EXPORTER_OTLP_ENDPOINT !== null || values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== null;
  const exporter = values.OTEL_TRACES_EXPORTER ?? (isNamed ? 'otlp' : 'none');
  if (values.OTEL_SDK_DISABLED || exporter === 'none') return null;
  const protocol = values.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? values.OTEL_EXPORTER_OTLP_PROTOCOL;
  return { serviceName: values.OTEL_SERVICE_NAME, exporter, protocol };
}
