import { readFileSync } from 'node:fs';

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
