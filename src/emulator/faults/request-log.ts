/** One request to the API, in order of arrival. */
export interface LoggedRequest {
  method: string;
  /** With the query. */
  path: string;
  /** The user name behind the token; null when there was none, or an unknown one. */
  token: string | null;
  /** Null while it runs, and for a connection that was reset. */
  status: number | null;
}

/** More than any test counts; the oldest make room. */
const MAX_ENTRIES = 20_000;

/** The API requests since it was cleared, for tests that count. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private added = 0;

  /** All since it was cleared, also those that made room. */
  get total(): number {
    return this.added;
  }

  add(method: string, path: string): LoggedRequest {
    const entry: LoggedRequest = { method, path, token: null, status: null };
    this.added += 1;
    this.entries.push(entry);
    if (this.entries.length > MAX_ENTRIES) this.entries = this.entries.slice(-MAX_ENTRIES / 2);
    return entry;
  }

  list(): readonly LoggedRequest[] {
    return this.entries;
  }

  clear(): void {
    this.added = 0;
    this.entries = [];
  }
}
