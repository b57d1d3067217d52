import fetch from 'node-fetch';
import type { Coordinates } from '../domain/geo.js';
import { jsonOf } from '../domain/json.js';
import { encodeQuery } from '../ozmap/filters.js';
import { apiRoot } from '../ozmap/http.js';
import { coordinatesIn, isObject } from '../ozmap/wire/record.js';

/** What OZmap said to one question, as it came. */
export interface Reply {
  status: number;
  /** Undefined when the body is no JSON. */
  json: unknown;
  header(name: string): string | null;
}

/** How to ask. The default is a GET with the bare token. */
export interface Asking {
  method?: 'GET' | 'OPTIONS';
  /** The whole header; null sends none. */
  authorization?: string | null;
  headers?: Record<string, string>;
}

/** Asks OZmap one thing after the other. Errors: NoReply. */
export interface Asker {
  ask(path: string, asking?: Asking): Promise<Reply>;
  /** How many questions were asked. */
  readonly asked: number;
  readonly token: string;
}

/** OZmap said nothing at all. */
export class NoReply extends Error {
  override name = 'NoReply';
}

/**
 * Raw questions: unlike the client of src/ozmap this neither repeats nor reads tolerantly, because here the answer's exact shape matters.
 * It can send nothing but GET and OPTIONS.
 */
export function createAsker(url: string, token: string, timeoutMs: number): Asker {
  const root = apiRoot(url);
  let asked = 0;
  return {
    token,
    get asked() {
      return asked;
    },
    ask: async (path, { method = 'GET', authorization = token, headers = {} } = {}) => {
      asked += 1;
      try {
        const response = await fetch(root + path, {
          method,
          headers: { accept: 'application/json', ...headers, ...(authorization === null ? {} : { authorization }) },
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs) as never,
        });
        const text = await response.text();
        return { status: response.status, json: jsonOf(text), header: (name) => response.headers.get(name) };
      } catch (error) {
        // The code only: the message quotes the URL.
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        throw new NoReply(code || (error instanceof Error ? error.name : 'unknown'));
      }
    },
  };
}

export type Json = Record<string, unknown>;

/** An id that no record has. */
export const NOBODYS_ID = 'f'.repeat(24);

/** What several checks look at: each asked for once, when the first check needs it. */
export interface Evidence extends Asker {
  /** Rows of a list route, bare array or envelope; null when the answer is neither. */
  rows(route: string, query: string): Promise<Json[] | null>;
  /** Some boxes; the first one has a location, if any has. */
  boxes(): Promise<Json[]>;
  /** Where the viability is asked: at the first boxes. */
  places(): Promise<Coordinates[]>;
  clients(): Promise<Json[]>;
  /** Homes without a client. */
  vacantHomes(): Promise<Json[]>;
  /** Viability by radius at each place. */
  viability(): Promise<Reply[]>;
}

/** Few, and each a question of its own. */
const PLACES = 3;
/** Wider than OZmap's own radius is likely to be, to meet refused boxes. */
const WIDE_RADIUS_M = 300;
const SAMPLE = 200;

export function gather(asker: Asker): Evidence {
  const rows: Evidence['rows'] = async (route, query) => rowsIn((await asker.ask(`${route}?${query}`)).json);
  const boxes = once(async () => {
    const found = (await rows('boxes', 'limit=20')) ?? [];
    return found.sort((a, b) => Number(placeOf(b) !== null) - Number(placeOf(a) !== null));
  });
  const places = once(async () => {
    const found = (await boxes()).map(placeOf).filter((place) => place !== null);
    return found.slice(0, PLACES);
  });
  return {
    ask: asker.ask,
    token: asker.token,
    get asked() {
      return asker.asked;
    },
    rows,
    boxes,
    places,
    clients: once(async () => (await rows('ftth-clients', `limit=${SAMPLE}`)) ?? []),
    vacantHomes: once(async () => {
      const filter = [{ property: 'client', operator: '=', value: null }];
      const found = (await rows('properties', `limit=${SAMPLE}&${filterQuery(filter)}`)) ?? [];
      return found.filter(({ client }) => client === null || client === undefined);
    }),
    viability: once(async () => {
      const replies: Reply[] = [];
      for (const { lat, lng } of await places())
        replies.push(await asker.ask(`ftth-viability/radius?lat=${lat}&lng=${lng}&radius=${WIDE_RADIUS_M}`));
      return replies;
    }),
  };
}

/** `filter=…` for the query string. */
export function filterQuery(filter: unknown): string {
  return `filter=${encodeQuery(JSON.stringify(filter))}`;
}

function rowsIn(json: unknown): Json[] | null {
  const rows = isObject(json) ? json.rows : json;
  return Array.isArray(rows) ? rows.filter(isObject) : null;
}

/** `id` or `_id` of a record. */
export function idIn(record: Json | undefined): string | null {
  const id = record?.id ?? record?._id;
  return typeof id === 'string' ? id : null;
}

export function placeOf(record: Json): Coordinates | null {
  return coordinatesIn(record.coords) ?? coordinatesIn(record);
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

/** What the probe found out about one assumption. */
export interface Finding {
  verdict: 'holds' | 'differs' | 'cannot be told by reading';
  /** What was seen, or why nothing could be. */
  how: string;
}

/** One assumption about OZmap, and how to ask about it without changing anything. */
export interface Check {
  /** The row in the reference's table of open questions; null for what the client relies on beside them. */
  number: number | null;
  assumption: string;
  look(evidence: Evidence): Promise<Finding>;
}

export const holds = (how: string): Finding => ({ verdict: 'holds', how });
export const differs = (how: string): Finding => ({ verdict: 'differs', how });
export const cannotTell = (how: string): Finding => ({ verdict: 'cannot be told by reading', how });
