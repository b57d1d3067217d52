import type { IncomingHttpHeaders } from 'node:http';
import { inLanguage } from '../errors/messages.js';
import { type Language, languageOf } from '../errors/sentences/sentence-for.js';

/** The bearer of a sale holds an OZmap token, sealed: 8,192 characters become some 11,300. Node takes 16,384 of headers in all. */
const MAX_TOKEN_LENGTH = 12_288;
const MAX_CNT_USER_LENGTH = 120;
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

/** The caller's token, with or without `Bearer`; null when there is none, or one that could not be passed on. */
export function tokenFrom({ authorization }: IncomingHttpHeaders): string | null {
  const token = authorization?.replace(/^\s*bearer\s+/i, '').trim() ?? '';
  return token.length <= MAX_TOKEN_LENGTH && VISIBLE_ASCII.test(token) ? token : null;
}

/**
 * The person in CNT, from `X-CNT-User`: trimmed, one line, without characters that have no shape or turn the direction of others, at most 120
 * characters; null when there is none.
 */
export function cntUserFrom(headers: IncomingHttpHeaders): string | null {
  const sent = headers['x-cnt-user'];
  const raw = Array.isArray(sent) ? sent[0] : sent;
  if (raw === undefined) return null;
  const oneLine = utf8Or(raw)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}]+/gu, '')
    .trim();
  return [...oneLine].slice(0, MAX_CNT_USER_LENGTH).join('').trim() || null;
}

/** The language of the answers' sentences, from `Accept-Language`: the first tag of the list that we speak, else Portuguese. */
export function languageFrom(headers: IncomingHttpHeaders): Language {
  const { 'accept-language': sent } = headers;
  return languageOf(sent === undefined ? [] : sent.split(','));
}

/** Does `work`, whose refusals are worded in the language that the caller asks for. */
export function inCallersLanguage<T>({ headers }: { headers: IncomingHttpHeaders }, work: () => T): T {
  return inLanguage(languageFrom(headers), work);
}

/** The trace that a request belongs to, 32 hex digits, from `traceparent` as W3C's Trace Context writes it; null when there is none. */
export function traceIdFrom({ traceparent }: IncomingHttpHeaders): string | null {
  const sent = Array.isArray(traceparent) ? traceparent[0] : traceparent;
  const [, traceId = null] = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}(?:-|$)/.exec(sent ?? '') ?? [];
  return traceId === '0'.repeat(32) ? null : traceId;
}

const REQUEST_ID = /^[\w.:-]{8,100}$/;

/** The number that a router gave a request, from `X-Request-Id`; null when there is none, or one that is none. */
export function requestIdFrom(headers: IncomingHttpHeaders): string | null {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : null;
}

const MAX_CLIENT_LENGTH = 60;

/** A program, as it names itself. */
export interface ClientProgram {
  client: string | null;
  clientVersion: string | null;
}

/** Which program asks, from the headers of Apollo's clients (`apollographql-client-…`) and of Hive's (`graphql-client-…`). */
export function clientProgramFrom(header: (name: string) => string | undefined): ClientProgram {
  const told = (what: string) => {
    const sent = header(`apollographql-client-${what}`) ?? header(`graphql-client-${what}`);
    return (
      sent
        ?.replace(/[^\x20-\x7e]+/g, '')
        .trim()
        .slice(0, MAX_CLIENT_LENGTH) || null
    );
  };
  return { client: told('name'), clientVersion: told('version') };
}

/** HTTP headers are Latin-1 by the book and UTF-8 in practice: `JosÃ©` is read as `José`. */
function utf8Or(latin1: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}
