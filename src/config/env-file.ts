import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { distance } from 'fastest-levenshtein';
import { SECRETS, VARIABLES } from './variables.js';

const OURS: readonly string[] = [...Object.keys(VARIABLES), ...SECRETS.map((name) => `${name}_FILE`)];
/** Read by compose.yaml, by Node, by OpenTelemetry's SDK or by PostgreSQL's client. */
const OF_OTHERS = /^(POSTGRES_PASSWORD|POSTGRES_IMAGE|NODE_IMAGE|TZ|(NODE|OTEL|PG|COMPOSE|DOCKER)_?[A-Z0-9_]+)$/;
/** A shorter name is near to too much that every environment has: HOME to HOST, PATH to PORT. */
const SHORTEST_TYPO = 7;

/**
 * Adds to this process's environment what `.env` in the working folder sets and the environment does not. Answers, in words and without
 * values, which names are probably mistaken: those of the file that nobody reads, and those of the environment that nearly are ours.
 */
export function readEnvFile(env: NodeJS.ProcessEnv, folder = process.cwd()): string[] {
  const nearlyOurs = Object.keys(env).flatMap((name) => {
    const meant = isRead(name) || name.length < SHORTEST_TYPO ? null : nearest(name, 2);
    return meant ? [`${name} is set, and nothing reads it; did you mean ${meant}?`] : [];
  });
  const path = join(folder, '.env');
  if (!existsSync(path)) return nearlyOurs;
  const inFile = parseEnv(readFileSync(path, 'utf8'));
  const unread = Object.keys(inFile)
    .filter((name) => !isRead(name))
    .map((name) => {
      const meant = nearest(name, Math.ceil(name.length / 3));
      return `${name} in .env is read by nothing${meant ? `; did you mean ${meant}?` : ''}`;
    });
  for (const [name, value] of Object.entries(inFile)) env[name] ??= value;
  return [...unread, ...nearlyOurs];
}

function isRead(name: string): boolean {
  return OURS.includes(name) || OF_OTHERS.test(name);
}

/** The name of ours that is fewest letters away, at most `letters`; or the one that this is the beginning of. */
function nearest(name: string, letters: number): string | undefined {
  const byLetters = OURS.map((ours) => ({ ours, far: distance(name, ours) })).sort((a, b) => a.far - b.far)[0];
  if (byLetters && byLetters.far <= letters) return byLetters.ours;
  return name.includes('_') ? OURS.find((ours) => ours.startsWith(`${name}_`)) : undefined;
}

/** Does this; what goes wrong names the variable of the environment that an operator would mend. Errors: as thrown, the variable in front. */
export async function blaming<T>(variable: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error)
      error.message = `${variable}: ${error.message || String((error as NodeJS.ErrnoException).code)}`;
    throw error;
  }
}
