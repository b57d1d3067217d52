import type { Budget } from '../budget/request-budget.js';
import { endOfTurn } from '../budget/turns.js';
import { jsonOf } from '../domain/json.js';
import { SEND, type Write, WriteTooLateError } from '../domain/write.js';
import {
  OutcomeUnknownError,
  UnauthenticatedError,
  UpstreamBusyError,
  UpstreamRefusedError,
  UpstreamShapeError,
  UpstreamUnavailableError,
} from '../errors/app-error.js';
import { isHtml, readError, readFailure, writeError, writeFailure } from './answers.js';
import { canBeId } from './assumptions.js';
import type { Circuit } from './circuit.js';
import { chunkValues, type Filter, listQuery, SAFE_URL_BYTES } from './filters.js';
import { type Incoming, isSendableToken, TransportFailure } from './http.js';
import { matcher, readPage, readPages } from './lists.js';
import type { Transport } from './transport.js';
import type { WireRecord } from './wire/record.js';

/** How to list: `limit` rows a page, `atMost` in all. */
interface ListOptions {
  limit: number;
  atMost?: number;
  select?: string;
}

/** What each resource file is written with: OZmap's API as one token sees it, as JSON. */
export interface Api {
  /** One GET. Null for 404 where `missing` allows it, and for a body that is no JSON where `unreadable` does; a web page is never OZmap. */
  get(route: string, path: string, options?: { missing?: 'null'; unreadable?: 'null' }): Promise<unknown>;
  /** All rows that meet every filter. */
  list(route: string, filters: readonly Filter[], options: ListOptions): Promise<WireRecord[]>;
  /**
   * All rows whose `property` is one of `values`, in as few URLs as OZmap takes. `rowsPerValue` sizes the page: how many rows a value
   * usually has at most. `and` narrows further.
   */
  listIn(
    route: string,
    property: string,
    values: readonly string[],
    options: { rowsPerValue: number; and?: readonly Filter[] },
  ): Promise<WireRecord[]>;
  /** The same for ids: what cannot be an id is not asked for. */
  listByIds(
    route: string,
    ids: readonly string[],
    options?: { property?: string; rowsPerValue?: number; and?: readonly Filter[] },
  ): Promise<WireRecord[]>;
  /** A write, described. With `read`, its answer's body is needed. */
  write(method: Write<undefined>['method'], path: string, body?: unknown): Write<undefined>;
  create<T>(route: string, body: unknown, read: (json: unknown) => T): Write<T>;
}

/** Fewest rows to ask for: duplicates (two clients with one code) must not cost a second page. */
const MIN_LIMIT = 100;

/** How one session speaks to OZmap. */
export interface ApiOptions {
  /** Every read and every write goes through it; absent: straight to OZmap. */
  circuit?: Circuit | undefined;
  /** Reads are paid from it and end with it; writes only wait in its lane. */
  budget?: Budget | undefined;
}

