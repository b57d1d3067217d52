import type { Got } from './tiny-server.js';

/** OZmap's list envelope around all rows of one page. */
export function envelope(rows: object[], total = rows.length): object {
  return { total, count: rows.length, start: 0, limit: 1_000, rows, hasNextPage: rows.length < total };
}

/** The decoded `filter` of a request, empty when there is none. */
export function filterOf({ url }: Got): { property: string; operator: string; value: unknown }[] {
  const text = new URL(url, 'http://x').searchParams.get('filter');
  return text ? JSON.parse(text) : [];
}

/** `idOf(1)` is 000000000000000000000001: an ObjectId that tests can read. */
export function idOf(n: number): string {
  return n.toString(16).padStart(24, '0');
}
