import type { Accounts } from '../auth/accounts.js';
import type { ListRequest } from '../query/list.js';
import { isObject } from '../query/values.js';
import { type Body, Refused } from '../resource.js';
import type { Store, Transaction } from '../store/store.js';

/** One request to an emulated route, with its caller known. */
export interface ApiRequest extends ListRequest {
  store: Store;
  params: Readonly<Record<string, string>>;
}

interface Answer {
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
  answer(accounts: Accounts, body: unknown): Body;
}

/** `GET path`, which answers what it reads. */
export function reading(path: string, answer: (request: ApiRequest) => unknown): Route {
  return { method: 'GET', path, handle: (request) => ({ status: 200, body: answer(request) }) };
}

/** A route that changes the network, and answers nothing. */
export function changing(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  change: (tx: Transaction, request: ApiRequest) => void,
): Route {
  return {
    method,
    path,
    handle: async (request) => {
      await request.store.write((tx) => change(tx, request));
      return { status: 204 };
    },
  };
}

/** The request's body as an object. Errors: 400. */
export function bodyOf({ body }: Pick<ApiRequest, 'body'>): Body {
  if (!isObject(body)) throw new Refused(400, 'O corpo deve ser um objeto JSON');
  return body;
}

/** The `:id` in the path. */
export function idIn({ params }: Pick<ApiRequest, 'params'>): string {
  return params.id ?? '';
}
