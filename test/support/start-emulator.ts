import { generateTown } from '../../src/city/generate.js';
import { type EmulatorOptions, startEmulator } from '../../src/emulator/start.js';
import { type EmulatorControl, emulatorControl, sendJson } from './emulator-control.js';

/** An embedded OZmap for a test: the generated town, in memory, any free port, with the control routes. */
export interface TestEmulator extends EmulatorControl {
  url: string;
  /** Calls the API as the user of `token` (default `demo`), and answers whatever it says. */
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
  return {
    ...emulatorControl(url),
    url,
    stop,
    api: async <T>(method: string, path: string, body?: unknown, token = 'demo') => {
      const answer = await sendJson(method, `${url}/api/v2/${path}`, { body, token });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: (text === '' ? null : JSON.parse(text)) as T };
    },
  };
}
