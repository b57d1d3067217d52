import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';

/** Why a request brought no data. `code` is `extensions.code`, or one of ours: NETWORK, HTTP, ABORTED. */
export class RequestFailed extends Error {
  constructor(
    readonly code: string,
    readonly errorId: string | null = null,
    readonly reason: string | null = null,
  ) {
    super(code);
    this.name = 'RequestFailed';
  }
}

/** Of whatever went wrong with a request. */
export function codeOf(error: unknown): string {
  return error instanceof RequestFailed ? error.code : 'UNEXPECTED';
}

/** An operation of either file of `generated`: its text, and the types of its answer and variables. */
export interface TypedOperation<Data, Variables> extends DocumentTypeDecoration<Data, Variables> {
  toString(): string;
}

/** Sends typed operations to the subgraph. */
export interface GraphqlClient {
  /**
   * Shape:   document, variables → its data, as codegen types it.
   * Errors:  RequestFailed, `code` as the server says; NETWORK (nothing came back), HTTP (no GraphQL came back), ABORTED.
   */
  request<Data, Variables>(
    document: TypedOperation<Data, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Data>;
}

/** The token is asked for at each request: it lives in the caller's memory and nowhere else. */
export function createGraphqlClient(options: {
  url: string;
  token: () => string | null;
  language: string;
}): GraphqlClient {
  return {
    async request(document, variables, signal) {
      const token = options.token();
      const headers: Record<string, string> = {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        'accept-language': options.language,
      };
      if (token) headers.authorization = `Bearer ${token}`;
      const response = await fetch(options.url, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query: document.toString(), variables }),
        credentials: 'omit',
        cache: 'no-store',
        signal: signal ?? null,
      }).catch((error: unknown) => {
        throw new RequestFailed(signal?.aborted || isAbort(error) ? 'ABORTED' : 'NETWORK');
      });
      return read(response, signal);
    },
  };
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string; errorId?: string; reason?: string } }[];
}

async function read<Data>(response: Response, signal: AbortSignal | undefined): Promise<Data> {
  const answer = await (response.json() as Promise<Answer<Data>>).catch(() => {
    throw new RequestFailed(signal?.aborted ? 'ABORTED' : response.status === 401 ? 'UNAUTHENTICATED' : 'HTTP');
  });
  const [first] = answer.errors ?? [];
  // A part that could not be read (a box's type) is null in the data; only an answer without its root is a failure.
  const something = Object.values(answer.data ?? {}).some((root) => root !== null);
  if (first && !something) {
    const { code = 'HTTP', errorId = null, reason = null } = first.extensions ?? {};
    throw new RequestFailed(code, errorId, reason);
  }
  if (!answer.data) throw new RequestFailed(response.status === 401 ? 'UNAUTHENTICATED' : 'HTTP');
  return answer.data;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** One key per thing asked: pressing again with the same input repeats the same command instead of making a second one. */
export interface IdempotencyKeys {
  keyFor(input: object): string;
  forget(key: string): void;
  clear(): void;
  /** All that are known, to be learnt when the page is loaded anew. */
  entries(): [asked: string, key: string][];
  learn(known: readonly [asked: string, key: string][]): void;
}

/** `page`: what keys begin with. */
export function createIdempotencyKeys(page: string): IdempotencyKeys {
  const keys = new Map<string, string>();
  return {
    keyFor(input) {
      const asked = JSON.stringify(input);
      const key = keys.get(asked) ?? `${page}-${randomHex()}`;
      keys.set(asked, key);
      return key;
    },
    forget(key) {
      for (const [asked, known] of keys) if (known === key) keys.delete(asked);
    },
    clear: () => keys.clear(),
    entries: () => [...keys],
    learn(known) {
      for (const [asked, key] of known) keys.set(asked, key);
    },
  };
}

// Not crypto.randomUUID: a page served without TLS, as inside a provider's network, does not have it.
function randomHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