export function createApi(transport: Transport, token: string, { circuit, budget }: ApiOptions = {}): Api {
  const through: Circuit['through'] = (request) => (circuit ? circuit.through(request) : request());

  const getJson: Api['get'] = (route, path, options) =>
    through(async () => {
      if (!isSendableToken(token)) throw new UnauthenticatedError('the token cannot be an OZmap token');
      const answer = await transport.read(token, path, budget).catch((error: unknown): never => {
        throw error instanceof TransportFailure ? readFailure(error) : error;
      });
      // Many questions may share this answer, and each reads it: at once where the turn is short, or all would have found it short.
      const pause = endOfTurn();
      if (pause) await pause;
      if (answer.status === 404 && options?.missing === 'null') return null;
      if (answer.status < 200 || answer.status >= 300) throw readError(answer, token);
      return parse(answer, route, options?.unreadable);
    });

  const listWhere = (
    route: string,
    filters: readonly Filter[],
    { limit, atMost, select }: ListOptions,
    check: (row: WireRecord) => void = () => {},
  ): Promise<WireRecord[]> =>
    readPages(
      route,
      limit,
      async (page, size) => {
        const query = listQuery({ filters, limit: size, page, select });
        const answer = readPage(route, await getJson(route, `${route}?${query}`));
        answer.rows.forEach(check);
        return answer;
      },
      atMost,
    );

  const listIn: Api['listIn'] = async (route, property, values, { rowsPerValue, and = [] }) => {
    const unique = [...new Set(values)];
    if (unique.length === 0) return [];
    const filtersFor = (value: readonly string[]): Filter[] => [{ property, operator: 'in', value }, ...and];
    const empty = listQuery({ filters: filtersFor([]), limit: 100_000, page: 100 });
    const asked = matcher(route, property, unique);
    const inUrlsOf = async (urlBytes: number): Promise<WireRecord[]> => {
      const chunks = chunkValues(unique, transport.rootBytes + route.length + 1 + empty.length, urlBytes);
      const pages = chunks.map((chunk) => {
        const limit = Math.max(MIN_LIMIT, chunk.length * rowsPerValue);
        return listWhere(route, filtersFor(chunk), { limit }, asked.assertFiltered);
      });
      return (await Promise.all(pages)).flat().filter(asked.matches);
    };
    const longest = transport.urlBytes;
    try {
      return await inUrlsOf(longest);
    } catch (error) {
      const isLong = JSON.stringify(unique).length > SAFE_URL_BYTES / 2 && longest > SAFE_URL_BYTES;
      if (!isLong || !mayBeTooLong(error)) throw error;
      const rows = await inUrlsOf(SAFE_URL_BYTES);
      transport.urlBytes = SAFE_URL_BYTES;
      return rows;
    }
  };

  const send = (outgoing: Parameters<Transport['write']>[1]): Promise<Incoming> =>
    through(async () => {
      if (!isSendableToken(token)) throw new UnauthenticatedError('the token cannot be an OZmap token');
      const answer = await transport.write(token, outgoing, budget).catch((error: unknown): never => {
        if (!(error instanceof TransportFailure)) throw error;
        throw error.kind === 'late' ? new WriteTooLateError(error.message) : writeFailure(error);
      });
      if (answer.status < 200 || answer.status >= 300) throw writeError(answer, token);
      if (isHtml(answer.contentType, answer.text)) throw new OutcomeUnknownError('a page answered a write, not OZmap');
      return answer;
    });

  return {
    get: getJson,
    list: listWhere,
    listIn,
    listByIds: (route, ids, { property = 'id', rowsPerValue = 1, and = [] } = {}) =>
      listIn(route, property, ids.filter(canBeId), { rowsPerValue, and }),
    write: (method, path, body) => ({
      method,
      path,
      [SEND]: async (canStillSend) => {
        const { status } = await send({ method, path, body, wantsBody: false, canStillSend });
        return { status, value: undefined };
      },
    }),
    create: (route, body, read) => ({
      method: 'POST',
      path: route,
      [SEND]: async (canStillSend) => {
        const answer = await send({ method: 'POST', path: route, body, wantsBody: true, canStillSend });
        try {
          return { status: answer.status, value: read(parse(answer, route)) };
        } catch (error) {
          throw garbled(error);
        }
      },
    }),
  };
}

/** Proxies say so in many ways: 414, 400, 413, a page of their own, or a reset. */
function mayBeTooLong(error: unknown): boolean {
  if (error instanceof UpstreamUnavailableError) return !(error instanceof UpstreamBusyError);
  return error instanceof UpstreamRefusedError || error instanceof UpstreamShapeError;
}

function parse({ text, contentType }: Incoming, route: string, unreadable?: 'null'): unknown {
  const json = jsonOf(text);
  if (json !== undefined) return json;
  if (unreadable === 'null' && !isHtml(contentType, text)) return null;
  throw new UpstreamShapeError(route, 'body');
}

/** OZmap accepted the write, but its answer does not show the effect. */
function garbled(error: unknown): unknown {
  return error instanceof UpstreamShapeError
    ? new OutcomeUnknownError(`the answer to a write cannot be read: ${error.message}`)
    : error;
}
