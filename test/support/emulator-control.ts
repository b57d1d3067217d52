/** A fault as `/_control/faults` takes it; see docs/emulator.md. Without `times` and `match.nth` it strikes until `clearFaults`. */
export interface Fault {
  match?: { method?: string; path?: string; nth?: number };
  fault: 'delay' | 'status' | 'reset-before' | 'reset-after' | 'late';
  status?: number;
  /** What a status answers instead of `{ message }`, as plain text. */
  text?: string;
  delayMs?: number;
  lateMs?: number;
  times?: number;
  retryAfterS?: number;
}

/** A fault as the embedded OZmap lists it. */
export interface SetFault {
  id: number;
  fault: string;
  status: number;
  match: { method?: string; path?: string };
  struck: number;
}

/** One request that reached the embedded OZmap's API. */
export interface SeenRequest {
  method: string;
  path: string;
  /** The user name behind the token. */
  token: string | null;
  status: number | null;
}

/** The control routes of an embedded OZmap. */
export interface EmulatorControl {
  fault(...faults: Fault[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** The faults that are set, with how often each struck. */
  faults(): Promise<SetFault[]>;
  /** How often the faults that are set have struck. */
  struck(): Promise<number>;
  /** All since the last clearing, and no more than the emulator keeps. */
  requests(): Promise<SeenRequest[]>;
  /** How many there were since the last clearing. */
  requestCount(): Promise<number>;
  clearRequests(): Promise<void>;
}

/** The control routes of the embedded OZmap at `url`. */
export function emulatorControl(url: string): EmulatorControl {
  const control = async <T>(method: string, what: string, body?: unknown) => {
    const answer = await sendJson(method, `${url}/_control/${what}`, { body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} _control/${what}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const log = () => control<{ requests: SeenRequest[]; total: number }>('GET', 'requests');
  const faults = async () => (await control<{ faults: SetFault[] }>('GET', 'faults')).faults;
  return {
    fault: async (...all) => {
      for (const fault of all) await control('POST', 'faults', fault);
    },
    clearFaults: () => control('DELETE', 'faults'),
    faults,
    struck: async () => (await faults()).reduce((sum, { struck }) => sum + struck, 0),
    requests: async () => (await log()).requests,
    requestCount: async () => (await log()).total,
    clearRequests: () => control('DELETE', 'requests'),
  };
}

/** Sends a body, where there is one, as JSON. */
export function sendJson(
  method: string,
  url: string,
  { body, token }: { body?: unknown; token?: string },
): Promise<Response> {
  return fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: token }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
