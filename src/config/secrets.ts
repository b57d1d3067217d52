import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { orNull, type Variable } from './kinds.js';

/** An environment with the secrets that it names by file filled in, and what was wrong with those files, by variable. */
export interface FilledEnvironment {
  env: NodeJS.ProcessEnv;
  faults: ReadonlyMap<string, string>;
}

/**
 * Reads `NAME_FILE` for each secret `NAME`, as containers mount them: the file's text, without white space at its ends, is the value. A
 * message names the file and never shows what is in it.
 */
export function readSecretFiles(env: NodeJS.ProcessEnv, names: readonly string[]): FilledEnvironment {
  const filled = { ...env };
  const faults = new Map<string, string>();
  for (const name of names) {
    const variable = `${name}_FILE`;
    const file = env[variable]?.trim();
    if (!file) continue;
    const secret = readSecret(file);
    if (env[name]?.trim()) faults.set(name, `${variable} is set beside ${name}: only one of them may be`);
    else if ('fault' in secret) faults.set(name, `${variable} got ${JSON.stringify(file)}, which ${secret.fault}`);
    else filled[name] = secret.text;
  }
  return { env: filled, faults };
}

function readSecret(file: string): { text: string } | { fault: string } {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text === '' ? { fault: 'is empty' } : { text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    return { fault: `cannot be read${code}` };
  }
}

/**
 * What was read from files, as it is now: read again when one of them has changed since, as it is asked for. Where `read` gives back null, what
 * was read before stays. `filesOf`: what it was read from.
 */
export function reread<T>(first: T, filesOf: (read: T) => readonly string[], read: () => T | null): () => T {
  let current = first;
  let version = versionOf(filesOf(current));
  return () => {
    const now = versionOf(filesOf(current));
    if (now === version) return current;
    // Before it is read: what changes meanwhile is read the next time.
    version = now;
    const names = filesOf(current).join();
    current = read() ?? current;
    // Of files that were not named before, what changes within this millisecond is missed until the next change.
    if (filesOf(current).join() !== names) version = versionOf(filesOf(current));
    return current;
  };
}

function versionOf(files: readonly string[]): string {
  const versions = files.map((file) => {
    // A folder that cannot be reached for a while is no reason to fail what is under way.
    try {
      const { ino, mtimeMs, size } = statSync(file);
      return `${ino} ${mtimeMs} ${size}`;
    } catch {
      return 'none';
    }
  });
  return versions.join();
}

/** Different characters, or bytes, that a random secret surely has: 32 hexadecimal digits have fewer in 1 of 20 million cases. */
const MIN_DIFFERENT = 8;
/** A text that is a shorter one, said again. */
const REPETITION = /^(.+?)\1+$/s;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const SIGNING_KEY_PREFIX = 'whsec_';
/** What an HTTP header or an address can carry, without quotes. */
const API_KEY = /^[\x21\x23-\x26\x28-\x5f\x61-\x7e]+$/;

/** A secret that cannot be guessed; null when not set. */
export function optionalSecret(minLength: number): Variable<string | null> {
  const schema = z.string().min(minLength).refine(looksRandom);
  const takes = `at least ${minLength} characters that nobody can guess, as \`openssl rand -hex 32\` makes them`;
  return { takes, schema: orNull(schema), secret: true };
}

/** A key in base64, as Standard Webhooks writes it, with or without `whsec_`; null when not set. */
export function optionalSigningKey(): Variable<string | null> {
  const schema = z.string().refine((text) => {
    const encoded = text.startsWith(SIGNING_KEY_PREFIX) ? text.slice(SIGNING_KEY_PREFIX.length) : text;
    const key = Buffer.from(encoded, 'base64');
    return BASE64.test(encoded) && key.length >= 24 && key.length <= 64 && looksRandom(key.toString('latin1'));
  });
  const takes = `${SIGNING_KEY_PREFIX} and 24 to 64 random bytes in base64, as \`openssl rand -base64 32\` makes them`;
  return { takes, schema: orNull(schema), secret: true };
}

/** A key that is sent as it is; null when not set. `takes` says whose. */
export function optionalApiKey(takes: string): Variable<string | null> {
  return { takes, schema: orNull(z.string().regex(API_KEY)), secret: true };
}

function looksRandom(text: string): boolean {
  return new Set(text).size >= MIN_DIFFERENT && !REPETITION.test(text);
}
