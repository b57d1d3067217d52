/** Plain JSON data: what survives being stored and read again. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** What a text says as JSON; undefined where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The same without what is undefined. */
export function defined<T extends object>(object: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const there = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
