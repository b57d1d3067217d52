import { z } from 'zod';
import { DECLARED_STATES, type StateMeaning, stateMeaning } from '../domain/declared-state.js';

/** One variable of the environment: what it takes, in words and as a rule. */
export interface Variable<T> {
  /** Completes "takes …" in the message that refuses a start. */
  readonly takes: string;
  readonly schema: z.ZodType<T>;
  /** Never shown, not even when it is wrong. */
  readonly secret: boolean;
}

type Options = { secret?: boolean };

function variable<T>(takes: string, schema: z.ZodType<T>, { secret = false }: Options = {}): Variable<T> {
  return { takes, schema, secret };
}

/** What a schema takes; null when not set. */
export function orNull<T>(schema: z.ZodType<T>): z.ZodType<T | null> {
  return schema.optional().transform((value) => value ?? null);
}

/** Any text; null when not set. */
export function optionalText(takes: string): Variable<string | null> {
  return variable(takes, orNull(z.string()));
}

/** One mail address; null when not set. */
export function optionalEmail(): Variable<string | null> {
  return variable('a mail address like expansao@fibra.example', orNull(z.email()));
}

/** Any text, with a default. */
export function text(takes: string, byDefault: string): Variable<string> {
  return variable(takes, z.string().default(byDefault));
}

/** A name of the IANA time zone database, with a default. */
export function timeZone(byDefault: string): Variable<string> {
  const isKnown = (name: string) => {
    try {
      return new Intl.DateTimeFormat('pt-BR', { timeZone: name }) !== null;
    } catch {
      return false;
    }
  };
  return variable('a time zone, e.g. America/Manaus', z.string().default(byDefault).refine(isKnown));
}

/** A whole number within bounds; null when not set. */
export function optionalInteger(min: number, max: number): Variable<number | null> {
  const schema = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(min).max(max));
  return variable(`a whole number from ${min} to ${max}`, orNull(schema));
}

function orElse<T>({ takes, schema }: Variable<T | null>, byDefault: T): Variable<T> {
  return variable(
    takes,
    schema.transform((value) => value ?? byDefault),
  );
}

/** A whole number within bounds, with a default. */
export function integer(min: number, max: number, byDefault: number): Variable<number> {
  return orElse(optionalInteger(min, max), byDefault);
}

/** A number within bounds; null when not set. */
export function optionalNumber(min: number, max: number): Variable<number | null> {
  const schema = z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
  return variable(`a number from ${min} to ${max}`, orNull(schema));
}

/** A number within bounds, with a default. */
export function decimal(min: number, max: number, byDefault: number): Variable<number> {
  return orElse(optionalNumber(min, max), byDefault);
}

/** What the ERP's numbers and words of its own mean; none when not set. */
export function stateMeanings(): Variable<readonly StateMeaning[]> {
  return variable(
    `pairs like 304=BLOCKED;400-499=ENDED;suspenso=BLOCKED, of a number, a range or a word and one of ${DECLARED_STATES.join(', ')}`,
    z
      .string()
      .default('')
      .transform((text, { addIssue }) => {
        const meanings = text.split(';').flatMap((pair) => (pair.trim() === '' ? [] : [stateMeaning(pair)]));
        const known = meanings.filter((one) => one !== null);
        if (known.length < meanings.length) addIssue('not a meaning');
        return known;
      }),
  );
}

/** `true` or `false`, also `1` and `0`. */
export function flag(byDefault: boolean): Variable<boolean> {
  return orElse(optionalFlag(), byDefault);
}

/** As `flag`; null when not set, so that the default may depend on others. */
export function optionalFlag(): Variable<boolean | null> {
  const schema = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
  return variable('true or false', orNull(schema));
}

/** One of a few words, with a default. */
export function oneOf<const T extends readonly [string, ...string[]]>(
  words: T,
  byDefault: T[number],
): Variable<T[number]> {
  return variable(`one of ${words.join(', ')}`, z.enum(words).default(byDefault as never) as z.ZodType<T[number]>);
}

/** One of a few words; null when not set. */
export function optionalOneOf<const T extends readonly [string, ...string[]]>(words: T): Variable<T[number] | null> {
  return variable(`one of ${words.join(', ')}`, orNull<T[number]>(z.enum(words)));
}

/**
 * An address of the given schemes without a name and password in it, no slash at its end; null when not set. `base`: paths are put behind
 * it, so that it may have no query.
 */
export function optionalUrl(
  schemes: readonly string[],
  options?: Options & { credentials?: boolean; base?: boolean },
): Variable<string | null> {
  const { credentials = false, base = false } = options ?? {};
  const fits = (value: string) => {
    const url = urlOf(value, schemes);
    if (!url || (base && /[?#]/.test(value))) return false;
    return credentials || (url.username === '' && url.password === '');
  };
  const schema = z
    .string()
    .refine(fits)
    .transform((value) => value.replace(/\/+$/, ''));
  const without = credentials ? '' : ` without name and password in it${base ? ', nor ? or #' : ''}`;
  return variable(
    `an address that starts with ${schemes.map((s) => `${s}://`).join(' or ')}${without}`,
    orNull(schema),
    options,
  );
}

/** Receivers of events: their addresses, or a JSON file with an entry for each. */
export type ReceiversChoice = { urls: readonly string[] } | { file: string };

/** A path that nobody takes for an address which lacks its scheme. */
const JSON_FILE = /^[^?#@:]+\.json$/i;

/**
 * Addresses separated by commas or spaces, or a file of receivers; null when not set. Never shown: an address may be all that a receiver asks
 * for.
 */
export function optionalReceivers(): Variable<ReceiversChoice | null> {
  const schema = z.string().transform((text, { addIssue }): ReceiversChoice => {
    if (JSON_FILE.test(text)) return { file: text };
    const urls = text.split(/[\s,]+/).filter(Boolean);
    if (urls.length === 0 || !urls.every(isHttpUrl)) addIssue('no addresses');
    return { urls };
  });
  const takes = 'addresses that start with https:// or http://, separated by commas, or a JSON file of receivers';
  return variable(takes, orNull(schema), { secret: true });
}

export function isHttpUrl(text: string): boolean {
  return urlOf(text, ['https', 'http']) !== null;
}

const HTTP_HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/i;
/** What no address has unescaped, and a second address behind a wrong separator. */
const NOT_ONE_ADDRESS = /[\s"'`<>\\]|[;|]https?:/i;

/** The parsed address when it is one, of one of the schemes. */
function urlOf(value: string, schemes: readonly string[]): URL | null {
  const url = URL.parse(value);
  if (!url || !schemes.includes(url.protocol.replace(':', ''))) return null;
  if (!url.protocol.startsWith('http')) return url;
  return HTTP_HOST.test(url.hostname) && !NOT_ONE_ADDRESS.test(value) ? url : null;
}

/** A path like `/integrations/cnt`: no slash at its end; `/` becomes the empty text. */
export function path(byDefault: string): Variable<string> {
  const schema = z
    .string()
    .regex(/^\/([\w.~-]+(\/[\w.~-]+)*)?\/?$/)
    .default(byDefault)
    .transform((value) => value.replace(/\/$/, ''));
  return variable('a path that starts with /, of letters, digits, ".", "_", "~" and "-"', schema);
}
