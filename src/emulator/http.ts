import type { FastifyError, FastifyInstance } from 'fastify';
import { Refused } from './resource.js';

/** Where the embedded OZmap writes what went wrong; a pino logger fits. */
export interface EmulatorLogger {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Lets pages of any origin call the API with a token, as OZmap does. */
export function allowAllOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('access-control-allow-origin', '*');
    if (request.method !== 'OPTIONS') return;
    reply.header('access-control-allow-methods', 'GET, POST, PATCH, DELETE, OPTIONS');
    reply.header('access-control-allow-headers', 'Authorization, Content-Type, integration');
    reply.header('access-control-max-age', '600');
    return reply.code(204).send(null);
  });
}

/**
 * Reads every body as JSON, whatever its type says; GET may have one, and an empty one is none. Strictly in UTF-8: a name in another
 * charset would be kept with U+FFFD in it.
 * Errors: 400 for malformed JSON or UTF-8; 501 for files and forms with parts, which are not emulated.
 */
export function jsonBodies(app: FastifyInstance): void {
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('multipart/form-data', (request, _body, done) => {
    done(new Refused(501, `${request.method} ${request.url.split('?', 1)[0]}: multipart/form-data não é emulado`));
  });
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(utf8.decode(body as Buffer)));
    } catch {
      done(new Refused(400, 'O corpo não é um JSON válido em UTF-8'));
    }
  });
}

/** Every refusal is `{ message }` (inferred: no error body of the real one was seen). */
export function answerErrors(app: FastifyInstance, logger: EmulatorLogger | undefined): void {
  app.setErrorHandler(async (error: FastifyError | Refused, request, reply) => {
    const status = error instanceof Refused ? error.status : (error.statusCode ?? 500);
    if (status === 501 || (status >= 400 && status < 500)) return reply.code(status).send({ message: error.message });
    logger?.error({ err: error, method: request.method, url: request.url }, 'the embedded OZmap failed');
    return reply.code(500).send({ message: 'Erro interno' });
  });
}
