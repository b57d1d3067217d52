import DataLoader from 'dataloader';

/** A loader that fetches all keys of one tick at once and hands each its record, or null. */
export function oneByKey<T>(
  fetch: (keys: readonly string[]) => Promise<readonly T[]>,
  keyOf: (record: T) => string,
): DataLoader<string, T | null> {
  return new DataLoader(async (keys) => {
    const found = new Map((await fetch(keys)).map((record) => [keyOf(record), record]));
    return keys.map((key) => found.get(key) ?? null);
  });
}

/** As `oneByKey` for what belongs to a key in any number; a record without key is left out. */
export function manyByKey<T>(
  fetch: (keys: readonly string[]) => Promise<readonly T[]>,
  keyOf: (record: T) => string | null,
): DataLoader<string, T[]> {
  return new DataLoader(async (keys) => {
    const found = Map.groupBy(await fetch(keys), keyOf);
    return keys.map((key) => found.get(key) ?? []);
  });
}
