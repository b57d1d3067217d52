import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ApolloServerOptions } from '@apollo/server';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { ForbiddenError } from '../errors/app-error.js';
import type { RequestContext } from '../graph/context.js';

/** off · apq: whoever is known may register · safelist: nothing is carried out that no manifest names. */
export type PersistedMode = 'off' | 'apq' | 'safelist';

/** Documents that callers name by a hash instead of sending them. */
export interface PersistedOperations {
  /** What Apollo carries the exchange out with. */
  apollo: NonNullable<ApolloServerOptions<RequestContext>['persistedQueries']>;
  /** Does `work`, which may use and register documents of this account; null: of none. */
  forAccount<T>(account: string | null, work: () => T): T;
  /** The document that an account may name by this hash; undefined: there is none. */
  find(hash: string, account: string | null): string | undefined;
  /** Errors: FORBIDDEN NOT_IN_SAFELIST. */
  assertListed(document: string): void;
}

/** What Apollo puts in front of each hash. */
const OF_APOLLO = 'apq:';
/** Of one account: what a client with all its releases uses. */
const ACCOUNT_BYTES = 1_048_576;
const ACCOUNT_DOCUMENTS = 2_000;
const ACCOUNTS = 100;

/** The operations of our own pages and examples, made by `npm run codegen`. */
const OWN_MANIFEST = new URL('../../schema/persisted-operations.json', import.meta.url);

/** Opens what PERSISTED_OPERATIONS asks for; `file` names a further manifest. Errors: those of reading one. */
export function openPersistedOperations(mode: PersistedMode, file: string | null): PersistedOperations {
  const neither = { find: () => undefined, assertListed: () => {} };
  if (mode === 'off') return { apollo: false, forAccount: (_account, work) => work(), ...neither };
  return mode === 'apq' ? registered() : listed([OWN_MANIFEST, ...(file === null ? [] : [file])].flatMap(readManifest));
}

/**
 * Apollo's automatic persisted queries. What a caller registers is for that caller alone, so that nobody fills what others need, or learns
 * what they ask. A caller that OZmap does not know registers nothing, and sends its document each time.
 */
function registered(): PersistedOperations {
  const accounts = new LRUCache<string, LRUCache<string, string>>({ max: ACCOUNTS });
  const current = new AsyncLocalStorage<string | null>();
  const documents = () => {
    const account = current.getStore() ?? null;
    if (account === null) return undefined;
    const known =
      accounts.get(account) ??
      new LRUCache({ max: ACCOUNT_DOCUMENTS, maxSize: ACCOUNT_BYTES, sizeCalculation: (text) => text.length });
    accounts.set(account, known);
    return known;
  };
  const cache = {
    get: async (hash: string) => documents()?.get(hash),
    set: async (hash: string, document: string) => {
      documents()?.set(hash, document);
    },
    delete: async (hash: string) => {
      documents()?.delete(hash);
    },
  };
  return {
    apollo: { cache, ttl: null },
    forAccount: (account, work) => current.run(account, work),
    find: (hash, account) => (account === null ? undefined : accounts.get(account)?.get(OF_APOLLO + hash)),
    assertListed: () => {},
  };
}

interface ListedOperation {
  id: string;
  body: string;
}

function listed(operations: readonly ListedOperation[]): PersistedOperations {
  // Clients name an operation by the manifest's id, or, as in Apollo's exchange, by the hash of its text.
  const bodies = new Map(
    operations.flatMap(({ id, body }) => [
      [id, body],
      [hashOf(body), body],
    ]),
  );
  const cache = {
    get: async (key: string) => bodies.get(key.slice(OF_APOLLO.length)),
    set: async () => {},
    delete: async () => {},
  };
  return {
    apollo: { cache, ttl: null },
    forAccount: (_account, work) => work(),
    find: (hash) => bodies.get(hash),
    assertListed(document) {
      if (document !== '' && !bodies.has(hashOf(document)))
        throw new ForbiddenError('the operation is in no manifest', 'NOT_IN_SAFELIST');
    },
  };
}

/** As Apollo's tools write it for clients and routers. */
const Manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

function readManifest(file: string | URL): ListedOperation[] {
  const { success, data } = Manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!success) throw new Error(`${file} is no manifest in the format apollo-persisted-query-manifest, version 1`);
  return data.operations;
}

function hashOf(document: string): string {
  return createHash('sha256').update(document).digest('hex');
}
