/** One key per thing asked: pressing again with the same input repeats the same command instead of making a second one. */
export interface IdempotencyKeys {
  keyFor(input: object): string;
  forget(key: string): void;
  clear(): void;
  /** All that are known, to begin with when the page is loaded anew. */
  entries(): [asked: string, key: string][];
}

export function createIdempotencyKeys(
  known: readonly [asked: string, key: string][] = [],
  random: () => string = randomKey,
): IdempotencyKeys {
  const keys = new Map<string, string>(known);
  return {
    keyFor(input) {
      const asked = JSON.stringify(input);
      const key = keys.get(asked) ?? random();
      keys.set(asked, key);
      return key;
    },
    forget(key) {
      for (const [asked, known] of keys) if (known === key) keys.delete(asked);
    },
    clear: () => keys.clear(),
    entries: () => [...keys],
  };
}

// Not crypto.randomUUID: a page served without TLS, as inside a provider's network, does not have it.
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `ozloc-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
