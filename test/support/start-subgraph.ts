import { rm } from 'node:fs/promises';
import type { GraphQLFormattedError } from 'graphql';
import { startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import type { TypedDocumentString } from '../../src/generated/operations.js';
import { emptyDataDir } from '../journal/template.js';

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
}

/** A request that the embedded OZmap saw. */
export interface SeenRequest {
  method: string;
  path: string;
  /** The user name behind the token. */
  token: string | null;
  status: number | null;
}

/** The embedded OZmap, from outside. */
export interface OzmapFromOutside {
  url: string;
  /** Its REST API, as the token `demo` unless told. */
  api<T = unknown>(path: string, init?: { method?: string; body?: unknown; token?: string }): Promise<T>;
  /** All records of a collection. */
  all<T = Record<string, unknown>>(collection: string): Promise<T[]>;
  fault(fault: Record<string, unknown>): Promise<void>;
  clearFaults(): Promise<void>;
  /** Requests since the last clearing, the token check not counted. */
  requests(): Promise<SeenRequest[]>;
  clearRequests(): Promise<void>;
}

/** The service, running on free ports with its own embedded OZmap. */
export interface TestSubgraph {
  /** With base path. */
  url: string;
  /** Without. */
  root: string;
  emulator: OzmapFromOutside;
  query<Data, Variables>(
    document: TypedDocumentString<Data, Variables> | string,
    variables?: Variables,
    options?: AskOptions,
  ): Promise<Answer<Data>>;
  stop(): Promise<void>;
}

/** Starts the whole service over real HTTP. `env` is what a provider would set. */
export async function startTestSubgraph({
  env = {},
  onStatement,
}: {
  env?: NodeJS.ProcessEnv;
  /** Told every SQL statement of the journal. */
  onStatement?: (sql: string) => void;
} = {}): Promise<TestSubgraph> {
  const dataDir = await emptyDataDir();
  const app = await startApp(
    readConfig({
      HOST: '127.0.0.1',
      PORT: '0',
      EMULATOR_PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'fatal',
      SHUTDOWN_GRACE_MS: '0',
      ...env,
    }),
    { onStatement },
  );
  const { url } = app;
  return {
    url,
    root: new URL(url).origin,
    emulator: fromOutside(app.ozmapUrl),
    query: (document, variables, options) => ask(url, document, variables, options),
    async stop() {
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function ask<Data>(
  url: string,
  document: { toString(): string },
  variables: unknown,
  { token = 'demo', user, headers = {} }: AskOptions = {},
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
  });
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text) as { data?: Data | null; errors?: GraphQLFormattedError[] };
  return { status: response.status, headers: response.headers, data, errors, text };
}

function fromOutside(url: string): OzmapFromOutside {
  const api = async <T>(
    path: string,
    { method = 'GET', body, token = 'demo' }: { method?: string; body?: unknown; token?: string } = {},
  ) => {
    const response = await fetch(`${url}/api/v2/${path}`, {
      method,
      headers: { authorization: token, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/_control/${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} _control/${path}: ${response.status}`);
    return response;
  };
  return {
    url,
    api,
    all: async <T>(collection: string) => (await api<{ rows: T[] }>(`${collection}?limit=-1`)).rows,
    fault: async (fault) => void (await control('POST', 'faults', fault)),
    clearFaults: async () => void (await control('DELETE', 'faults')),
    requests: async () => {
      const { requests } = (await (await control('GET', 'requests')).json()) as { requests: SeenRequest[] };
      return requests.filter(({ path }) => !/\/(authenticated|users)\b/.test(path));
    },
    clearRequests: async () => void (await control('DELETE', 'requests')),
  };
}
