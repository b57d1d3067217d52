import { UpstreamShapeError } from '../errors/app-error.js';
import { isObject, WireRecord } from './wire/record.js';

/**
 * Guards against an OZmap that does not understand a filter and answers with everything: acting on the first row would change somebody
 * else's contract. Rows that do not show the property are let through.
 */
export function matcher(route: string, property: string, values: readonly string[]) {
  const exact = new Set(values);
  const loose = new Set(values.map(loosely));
  const shownBy = (row: WireRecord): string | null =>
    property === 'id' ? row.id : (row.reference(property) ?? row.text(property));
  return {
    /** True when the row has exactly one of the values; codes are opaque, so `a1` is not `A1` even where OZmap thinks so. */
    matches: (row: WireRecord): boolean => {
      const value = shownBy(row);
      return value === null || exact.has(value);
    },
    /** Errors: UPSTREAM_UNEXPECTED_SHAPE (`filter`) for a row that has nothing to do with the values: OZmap ignored the filter. */
    assertFiltered: (row: WireRecord): void => {
      const value = shownBy(row);
      if (value !== null && !exact.has(value) && !loose.has(loosely(value)))
        throw new UpstreamShapeError(route, 'filter');
    },
  };
}

function loosely(value: string): string {
  return value.trim().toLowerCase();
}

/** More pages than the largest network has of anything; an OZmap that goes on after them goes in circles. */
const PAGES_AT_MOST = 1_000;

/** One page of a list route, whatever envelope it came in. */
export interface Page {
  rows: WireRecord[];
  /** Rows in all; null where OZmap does not say. */
  total: number | null;
  /** The page size that OZmap went by; null where it does not say. */
  limit: number | null;
  /** Null where OZmap does not say: answers before 2025-07 do not. */
  hasNextPage: boolean | null;
}

/** Reads `{ total, rows, hasNextPage … }`; a bare array counts as rows. Errors: UPSTREAM_UNEXPECTED_SHAPE. */
export function readPage(route: string, body: unknown): Page {
  if (!Array.isArray(body) && !isObject(body)) throw new UpstreamShapeError(route, 'body');
  const rows = Array.isArray(body) ? body : body.rows;
  if (!Array.isArray(rows)) throw new UpstreamShapeError(route, 'rows');
  const envelope = isObject(body) ? body : {};
  return {
    rows: rows.map((row) => WireRecord.of(route, 'rows[]', row)),
    total: typeof envelope.total === 'number' ? envelope.total : null,
    limit: typeof envelope.limit === 'number' && envelope.limit > 0 ? envelope.limit : null,
    hasNextPage: typeof envelope.hasNextPage === 'boolean' ? envelope.hasNextPage : null,
  };
}

/**
 * Reads page after page, by number, until all rows are there; with `atMost`, until there are that many. Rows met twice, because the list
 * moved between two pages, count once.
 *
 * `ask(n, limit)` gives page n. By number and not by `nextUrl`, whose cursor is unknown and absent from older OZmaps.
 * Errors: UPSTREAM_UNEXPECTED_SHAPE (`page`), when OZmap says that there is more and does not give it, or never ends: better than a silent loss.
 */
export async function readPages(
  route: string,
  limit: number,
  ask: (page: number, limit: number) => Promise<Page>,
  atMost = Number.POSITIVE_INFINITY,
): Promise<WireRecord[]> {
  const found = new Map<string, WireRecord>();
  let size = limit;
  let promised = Number.POSITIVE_INFINITY;
  for (let number = 1; ; number += 1) {
    const page = await ask(number, size);
    const before = found.size;
    for (const row of page.rows) found.set(row.id, row);
    // OZmap may cap the limit: then a page is short although there is more, `total` says so, and the next page begins where its own ended.
    size = Math.min(size, page.limit ?? size);
    if (isLast(page, { found: found.size, size }) || found.size >= atMost) return [...found.values()];
    // Records that come and go while we read change `total`; only what was there from the first page to the last can be missed.
    promised = Math.min(promised, page.total ?? 0);
    if (page.rows.length === 0 && found.size >= promised) return [...found.values()];
    if (found.size === before || number >= PAGES_AT_MOST) throw new UpstreamShapeError(route, 'page');
  }
}

function isLast({ total, hasNextPage, rows }: Page, { found, size }: { found: number; size: number }): boolean {
  if (hasNextPage === false) return true;
  if (total !== null) return found >= total;
  return hasNextPage === null && rows.length < size;
}
