/** A request that the embedded OZmap saw. */
export interface SeenRequest {
  method: string;
  path: string;
  /** The user name behind the token. */
  token: string | null;
  status: number | null;
}

/** A fault as the embedded OZmap lists it. */
export interface SetFault {
  id: number;
  fault: string;
  status: number;
  match: { method?: string; path?: string };
  struck: number;
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
  /** The faults that are set, with how often each struck. */
  faults(): Promise<SetFault[]>;
  /** How often the faults that are set have struck. */
  struck(): Promise<number>;
  /** Requests since the last clearing, the token check not counted. */
  requests(): Promise<SeenRequest[]>;
  /** All since the last clearing. */
  requestCount(): Promise<number>;
  clearRequests(): Promise<void>;
}

/** The embedded OZmap at `url`. */
export function ozmapFromOutside(url: string): OzmapFromOutside {
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
  const faults = async () => ((await (await control('GET', 'faults')).json()) as { faults: SetFault[] }).faults;
  return {
    url,
    api,
    all: async <T>(collection: string) => (await api<{ rows: T[] }>(`${collection}?limit=-1`)).rows,
    fault: async (fault) => void (await control('POST', 'faults', fault)),
    clearFaults: async () => void (await control('DELETE', 'faults')),
    faults,
    struck: async () => (await faults()).reduce((sum, { struck }) => sum + struck, 0),
    requests: async () => {
      const { requests } = (await (await control('GET', 'requests')).json()) as { requests: SeenRequest[] };
      return requests.filter(({ path }) => !/\/(authenticated|users)\b/.test(path));
    },
    requestCount: async () => ((await (await control('GET', 'requests')).json()) as { total: number }).total,
    clearRequests: async () => void (await control('DELETE', 'requests')),
  };
}
