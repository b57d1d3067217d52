import type { Accounts } from '../auth/accounts.js';
import type { ResourceFor } from '../query/populate.js';
import type { QueryParameters } from '../query/query-options.js';
import { isObject } from '../query/values.js';
import { type Body, type Caller, Refused } from '../resource.js';
import type { Store, Transaction } from '../store/store.js';

/** One request to an emulated route, with its caller known. */
export interface ApiRequest {
  store: Store;
  accounts: Accounts;
  caller: Caller;
  resourceFor: ResourceFor;
  /** Without the query, e.g. `/api/v2/boxes`. */
  path: string;
  params: Readonly<Record<string, string>>;
  query: QueryParameters;
  body: unknown;
}

export interface Answer {
  status: 200 | 201 | 204;
  body?: unknown;
}

/** One emulated route. `path` is under `/api/v2/`, parameters as `:name`. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  handle(request: ApiRequest): Answer | Promise<Answer>;
}

/** A route that asks for no token. */
export interface OpenRoute {
  method: 'POST';
  path: string;
  handleOpen(request: Pick<ApiRequest, 'accounts' | 'body'>): Answer;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** Changes the network, and answers nothing. */
export async function written({ store }: ApiRequest, change: (tx: Transaction) => void): Promise<Answer> {
  await store.write(change);
  return { status: 204 };
}

/** The request's body as an object. Errors: 400. */
export function bodyOf({ body }: Pick<ApiRequest, 'body'>): Body {
  if (!isObject(body)) throw new Refused(400, 'O corpo deve ser um objeto JSON');
  return body;
}

/** A path parameter. */
export function parameter({ params }: Pick<ApiRequest, 'params'>, name: string): string {
  return params[name] ?? '';
}
