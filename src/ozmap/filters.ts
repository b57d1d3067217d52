import { BadUserInputError } from '../errors/app-error.js';

/** Operators of OZmap's filters that we use. */
type Operator = '=' | 'in' | 'like' | 'near' | 'within';

/** One condition; a list of them means all of them. */
export interface Filter {
  property: string;
  operator: Operator;
  value: unknown;
}

/** The whole URL after encoding, origin included, that anything in front of OZmap takes: some proxies refuse at 8 KiB. */
export const SAFE_URL_BYTES = 7 * 1024;
/** What is tried first: a Node server takes 16 KiB, headers included. */
export const LONG_URL_BYTES = 14 * 1024;

/** A list request: `limit` is always explicit, because OZmap's default is 25. */
export interface ListQuery {
  filters: readonly Filter[];
  limit: number;
  /** Counts from 1; left out on the first page. */
  page?: number;
  select?: string | undefined;
}

/**
 * Percent-encodes for a query, and nothing that may legally stand there as it is: in a list of 500 codes every comma kept is two bytes saved.
 */
export function encodeQuery(text: string): string {
  return encodeURIComponent(text).replace(/%(2C|3A|2F|40|3F)/g, (code) => decodeURIComponent(code));
}

/** `limit=…&filter=…`, filter as compact JSON. */
export function listQuery({ filters, limit, page, select }: ListQuery): string {
  const parts = [`limit=${limit}`];
  if (page !== undefined && page > 1) parts.push(`page=${page}`);
  if (select !== undefined) parts.push(`select=${encodeQuery(select)}`);
  if (filters.length > 0) parts.push(`filter=${encodeQuery(JSON.stringify(filters))}`);
  return parts.join('&');
}

/** Ids and most codes: nothing in them is encoded but the quotation marks around them. */
const PLAIN = /^[\w-]+$/;

/** Room for `page` and a longer `limit` than the one measured with. */
const SPARE_BYTES = 24;

/**
 * Splits values over as few `in` filters as fit into URLs of `urlBytes`. `overheadBytes` is the URL without any value.
 *
 * Errors: BAD_USER_INPUT, when one value alone does not fit.
 */
export function chunkValues(values: readonly string[], overheadBytes: number, urlBytes: number): string[][] {
  const room = urlBytes - SPARE_BYTES - overheadBytes;
  const roomForOne = SAFE_URL_BYTES - SPARE_BYTES - overheadBytes;
  const chunks: string[][] = [];
  let chunk: string[] = [];
  let used = 0;
  for (const value of values) {
    const bytes = (PLAIN.test(value) ? value.length + 2 * '%22'.length : encodeQuery(JSON.stringify(value)).length) + 1;
    if (bytes > roomForOne) throw new BadUserInputError('a value is too long to ask OZmap for');
    if (chunk.length === 0 || used + bytes > room) {
      chunk = [];
      chunks.push(chunk);
      used = 0;
    }
    chunk.push(value);
    used += bytes;
  }
  return chunks;
}
