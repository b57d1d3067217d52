import { generateTown } from '../../src/city/generate.js';
import { type EmulatorOptions, startEmulator } from '../../src/emulator/start.js';

/** A fault as `/_control/faults` takes it; see docs/emulator.md. Without `times` and `match.nth` it strikes until `clearFaults`. */
export interface TestFault {
  match?: { method?: string; path?: string; nth?: number };
  fault: 'delay' | 'status' | 'reset-before' | 'reset-after' | 'late';
  status?: number;
  delayMs?: number;
  lateMs?: number;
  times?: number;
  retryAfterS?: number;
}

/** One request that reached the emulator's API; `token` is the user name behind the token. */
export interface TestRequest {
  method: string;
  path: string;
  token: string | null;
  status: number | null;
}

/** An embedded OZmap for a test: the generated town, in memory, any free port, with the control routes. */
export interface TestEmulator {
  url: string;
  faults(...faults: TestFault[]): Promise<void>;
  clearFaults(): Promise<void>;
  requests(): Promise<TestRequest[]>;
  clearRequests(): Promise<void>;
  /** Calls the API as the user of `token` (default `demo`); a body is sent as JSON. */
  api<T = Record<string, unknown>>(method: string, path: string, body?: unknown, token?: string): Promise<ApiAnswer<T>>;
  stop(): Promise<void>;
}

export interface ApiAnswer<T> {
  status: number;
  headers: Headers;
  body: T;
}

let town: ReturnType<typeof generateTown> | undefined;

export async function startTestEmulator(options: Partial<EmulatorOptions> = {}): Promise<TestEmulator> {
  town ??= generateTown();
  const { url, stop } = await startEmulator({ city: town, port: 0, control: true, ...options });
  const control = async (method: string, what: string, body?: unknown) => {
    const answer = await send(method, `${url}/_control/${what}`, body);
    if (!answer.ok) throw new Error(`_control/${what}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    url,
    stop,
    faults: async (...faults) => {
      for (const fault of faults) await control('POST', 'faults', fault);
    },
    clearFaults: async () => {
      await control('DELETE', 'faults');
    },
    requests: async () => ((await (await control('GET', 'requests')).json()) as { requests: TestRequest[] }).requests,
    clearRequests: async () => {
      await control('DELETE', 'requests');
    },
    api: async <T>(method: string, path: string, body?: unknown, token = 'demo') => {
      const answer = await send(method, `${url}/api/v2/${path}`, body, token);
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: (text === '' ? null : JSON.parse(text)) as T };
    },
  };
}

function send(method: string, url: string, body?: unknown, token?: string): Promise<Response> {
  return fetch(url, {
    method,
    headers: {
      ...(token && { authorization: token }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
