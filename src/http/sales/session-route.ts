import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../domain/operation.js';
import { AppError, RateLimitedError, UnauthenticatedError } from '../../errors/app-error.js';
import type { Authenticator } from '../../store/tokens/authenticator.js';
import type { Admission } from '../admission.js';
import { type AuditLog, originOf, withoutOperation } from '../audit.js';
import { NO_STORE, plainRefusal, refusal, sendRefusal } from '../graphql-answer.js';
import { inCallersLanguage, tokenFrom } from '../request-headers.js';
import type { SaleSession, Sales } from './sales.js';

/** A ticket with a long token and two hundred tags. */
const BODY_LIMIT_BYTES = 65_536;

/** What the route works with. */
export interface SessionOptions {
  sales: Sales;
  authenticator: Authenticator;
  admission: Pick<Admission, 'signIn'>;
  audit: AuditLog;
}

/** The ticket was used or revoked, is over, or never was one. */
class TicketOverError extends UnauthenticatedError {}

/**
 * `POST {url}` with `{ ticket }` answers the sale and its bearer. 4xx: used, revoked, over, or never a ticket, and 429 after too many of those.
 * 5xx: ask again, the ticket is still good. `DELETE {url}` with the bearer ends its sale, however often it is asked.
 */
export function serveSession(app: FastifyInstance, url: string, options: SessionOptions): void {
  const { sales, authenticator, admission, audit } = options;
  app.post(url, { bodyLimit: BODY_LIMIT_BYTES }, (request, reply) =>
    inCallersLanguage(request, () => redeem(request, reply)),
  );
  app.delete(url, (request, reply) => inCallersLanguage(request, () => end(request, reply)));

  async function redeem(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const ticket = (request.body as { ticket?: unknown } | null)?.ticket;
    if (typeof ticket !== 'string') return sendRefusal(reply, plainRefusal('BAD_USER_INPUT', 400));
    try {
      const { session, by } = await admission.signIn(request, () => opened(ticket));
      audit.write({
        ...withoutOperation('link.opened', originOf(request, by.cntUser), 'ok', by),
        sale: session.contractCode,
        contracts: [session.contractCode],
      });
      return reply.headers(NO_STORE).send(session);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      audit.write(withoutOperation('link.refused', originOf(request), error.code));
      return sendRefusal(reply, refusal(error, statusOf(error)));
    }
  }

  /** Errors: UNAUTHENTICATED (the ticket or its token) · UPSTREAM_UNAVAILABLE · JOURNAL_UNAVAILABLE. */
  async function opened(ticket: string): Promise<{ session: SaleSession; by: Actor }> {
    let by: Actor | null = null;
    const session = await sales.redeem(ticket, async (token, cntUser) => {
      by = { ...(await authenticator.ownerOf(token)), cntUser };
    });
    if (!session || !by) throw new TicketOverError('the ticket is used, over, or none of ours');
    return { session, by };
  }

  async function end({ headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    try {
      const ended = await sales.end(tokenFrom(headers) ?? '');
      return ended ? reply.code(204).send(null) : sendRefusal(reply, plainRefusal('UNAUTHENTICATED', 401));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return sendRefusal(reply, refusal(error, 503));
    }
  }
}

function statusOf(error: AppError): number {
  if (error instanceof TicketOverError) return 410;
  if (error instanceof RateLimitedError) return 429;
  return error instanceof UnauthenticatedError ? 401 : 503;
}
