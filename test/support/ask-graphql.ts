import type { GraphQLFormattedError } from 'graphql';
import type { TypedOperation } from '../../src/web/shared/graphql-client.js';

/** What came back, as it was sent. */
export interface Answer<Data> {
  status: number;
  headers: Headers;
  data: Data | null | undefined;
  errors: readonly GraphQLFormattedError[];
  /** The answer's text: for tests of what must not be in it. */
  text: string;
}

/** Who asks. */
export interface AskOptions {
  /** `demo` unless told; null: none. */
  token?: string | null;
  user?: string;
  headers?: Record<string, string>;
  /** Ends the waiting. */
  signal?: AbortSignal;
}

/** Asks a running service. */
export type AskGraphql = <Data, Variables>(
  document: TypedOperation<Data, Variables> | string,
  variables?: Variables,
  options?: AskOptions,
) => Promise<Answer<Data>>;

/** One GraphQL request to the service at `url`. */
export async function askAt<Data>(
  url: string,
  document: { toString(): string },
  variables: unknown,
  { token = 'demo', user, headers = {}, signal }: AskOptions = {},
): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: token }),
      ...(user !== undefined && { 'x-cnt-user': user }),
      ...headers,
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    ...(signal && { signal }),
  });
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text) as { data?: Data | null; errors?: GraphQLFormattedError[] };
  return { status: response.status, headers: response.headers, data, errors, text };
}
