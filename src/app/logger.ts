import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import type { Config } from '../config.js';

/** Wherever one of these turns up in a log line, it is blacked out. */
const SECRETS = ['authorization', 'token', 'apiKey', 'password', 'secret', 'cookie'];

/** JSON lines on standard output, without tokens. */
export function createLogger(level: Config['logLevel']): FastifyBaseLogger {
  return pino({
    level,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[hidden]' },
  }) as FastifyBaseLogger;
}
