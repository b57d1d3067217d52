/** What a script writes for a value that it does not have, in a link to the map page or in a form that opens it. */
const NOTHING = /^(?:|undefined|null|nan|none|\[\]|\{\})$/i;

/** The value as it was sent, trimmed; null for what a script writes where it has none. */
export function launchValue(sent: string): string | null {
  const text = sent.trim();
  return NOTHING.test(text) ? null : text;
}

/** `["a","b"]` as OZmap's own OZloc takes it, `['a']`, `a,b` or `a;b`. What cannot be read stays one tag: a restriction is never lifted silently. */
export function launchTags(sent: string): string[] {
  return sent
    .replace(/^\[(.*)\]$/s, '$1')
    .split(/[,;|]/)
    .flatMap((tag) => launchValue(tag.trim().replace(/^(["'])(.*)\1$/s, '$2')) ?? []);
}
