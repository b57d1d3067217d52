import type { AnyResource, Body } from '../resource.js';
import { type AnswerContext, applySelect, populated } from './populate.js';
import { type QueryOptions, type QueryParameters, readQueryOptions } from './query-options.js';
import { search } from './search.js';
import type { Hit } from './sort.js';

/** What every list is answered with. `total` counts what the filter found, `count` the rows of this page. */
export interface Page {
  total: number;
  count: number;
  start: number;
  limit: number;
  rows: Body[];
  hasNextPage: boolean;
  nextUrl?: string;
}

/** Where and by whom a list was asked for. */
export interface ListRequest extends AnswerContext {
  /** The path asked for, e.g. `/api/v2/boxes`: the next page's path. */
  path: string;
  query: QueryParameters;
  body: unknown;
}

/** Answers a list of a resource. Errors: 400 for a query that cannot be read. */
export function list(resource: AnyResource, request: ListRequest): Page {
  const { reader, caller } = request;
  const options = readQueryOptions(request.query, request.body);
  const hits = search(reader, resource, caller, options.filter, options.sort);
  const end = options.limit === -1 ? hits.length : options.start + options.limit;
  const rows = hits.slice(options.start, end).map((hit) => show(hit, request, options));
  const hasNextPage = end < hits.length;
  return {
    total: hits.length,
    count: rows.length,
    start: options.start,
    limit: options.limit,
    rows,
    hasNextPage,
    ...(hasNextPage && { nextUrl: nextUrl(request, end) }),
  };
}

/** A record as the wire shows it, with its populated references, cut to the selection. */
export function show(
  { resource, record }: Hit,
  context: AnswerContext,
  { select, populate }: Pick<QueryOptions, 'select' | 'populate'>,
): Body {
  const body = resource.present(record, context.reader);
  const whole = populate.reduce((filled, path) => populated(filled, resource, path, context), body);
  return applySelect(whole, select);
}

/**
 * A path that goes on where this page ends. Its place is in `cursor`: the official SDK writes over `page`, `limit`, `select` and `populate`
 * of what it finds here (that the real parameter is not one of these follows from that; its name is inferred).
 */
function nextUrl({ path, query }: ListRequest, start: number): string {
  const next = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (name === '' || name === 'page' || name === 'cursor') continue;
    for (const one of Array.isArray(value) ? value : [value]) next.append(name, String(one));
  }
  next.set('cursor', String(start));
  return `${path}?${next.toString()}`;
}
