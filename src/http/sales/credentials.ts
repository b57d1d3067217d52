import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';
import type { SaleScope } from '../../graph/ozloc/sale-scope.js';
import { cntUserFrom, tokenFrom } from '../request-headers.js';
import type { SignedIn, SignIn } from '../sign-in.js';
import type { Sales } from './sales.js';

/** On whose behalf a request comes. */
export interface Credentials {
  /** An OZmap token; null: none was sent, or a sale's that is over. */
  token: string | null;
  cntUser: string | null;
  /** The sale that it is held to; null: whatever OZmap allows the token. */
  sale: SaleScope | null;
  /** What a platform's token was given for; null: no platform signs in, or a sale's bearer came. */
  scopes: SignedIn['scopes'] | null;
}

/** Who brings no token that means anything. */
export const NOBODY: Credentials = { token: null, cntUser: null, sale: null, scopes: null };

/** In whose place a request of our own is made, whatever its headers say: for somebody who brings no token, but an address that we sealed. */
export const actingFor = new AsyncLocalStorage<Credentials>();

/**
 * Reads the credentials of requests, each once. Errors: JOURNAL_UNAVAILABLE, where a sale's bearer comes; those of `signIn`, where a platform's
 * token does.
 */
export function createCredentialsReader(
  sales: Sales,
  signIn: SignIn | null,
): (request: FastifyRequest) => Promise<Credentials> {
  const known = new WeakMap<FastifyRequest, Promise<Credentials>>();
  return (request) => {
    const standIn = actingFor.getStore();
    const credentials = known.get(request) ?? (standIn ? Promise.resolve(standIn) : read(request, sales, signIn));
    known.set(request, credentials);
    return credentials;
  };
}

async function read({ headers }: FastifyRequest, sales: Sales, signIn: SignIn | null): Promise<Credentials> {
  const sent = tokenFrom(headers);
  const bearer = sent === null ? undefined : await sales.read(sent);
  if (bearer === null) return NOBODY;
  // Who sells is who asked for the link: a page cannot say otherwise.
  if (bearer) return { token: bearer.token, cntUser: bearer.cntUser, sale: bearer.scope, scopes: null };
  const own = sent !== null && signIn ? await signIn(sent) : { token: sent, scopes: null };
  return { ...own, cntUser: cntUserFrom(headers), sale: null };
}
