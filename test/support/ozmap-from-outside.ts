import { type EmulatorControl, emulatorControl, sendJson } from './emulator-control.js';

/** The embedded OZmap, from outside. */
export interface OzmapFromOutside extends EmulatorControl {
  url: string;
  /** Its REST API, as the token `demo` unless told. Errors: whatever is not a success. */
  api<T = unknown>(path: string, init?: { method?: string; body?: unknown; token?: string }): Promise<T>;
  /** All records of a collection; only these fields of them, by comma, where told. */
  all<T = Record<string, unknown>>(collection: string, select?: string): Promise<T[]>;
}

/** The embedded OZmap at `url`. Of its requests, the token checks are not told. */
export function ozmapFromOutside(url: string): OzmapFromOutside {
  const control = emulatorControl(url);
  const api = async <T>(
    path: string,
    { method = 'GET', body, token = 'demo' }: { method?: string; body?: unknown; token?: string } = {},
  ) => {
    const answer = await sendJson(method, `${url}/api/v2/${path}`, { body, token });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    ...control,
    url,
    api,
    all: async <T>(collection: string, select?: string) =>
      (await api<{ rows: T[] }>(`${collection}?limit=-1${select ? `&select=${select}` : ''}`)).rows,
    requests: async () => (await control.requests()).filter(({ path }) => !/\/(authenticated|users)\b/.test(path)),
  };
}
