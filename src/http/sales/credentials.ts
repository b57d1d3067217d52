import type { FastifyRequest } from 'fastify';
import type { SaleScope } from '../../graph/ozloc/sale-scope.js';
import { cntUserFrom, tokenFrom } from '../request-headers.js';
import type { Sales } from './sales.js';

/** On whose behalf a request comes. */
export interface Credentials {
  /** An OZmap token; null: none was sent, or a sale's that is over. */
  token: string | null;
  cntUser: string | null;
  /** The sale that it is held to; null: whatever OZmap allows the token. */
  sale: SaleScope | null;
}

/** Who brings no token that means anything. */
export const NOBODY: Credentials = { token: null, cntUser: null, sale: null };

/** Reads the credentials of requests, each once. Errors: JOURNAL_UNAVAILABLE, where a sale's bearer comes. */
export function createCredentialsReader(sales: Sales): (request: FastifyRequest) => Promise<Credentials> {
  const known = new WeakMap<FastifyRequest, Promise<Credentials>>();
  return (request) => {
    const credentials = known.get(request) ?? read(request, sales);
    known.set(request, credentials);
    return credentials;
  };
}

async function read({ headers }: FastifyRequest, sales: Sales): Promise<Credentials> {
  const token = tokenFrom(headers);
  const bearer = token === null ? undefined : await sales.read(token);
  if (bearer === undefined) return { token, cntUser: cntUserFrom(headers), sale: null };
  if (bearer === null) return NOBODY;
  // Who sells is who asked for the link: a page cannot say otherwise.
  return { token: bearer.token, cntUser: bearer.cntUser, sale: bearer.scope };
}
