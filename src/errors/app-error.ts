/** Every `problem.code` and every `extensions.code` that callers may meet. Explained in docs/errors.md, compared with it by a test. */
export const ERROR_CODES = [
  'NOT_FOUND',
  'CONFLICT',
  'IDEMPOTENCY_MISMATCH',
  'UPSTREAM_REFUSED',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_OUTCOME_UNKNOWN',
  'UPSTREAM_UNEXPECTED_EFFECT',
  'UPSTREAM_UNEXPECTED_SHAPE',
  'GEOCODER_UNAVAILABLE',
  'GEOCODER_REFUSED',
  'GEOCODER_QUOTA',
  'JOURNAL_UNAVAILABLE',
  'BAD_USER_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'REQUEST_TIMEOUT',
  'INTERNAL_SERVER_ERROR',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Every `problem.reason` that goes with CONFLICT. */
export const CONFLICT_REASONS = [
  'CODE_IN_USE',
  'CODE_AMBIGUOUS',
  'BOX_NOT_OFFERED',
  'BOX_FULL',
  'PORT_TAKEN',
  'DROP_TOO_LONG',
  'DROP_OFF_NETWORK',
  'NOT_ACTIVE',
  'ALREADY_ACTIVE',
  'SEVERAL_PROPERTIES',
  'PROPERTY_OCCUPIED',
  'POLICY_DISABLED',
  'OBSERVATION_CHANGED',
  'PLAN_CHANGED',
  'IN_PROGRESS',
  'BUSY',
  'UNDO_EXPIRED',
  'PORT_NO_LONGER_FREE',
  'LINKS_NOT_CONFIGURED',
] as const;
export type ConflictReason = (typeof CONFLICT_REASONS)[number];

/** Every `extensions.reason` that goes with FORBIDDEN. */
export const FORBIDDEN_REASONS = ['OUTSIDE_SALE', 'NOT_IN_SAFELIST', 'MISSING_SCOPE', 'NO_OZMAP_TOKEN'] as const;
export type ForbiddenReason = (typeof FORBIDDEN_REASONS)[number];

/** One fact behind a refusal: which field, what stood there, the limit and what was measured (metres, counts). */
export interface ErrorDetail {
  field?: string;
  value?: string;
  limit?: number;
  actual?: number;
}

/**
 * An expected failure. `message` is for logs and developers, in English, and never holds input, tokens or personal data;
 * what people read is made from `code`, `reason` and `details` by errors/sentences.
 */
export abstract class AppError extends Error {
  abstract readonly code: ErrorCode;
  readonly reason: ConflictReason | ForbiddenReason | undefined = undefined;
  readonly details: readonly ErrorDetail[];
  /** The journal's operation, where one was opened: the caller asks for it later. */
  operationId: string | undefined = undefined;

  constructor(message: string, details: readonly ErrorDetail[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.details = details;
  }

  /** What GraphQL errors take over from what was thrown, for traces: the code, and nothing of the request. */
  get extensions(): { code: ErrorCode } {
    return { code: this.code };
  }
}

/** The thing is not there, or this token may not see it. */
export class NotFoundError extends AppError {
  readonly code = 'NOT_FOUND';
  constructor(
    readonly what: string,
    readonly id: string,
  ) {
    super(`${what} not found`, [{ field: what, value: id }]);
  }
}

/** The state of the network or of another command forbids it; `reason` says which. */
export class ConflictError extends AppError {
  readonly code = 'CONFLICT';
  override readonly reason: ConflictReason;
  constructor(reason: ConflictReason, message: string, details: readonly ErrorDetail[] = []) {
    super(message, details);
    this.reason = reason;
  }
}

/** The same idempotency key came with another input. */
export class IdempotencyMismatchError extends AppError {
  readonly code = 'IDEMPOTENCY_MISMATCH';
}

/** OZmap read the write and rejected it: nothing changed. `upstreamMessage` is OZmap's own text, cut to 300 characters. */
export class UpstreamRefusedError extends AppError {
  readonly code = 'UPSTREAM_REFUSED';
  constructor(
    readonly status: number,
    readonly upstreamMessage: string | undefined,
  ) {
    super(`OZmap refused with ${status}`, upstreamMessage ? [{ field: 'ozmap', value: upstreamMessage }] : []);
  }
}

/** OZmap did not answer a read after its retries, or could not be reached at all: nothing was written. */
export class UpstreamUnavailableError extends AppError {
  readonly code = 'UPSTREAM_UNAVAILABLE';
}

/** OZmap is there, and asks for patience: nothing was written. */
export class UpstreamBusyError extends UpstreamUnavailableError {}

/** A write was sent and its answer was lost: it may or may not have happened, and may still happen. Resolved by reading. */
export class OutcomeUnknownError extends AppError {
  readonly code = 'UPSTREAM_OUTCOME_UNKNOWN';
}

/** OZmap answered 2xx to a write, but what is read back is not what was asked for. */
export class UpstreamUnexpectedEffectError extends AppError {
  readonly code = 'UPSTREAM_UNEXPECTED_EFFECT';
}

/** OZmap's answer lacks something that we need. `field` names it, e.g. `properties[].id`. */
export class UpstreamShapeError extends AppError {
  readonly code = 'UPSTREAM_UNEXPECTED_SHAPE';
  constructor(
    readonly route: string,
    readonly field: string,
  ) {
    super(`OZmap's answer to ${route} lacks or mistypes ${field}`, [{ field }]);
  }
}

/** Why the geocoding provider gave no answer: away, it refuses our key or request, or too much was asked of it. */
export type GeocoderFailure = 'GEOCODER_UNAVAILABLE' | 'GEOCODER_REFUSED' | 'GEOCODER_QUOTA';

/** The geocoding provider did not answer; no word about OZmap. */
export class GeocoderError extends AppError {
  constructor(
    readonly code: GeocoderFailure,
    message: string,
  ) {
    super(message);
  }
}

/** The journal cannot be written or read: nothing more is sent to OZmap, and what was sent before, of the same key too, nobody can tell now. */
export class JournalUnavailableError extends AppError {
  readonly code = 'JOURNAL_UNAVAILABLE';
}

/** The input is wrong in a way that only OZmap's state, or a rule across fields, can tell. */
export class BadUserInputError extends AppError {
  readonly code = 'BAD_USER_INPUT';
}

/** No token, or one that OZmap does not know. Which of the two is told, and nothing of what was sent. */
export class UnauthenticatedError extends AppError {
  readonly code = 'UNAUTHENTICATED';

  static withoutToken(): UnauthenticatedError {
    return new UnauthenticatedError('no token', [{ field: 'authorization' }]);
  }
}

/** The token is known but may not do this. */
export class ForbiddenError extends AppError {
  readonly code = 'FORBIDDEN';
  override readonly reason: ForbiddenReason | undefined;
  constructor(message: string, reason?: ForbiddenReason, details: readonly ErrorDetail[] = []) {
    super(message, details);
    this.reason = reason;
  }
}

/** More was asked for than one request may: `field` names the limit. */
export class LimitExceededError extends AppError {
  readonly code = 'LIMIT_EXCEEDED';
  constructor(
    readonly limit: string,
    readonly max: number,
    readonly actual: number,
  ) {
    super(`${limit} takes at most ${max}`, [{ field: limit, limit: max, actual }]);
  }
}

/** Too many requests from this caller; `retryAfterS` says when to come back. */
export class RateLimitedError extends AppError {
  readonly code = 'RATE_LIMITED';
  constructor(readonly retryAfterS: number) {
    super('too many requests');
  }
}

/** The request took longer than it may; nothing more is being done for it. */
export class RequestTimeoutError extends AppError {
  readonly code = 'REQUEST_TIMEOUT';
}
