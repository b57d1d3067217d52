import type { FastifyError, FastifyInstance } from 'fastify';
import type { EmulatorLogger } from '../logger.js';
import { Refused } from '../resource.js';

/** Every refusal is `{ message }` (a guess: no error body of the real one was seen). */
export function answerErrors(app: FastifyInstance, logger: EmulatorLogger): void {
  app.setErrorHandler(async (error: FastifyError | Refused, request, reply) => {
    const status = error instanceof Refused ? error.status : (error.statusCode ?? 500);
    if (status >= 400 && status < 500) return reply.code(status).send({ message: error.message });
    if (status === 501) return reply.code(501).send({ message: error.message });
    logger.error({ err: error, method: request.method, url: request.url }, 'the embedded OZmap failed');
    return reply.code(500).send({ message: 'Erro interno' });
  });
}
