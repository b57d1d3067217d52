/** What a command noted in an earlier run, as the journal gives it back: JSON of whatever shape, so read with care. */
export type Facts = Readonly<Record<string, unknown>>;

/** The text under this name, else null. */
export function factText(facts: Facts, name: string): string | null {
  const value = facts[name];
  return typeof value === 'string' ? value : null;
}

/** The number under this name, else null. */
export function factNumber(facts: Facts, name: string): number | null {
  const value = facts[name];
  return typeof value === 'number' ? value : null;
}

/** True only for a noted `true`. */
export function factFlag(facts: Facts, name: string): boolean {
  return facts[name] === true;
}
