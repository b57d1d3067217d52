import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, UnauthenticatedError } from '../../errors/app-error.js';
import { inLanguage } from '../../errors/messages.js';
import { type AuditLog, originOf, withoutOperation } from '../audit.js';
import type { Authenticator, TokenOwner } from '../authenticator.js';
import { plainRefusal, type RefusalAnswer, refusal } from '../graphql-answer.js';
import { languageFrom, tokenFrom } from '../request-headers.js';
import type { Sales } from './sales.js';

/** A ticket with a long token and two hundred tags. */
const BODY_LIMIT_BYTES = 65_536;

/**
 * `POST {url}` with `{ ticket }` answers the sale and its bearer. 4xx: used, revoked, over, or never a ticket. 5xx: ask again, the ticket is
 * still good. `DELETE {url}` with the bearer ends its sale, however often it is asked.
 */
export function serveSession(
  app: FastifyInstance,
  url: string,
  { sales, authenticator, audit }: { sales: Sales; authenticator: Authenticator; audit: AuditLog },
): void {
  app.post(url, { bodyLimit: BODY_LIMIT_BYTES }, (request, reply) =>
    inLanguage(languageFrom(request.headers), () => redeem(request, reply)),
  );
  app.delete(url, (request, reply) => inLanguage(languageFrom(request.headers), () => end(request, reply)));

  async function redeem(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const ticket = (request.body as { ticket?: unknown } | null)?.ticket;
    if (typeof ticket !== 'string') return send(reply, plainRefusal('BAD_USER_INPUT', 400));
    let owner: TokenOwner | null = null;
    try {
      const session = await sales.redeem(ticket, async (token) => {
        owner = await authenticator.ownerOf(token);
      });
      if (!session) return refuse(request, reply, plainRefusal('UNAUTHENTICATED', 410));
      audit.write({
        ...withoutOperation('link.opened', originOf(request), 'ok'),
        ...(owner ?? {}),
        sale: session.contractCode,
        contracts: [session.contractCode],
      });
      return reply.header('cache-control', 'no-store').send(session);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return refuse(request, reply, refusal(error, error instanceof UnauthenticatedError ? 401 : 503));
    }
  }

  function refuse(request: FastifyRequest, reply: FastifyReply, answer: RefusalAnswer): FastifyReply {
    const [error] = answer.body.errors;
    audit.write(withoutOperation('link.refused', originOf(request), String(error?.extensions.code)));
    return send(reply, answer);
  }

  async function end({ headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    try {
      const ended = await sales.end(tokenFrom(headers) ?? '');
      return ended ? reply.code(204).send(null) : send(reply, plainRefusal('UNAUTHENTICATED', 401));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return send(reply, refusal(error, 503));
    }
  }
}

function send(reply: FastifyReply, { status, headers, body }: RefusalAnswer): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}
