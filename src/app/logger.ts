import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import type { Config } from '../config.js';

/** Wherever one of these turns up in a log line, it is blacked out. */
const SECRETS = ['authorization', 'token', 'apiKey', 'password', 'secret', 'cookie'];

const BUFFER_BYTES = 4_096;
const FLUSH_MS = 200;
/** What memory holds while nobody reads the output; what comes then is lost. */
const MAX_BUFFER_BYTES = 16 * 1024 * 1024;

/**
 * JSON lines on standard output, without tokens. They are gathered for some milliseconds, and written at once when the process ends or
 * something is fatal. `isShared`: others write whole lines there, too, so that each must be written by itself.
 */
export function createLogger(level: Config['logLevel'], isShared: boolean): FastifyBaseLogger {
  const gathered = { sync: false, minLength: BUFFER_BYTES, maxLength: MAX_BUFFER_BYTES };
  const destination = pino.destination({ dest: 1, ...(isShared ? { sync: true } : gathered) });
  if (!isShared) setInterval(() => destination.flush(), FLUSH_MS).unref();
  const redact = { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' };
  return pino({ level, redact }, destination) as FastifyBaseLogger;
}
