import type { FastifyInstance } from 'fastify';
import { Refused } from '../resource.js';

/** Reads every body as JSON, whatever its type says; GET may have one, and an empty one is none. Errors: 400 for malformed JSON. */
export function jsonBodies(app: FastifyInstance): void {
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(new Refused(400, 'O corpo não é um JSON válido'));
    }
  });
}
