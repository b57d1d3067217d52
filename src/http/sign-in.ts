import { readFileSync } from 'node:fs';
import type { FastifyBaseLogger } from 'fastify';
import {
  createRemoteJWKSet,
  errors,
  type JWKSCacheInput,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwksCache,
  jwtVerify,
} from 'jose';
import { z } from 'zod';
import type { JwtConfig } from '../config/parts.js';
import { reread } from '../config/secrets.js';
import { ConfigError } from '../config.js';
import { ForbiddenError, UnauthenticatedError, UpstreamUnavailableError } from '../errors/app-error.js';
import { SCOPES, type Scope } from '../graph/scopes.js';

/** What a platform's token stands for. */
export interface SignedIn {
  /** Goes to OZmap, whose own rights hold. */
  token: string;
  scopes: ReadonlySet<Scope>;
}

/**
 * Turns a platform's token into an OZmap token and scopes. Errors: UNAUTHENTICATED (not the platform's, over, not for us) · FORBIDDEN
 * NO_OZMAP_TOKEN · UPSTREAM_UNAVAILABLE (the platform's keys cannot be had now).
 */
export type SignIn = (bearer: string) => Promise<SignedIn>;

/** Asymmetric ones only: with a shared secret, whoever checks a token could make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
/** Keys are asked for again after this; a key that is not among them, at most so often. */
const KEYS_MAX_AGE_MS = 600_000;
const COOLDOWN_MS = 30_000;
const KEYS_TIMEOUT_MS = 5_000;
/** A platform that is away is not asked once for each request. */
const FAILED_MS = 500;

/** Signs in by JWT; null where callers bring OZmap tokens. Errors: ConfigError, where the file of OZmap tokens cannot be read. */
export function createSignIn(
  config: JwtConfig | null,
  logger: Pick<FastifyBaseLogger, 'error' | 'info'>,
  cooldownMs = COOLDOWN_MS,
): SignIn | null {
  if (config === null) return null;
  const { issuer, audience, clockSkewS, claim } = config;
  const tokenFor = openTokens(config.tokensFile, logger);
  const keys = keysAt(new URL(config.jwksUrl), cooldownMs, logger);
  return async (bearer) => {
    const payload = await verified(bearer, keys, { issuer, audience, clockTolerance: clockSkewS });
    const entry = payload[claim];
    const token = typeof entry === 'string' ? tokenFor(entry) : undefined;
    if (token === undefined) throw new ForbiddenError('the claim names no OZmap token', 'NO_OZMAP_TOKEN');
    return { token, scopes: scopesOf(payload) };
  };
}

async function verified(
  bearer: string,
  keys: JWTVerifyGetKey,
  expected: { issuer: string; audience: string; clockTolerance: number },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(bearer, keys, { ...expected, algorithms: ALGORITHMS, requiredClaims: ['exp'] });
    return payload;
  } catch (error) {
    // A published key that is too short to sign with is a TypeError.
    if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error;
    // Its message would say what stands in the token.
    throw new UnauthenticatedError(`the JWT was refused: ${'code' in error ? error.code : error.name}`);
  }
}

/** The platform's keys. What is the platform's failure is never told as the token's. Errors: those of a token without a key · UPSTREAM_UNAVAILABLE. */
function keysAt(url: URL, cooldownMs: number, logger: Pick<FastifyBaseLogger, 'error' | 'info'>): JWTVerifyGetKey {
  // Tells when the keys were read last: those at hand answer also while the platform is away.
  const read: JWKSCacheInput = {};
  const keys = createRemoteJWKSet(url, {
    cooldownDuration: cooldownMs,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    timeoutDuration: KEYS_TIMEOUT_MS,
    [jwksCache]: read,
  });
  let readAt = read.uat;
  let failing = false;
  let failedAt = Number.NEGATIVE_INFINITY;
  const note = (fails: boolean, err?: unknown) => {
    if (fails === failing) return;
    failing = fails;
    if (fails) logger.error({ err }, 'the keys at JWT_JWKS_URL cannot be read: callers cannot be signed in');
    else logger.info('the keys at JWT_JWKS_URL can be read again');
  };
  const unavailable = () =>
    new UpstreamUnavailableError('the keys of the platform cannot be read', [{ field: 'JWT_JWKS_URL' }]);
  const noteRead = () => {
    if (read.uat === readAt) return;
    readAt = read.uat;
    note(false);
  };
  return async (header, token) => {
    if (!keys.fresh && Date.now() - failedAt < FAILED_MS) throw unavailable();
    try {
      const key = await keys(header, token);
      noteRead();
      return key;
    } catch (error) {
      noteRead();
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      note(true, error);
      failedAt = Date.now();
      throw unavailable();
    }
  };
}

/** `scope`, words in one text (RFC 8693), or `scp`, a list as some providers write it. Those of others are none here. */
function scopesOf({ scope, scp }: JWTPayload): ReadonlySet<Scope> {
  const words = [scope ?? scp].flat().flatMap((text) => (typeof text === 'string' ? text.split(' ') : []));
  return new Set(SCOPES.filter((known) => words.includes(known)));
}

const TOKENS = z.record(z.string().min(1), z.string().regex(/^[\x21-\x7e]+$/));

/**
 * OZmap tokens by the value of a claim, from a JSON file that is read again whenever it changes. A file that cannot be read leaves those of
 * before. Errors: ConfigError, the first time.
 */
function openTokens(file: string, logger: Pick<FastifyBaseLogger, 'error' | 'info'>) {
  const read = () => {
    // Neither of the two says anything of what stands there.
    const tokens = TOKENS.safeParse(parsed(file));
    return tokens.success ? new Map(Object.entries(tokens.data)) : null;
  };
  const first = read();
  if (!first)
    throw new ConfigError([
      `JWT_OZMAP_TOKENS_FILE got ${JSON.stringify(file)}, which is no JSON object of OZmap tokens by the value of the claim`,
    ]);
  const tokens = reread(
    first,
    () => [file],
    () => {
      const changed = read();
      if (changed) logger.info({ entries: changed.size }, 'JWT_OZMAP_TOKENS_FILE was read again');
      else logger.error({ file }, 'JWT_OZMAP_TOKENS_FILE cannot be read: its tokens of before stay');
      return changed;
    },
  );
  return (entry: string): string | undefined => tokens().get(entry);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
