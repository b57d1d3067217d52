import { STATUS_CODES } from 'node:http';
import { BadUserInputError, type ErrorCode } from '../../errors/app-error.js';
import { messageForCode, requestLanguage } from '../../errors/messages.js';
import type { RefusalAnswer } from '../graphql-answer.js';

/** A refusal by RFC 9457, as `application/problem+json`. */
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: string;
  reason: string | null;
  /** A sentence for people. */
  detail: string;
  operationId: string | null;
  [fact: string]: unknown;
}

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Where a caller that is told to come back is not told when. */
const RETRY_AFTER_S = '30';

/** By code, and so whatever GraphQL says it as: a payload's problem or a top-level error. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  LIMIT_EXCEEDED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IDEMPOTENCY_MISMATCH: 422,
  UPSTREAM_REFUSED: 422,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  UPSTREAM_UNEXPECTED_EFFECT: 502,
  UPSTREAM_UNEXPECTED_SHAPE: 502,
  UPSTREAM_UNAVAILABLE: 503,
  UPSTREAM_OUTCOME_UNKNOWN: 503,
  GEOCODER_UNAVAILABLE: 503,
  GEOCODER_REFUSED: 503,
  GEOCODER_QUOTA: 503,
  JOURNAL_UNAVAILABLE: 503,
  REQUEST_TIMEOUT: 503,
};

/** What is said of a refusal: its code, and whatever facts go with it. */
interface Refused {
  code: string;
  message: string;
  reason?: string | null | undefined;
  operationId?: string | null | undefined;
  facts?: Readonly<Record<string, unknown>>;
}

/** `status` where the code alone does not say it. */
export function problemOf({ code, message, reason, operationId, facts }: Refused, status = statusOf(code)): Problem {
  return {
    ...facts,
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    reason: reason ?? null,
    detail: message,
    operationId: operationId ?? null,
  };
}

/** The same of an error as GraphQL's answers have them. */
export function problemOfError(
  error: { message: string; extensions?: Readonly<Record<string, unknown>> | undefined },
  status?: number,
): Problem {
  const { code, reason, ...facts } = error.extensions ?? {};
  return problemOf({ code: String(code), message: error.message, reason: reason as string | undefined, facts }, status);
}

/** What is wrong with a field. `unknown`: there is one that the route does not take. */
export type FieldFault = 'unknown' | 'missing' | 'twice' | 'number' | 'boolean' | 'time' | 'value';

/** A field of a request that the route cannot use, or misses. `known`: what it takes, of an unknown one. */
export class WrongFieldError extends BadUserInputError {
  constructor(
    readonly fault: FieldFault,
    readonly field: string,
    readonly known: readonly string[] = [],
  ) {
    super(`a field is ${fault}`, [{ field }]);
  }
}

type Words = Readonly<Record<FieldFault, (field: string, known: string) => string>> &
  Readonly<Record<400 | 405 | 415, string>>;

const WORDS: Readonly<Record<'pt' | 'en', Words>> = {
  pt: {
    unknown: (_field, known) =>
      `Veio um campo que este endereço não aceita. ${known ? `Ele aceita: ${known}.` : 'Ele não aceita nenhum.'}`,
    missing: (field) => `Falta o campo ${field}.`,
    twice: (field) => `O campo ${field} veio mais de uma vez, com valores diferentes.`,
    number: (field) => `O campo ${field} precisa ser um número.`,
    boolean: (field) => `O campo ${field} precisa ser true ou false.`,
    time: (field) => `O campo ${field} precisa ter data, hora e fuso, como 2026-03-31T14:05:00-03:00.`,
    value: (field) => `Confira o que foi enviado em ${field}: falta, ou não foi aceito.`,
    400: 'O pedido não pôde ser lido: confira o charset (o de Content-Type; sem ele, UTF-8), a forma do JSON ou do formulário, e se nenhum campo se repete.',
    405: 'Este endereço não aceita este método.',
    415: 'O corpo precisa ser JSON ou formulário, em UTF-8, ISO-8859-1 ou windows-1252, sem compressão ou em gzip; confira Content-Type e Content-Encoding.',
  },
  en: {
    unknown: (_field, known) =>
      `There is a field that this address does not take. ${known ? `It takes: ${known}.` : 'It takes none.'}`,
    missing: (field) => `The field ${field} is missing.`,
    twice: (field) => `The field ${field} came more than once, with different values.`,
    number: (field) => `The field ${field} must be a number.`,
    boolean: (field) => `The field ${field} must be true or false.`,
    time: (field) => `The field ${field} must have a date, a time and an offset, as 2026-03-31T14:05:00-03:00.`,
    value: (field) => `Check what was sent as ${field}: it is missing, or was not accepted.`,
    400: 'The request could not be read: check the charset (that of Content-Type; without one, UTF-8), the form of the JSON or of the form, and that no field comes twice.',
    405: 'This address does not take this method.',
    415: 'The body must be JSON or a form, in UTF-8, ISO-8859-1 or windows-1252, plain or in gzip; check Content-Type and Content-Encoding.',
  },
};

/** A request that became no operation. */
export function problemOfRefusal({ status, body }: RefusalAnswer): Problem {
  const [told = { message: '', extensions: {} }] = body.errors;
  // What is known of what nobody could read says little: what may be wrong with it says more.
  if (status === 400 || status === 415) return problemOfStatus(status, { details: told.extensions.details });
  return problemOfError(told, status === 200 ? undefined : status);
}

/** A request that cannot be read (400), names no use of the address (405), or is written in no form that is read here (415). */
export function problemOfStatus(status: 400 | 405 | 415, facts: Readonly<Record<string, unknown>> = {}): Problem {
  return problemOf({ code: 'BAD_USER_INPUT', message: WORDS[requestLanguage()][status], facts }, status);
}

export function problemOfField({ fault, field, known }: Pick<WrongFieldError, 'fault' | 'field' | 'known'>): Problem {
  const message = WORDS[requestLanguage()][fault](field, known.join(', '));
  return problemOf({ code: 'BAD_USER_INPUT', message, facts: { details: [{ field }] } });
}

export function notFound(): Problem {
  return problemOf({ code: 'NOT_FOUND', message: messageForCode('NOT_FOUND') });
}

/** The headers that go with a refusal. */
export function headersOf(problem: Problem, retryAfter: string | undefined): Record<string, string> {
  const comesBack = problem.status === 503 || problem.status === 429;
  return {
    'content-type': PROBLEM_TYPE,
    ...(comesBack && { 'retry-after': retryAfter ?? RETRY_AFTER_S }),
    ...(problem.status === 401 && { 'www-authenticate': 'Bearer' }),
  };
}

function statusOf(code: string): number {
  return STATUS[code as ErrorCode] ?? 500;
}
