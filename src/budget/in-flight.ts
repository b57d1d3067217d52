/** Lets identical reads that are under way at the same time share one request. Nothing is kept once it is answered: this is no cache. */
export interface InFlight<T> {
  /** The token is part of the key: two tokens never share an answer, because OZmap shows each its own projects. */
  share(token: string, url: string, ask: () => Promise<T>): Promise<T>;
  /** From now on nobody joins a read that is already under way: called after each write, so that what is read back was asked after it. */
  cut(): void;
}

export function createInFlight<T>(): InFlight<T> {
  const pending = new Map<string, Promise<T>>();
  return {
    share(token, url, ask) {
      const key = `${token}\n${url}`;
      const known = pending.get(key);
      if (known) return known;
      const asked = ask().finally(() => {
        if (pending.get(key) === asked) pending.delete(key);
      });
      pending.set(key, asked);
      return asked;
    },
    cut: () => pending.clear(),
  };
}
