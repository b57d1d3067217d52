import { AppError } from '../errors/app-error.js';

/** What a log may know of a failure. */
export interface Fault {
  /** Of an AppError its code, of a system or database error its own (`ECONNREFUSED`, `23505`). Null: it has none. */
  code: string | null;
  reason: string | null;
  /** The class. */
  error: string;
  /** Where it was thrown; only of what nobody expected. */
  at?: string[];
}

const FRAMES = 5;

/**
 * A failure without its words: messages and details of OZmap, the database or node-fetch quote names, values and URLs with their secrets,
 * and a log keeps them.
 */
export function faultOf(error: unknown): Fault {
  if (error instanceof AppError)
    return { code: error.code, reason: error.reason ?? null, error: error.constructor.name };
  if (!(error instanceof Error)) return { code: null, reason: null, error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { code, reason: null, error: error.constructor.name, at: framesOf(error) };
}

/** The message stands before the frames, and may have lines of its own. */
function framesOf({ stack = '', message }: Error): string[] {
  return stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, FRAMES);
}
