import { embeddingOrigin } from './network-kinds.js';
import type { Values } from './variables.js';

/** The map pages, as the provider set them up. */
export interface PagesConfig {
  /** Null: no links with a real OZmap, a passing one with the embedded. */
  sessionSecret: string | null;
  ticketMinutes: number;
  /** How far from its place a sale by link reaches, metres. */
  saleRadiusM: number;
  /** A `frame-ancestors` source list; null: this origin only. */
  frameAncestors: string | null;
  /** Exact origins that a link may name: whom its page tells what was sold, and where it leads back to. */
  origins: readonly string[];
  /** By which browsers reach this service; null: as the request that asks for a link did. */
  publicOrigin: string | null;
  language: 'pt' | 'en' | null;
  /** Mail address of whoever extends the network. */
  contact: string | null;
  /** Whose sketches and pages they are; `logoFile`: a PNG or SVG. */
  brand: { name: string | null; phone: string | null; logoFile: string | null };
  map: {
    styleUrl: string | null;
    tilesUrl: string | null;
    /** A PMTiles archive: a file, or its address. */
    archive: string | null;
    /** Where else the style's tiles, signs and letters come from. */
    origins: string[];
    attribution: string | null;
    center: { lat: number; lng: number } | null;
    zoom: number | null;
  };
}

/** The part of the configuration that the pages need. */
export function pagesConfig(values: Values): PagesConfig {
  const { OZLOC_ORIGINS: origins, OZLOC_FRAME_ANCESTORS: ancestors } = values;
  return {
    sessionSecret: values.SESSION_SECRET,
    ticketMinutes: values.OZLOC_TICKET_MINUTES,
    saleRadiusM: values.OZLOC_SALE_RADIUS_M,
    frameAncestors: origins ? [...origins, "'self'"].join(' ') : ancestors,
    origins: origins ?? ancestors?.split(' ').flatMap((source) => embeddingOrigin(source) ?? []) ?? [],
    publicOrigin: values.PUBLIC_ORIGIN,
    language: values.OZLOC_LANGUAGE,
    contact: values.OZLOC_CONTACT,
    brand: { name: values.BRAND_NAME, phone: values.BRAND_PHONE, logoFile: values.BRAND_LOGO },
    map: {
      styleUrl: values.MAP_STYLE_URL,
      tilesUrl: values.MAP_TILES_URL,
      archive: values.MAP_PMTILES,
      origins: values.MAP_ORIGINS,
      attribution: values.MAP_ATTRIBUTION,
      center: values.MAP_CENTER,
      zoom: values.MAP_ZOOM,
    },
  };
}

/** The platform whose tokens (JWT) stand for OZmap tokens. */
export interface JwtConfig {
  /** Where its public keys are, as a JWK Set. */
  jwksUrl: string;
  issuer: string;
  audience: string;
  clockSkewS: number;
  /** The claim that names an entry of the file. */
  claim: string;
  /** JSON: claim's value → OZmap token. */
  tokensFile: string;
}

export function jwtConfig(values: Values): JwtConfig | null {
  const {
    JWT_JWKS_URL: jwksUrl,
    JWT_ISSUER: issuer,
    JWT_AUDIENCE: audience,
    JWT_OZMAP_TOKENS_FILE: tokensFile,
  } = values;
  if (jwksUrl === null || issuer === null || audience === null || tokensFile === null) return null;
  return { jwksUrl, issuer, audience, tokensFile, clockSkewS: values.JWT_CLOCK_SKEW_S, claim: values.JWT_OZMAP_CLAIM };
}

/** Where spans go. */
export interface Tracing {
  serviceName: string;
  exporter: 'otlp' | 'console';
  protocol: 'http/protobuf' | 'http/json';
}

/** As OpenTelemetry's own rules have it, but for its default: without a place to send traces to there are none. */
export function tracing(values: Values): Tracing | null {
  const isNamed = values.OTEL_EXPORTER_OTLP_ENDPOINT !== null || values.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT !== null;
  const exporter = values.OTEL_TRACES_EXPORTER ?? (isNamed ? 'otlp' : 'none');
  if (values.OTEL_SDK_DISABLED || exporter === 'none') return null;
  const protocol = values.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? values.OTEL_EXPORTER_OTLP_PROTOCOL;
  return { serviceName: values.OTEL_SERVICE_NAME, exporter, protocol };
}
