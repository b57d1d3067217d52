import {
  type AppError,
  ForbiddenError,
  OutcomeUnknownError,
  UnauthenticatedError,
  UpstreamBusyError,
  UpstreamRefusedError,
  UpstreamUnavailableError,
} from '../errors/app-error.js';
import type { Incoming, TransportFailure } from './http.js';

/*
 * What an answer that is no success means. Reads and writes differ in one thing: a read that failed can be asked again, a write whose
 * answer was lost may have happened.
 */

/** Longest text of OZmap's that is passed on. */
const MAX_MESSAGE_CHARS = 300;

/** A read that got this answer, after its retries. */
export function readError(answer: Incoming, token: string): AppError {
  const { status } = answer;
  const undone = undoneFor(status);
  if (undone) return undone;
  if (isRedirect(status)) return redirected(status);
  if (status === 408 || isFailure(status)) return new UpstreamUnavailableError(`OZmap answered ${status}`);
  return new UpstreamRefusedError(status, upstreamMessage(answer, token));
}

/** A read that got no answer, after its retries. */
export function readFailure(failure: TransportFailure): AppError {
  const message = `OZmap did not answer: ${failure.message}`;
  return failure.kind === 'paused' ? new UpstreamBusyError(message) : new UpstreamUnavailableError(message);
}

/**
 * A write that got this answer.
 *
 * 429 and 425 are said before anything is done, so nothing was written. A 503 may come from a proxy whose OZmap is still at work, and OZmap
 * may answer 500 after having stored half of it: those are unknown. So are 302 and 303, which servers send after they have acted.
 */
export function writeError(answer: Incoming, token: string): AppError {
  const { status } = answer;
  const undone = undoneFor(status);
  if (undone) return undone;
  if (status === 301 || status === 307 || status === 308) return redirected(status);
  if (status === 408 || status < 400 || isFailure(status))
    return new OutcomeUnknownError(`OZmap answered ${status} to a write`);
  return new UpstreamRefusedError(status, upstreamMessage(answer, token));
}

/** A write that got no answer: unknown, unless its connection never stood. */
export function writeFailure(failure: TransportFailure): AppError {
  if (failure.kind === 'paused') return new UpstreamBusyError(`not sent: ${failure.message}`);
  return failure.sent
    ? new OutcomeUnknownError(`no answer to a write: ${failure.message}`)
    : new UpstreamUnavailableError(`OZmap cannot be reached: ${failure.message}`);
}

/** What a status says, to a read and a write alike, before anything is done; null for all others. */
function undoneFor(status: number): AppError | null {
  if (status === 401) return new UnauthenticatedError('OZmap does not know this token');
  if (status === 403) return new ForbiddenError('OZmap forbids this to the token');
  if (status === 429) return new UpstreamBusyError('OZmap answered 429');
  return status === 425 ? new UpstreamUnavailableError('OZmap answered 425') : null;
}

function redirected(status: number): AppError {
  return new UpstreamUnavailableError(`OZmap redirects (${status}); is OZMAP_URL its own address?`);
}

/** 501 is a refusal: the route does not exist. */
function isFailure(status: number): boolean {
  return status >= 500 && status !== 501;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** `message`, else `error`, else the text itself, on one line, without the token; nothing for HTML. */
function upstreamMessage({ text, contentType }: Incoming, token: string): string | undefined {
  const clean = (found: string): string | undefined => {
    const line = found.replaceAll(token, '[token]').replace(/\s+/g, ' ').trim();
    return line === '' ? undefined : line.slice(0, MAX_MESSAGE_CHARS);
  };
  try {
    const body: unknown = JSON.parse(text);
    return clean(messageIn(body) ?? text);
  } catch {
    return isHtml(contentType, text) ? undefined : clean(text);
  }
}

/** A proxy's or portal's page, not OZmap. */
export function isHtml(contentType: string, text: string): boolean {
  return contentType.includes('html') || /^\s*<(!doctype|html)/i.test(text);
}

function messageIn(body: unknown): string | undefined {
  if (typeof body === 'string') return body;
  if (typeof body !== 'object' || body === null) return undefined;
  for (const key of ['message', 'error'] as const) {
    const found = (body as Record<string, unknown>)[key];
    if (typeof found === 'string') return found;
    const inner = typeof found === 'object' && found !== null ? messageIn(found) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}
