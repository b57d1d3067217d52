import fetch from 'node-fetch';
import { jsonOf } from '../domain/json.js';
import { apiRoot } from '../ozmap/http.js';

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
