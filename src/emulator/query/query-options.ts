import { Refused } from '../resource.js';
import { type Filter, parseFilter } from './filter.js';
import { type PopulatePath, parsePopulate, parseSelect, type Selection } from './populate.js';
import { parseSort, type SortKey } from './sort.js';
import { isObject } from './values.js';

/** A URL's query as the HTTP side parsed it: texts, or lists of texts where a name came twice. */
export type QueryParameters = Readonly<Record<string, unknown>>;

/** What a list or a find was asked for. */
export interface QueryOptions {
  filter: Filter;
  sort: SortKey[];
  select: Selection | null;
  populate: PopulatePath[];
  /** Rows to skip. */
  start: number;
  /** -1: everything. */
  limit: number;
}

/** Seen in answers to requests that name no limit. */
const DEFAULT_LIMIT = 25;

/**
 * Reads both carriers: `filter` and `sort` stand in the JSON body of a GET (the official SDK) or as JSON in the query string; the rest
 * always in the query string. The body wins. Errors: 400 for anything that cannot be read.
 */
export function readQueryOptions(query: QueryParameters, body: unknown): QueryOptions {
  const carried = isObject(body) ? body : {};
  const limit = wholeNumber(query, 'limit', DEFAULT_LIMIT);
  if (limit === 0 || limit < -1) throw new Refused(400, 'limit: um número positivo, ou -1 para tudo');
  const page = wholeNumber(query, 'page', 1);
  if (page < 1) throw new Refused(400, 'page conta a partir de 1');
  const cursor = wholeNumber(query, 'cursor', limit === -1 ? 0 : (page - 1) * limit);
  return {
    filter: parseFilter(carried.filter ?? jsonParameter(query, 'filter')),
    sort: parseSort(carried.sort ?? jsonParameter(query, 'sort')),
    ...readShape(query),
    start: Math.max(0, cursor),
    limit,
  };
}

/** The part that a find by id takes as well. */
export function readShape(query: QueryParameters): Pick<QueryOptions, 'select' | 'populate'> {
  return {
    select: parseSelect(jsonParameter(query, 'select')),
    populate: parsePopulate(jsonParameter(query, 'populate')),
  };
}

function wholeNumber(query: QueryParameters, name: string, otherwise: number): number {
  const text = single(query, name);
  if (text === undefined || text === '') return otherwise;
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Refused(400, `${name}: um número inteiro`);
  return number;
}

/** A parameter that may be JSON or plain text; undefined when absent or empty. */
function jsonParameter(query: QueryParameters, name: string): unknown {
  const text = single(query, name);
  if (text === undefined || text === '') return undefined;
  if (!/^\s*[[{"]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(400, `${name} não é um JSON válido`);
  }
}

function single(query: QueryParameters, name: string): string | undefined {
  const value = query[name];
  const last = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'string' ? last : undefined;
}
