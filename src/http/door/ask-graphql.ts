import type { FastifyReply, FastifyRequest, InjectOptions } from 'fastify';
import { JournalUnavailableError } from '../../errors/app-error.js';
import { callersReply } from '../graphql.js';

/** An answer of the GraphQL route. */
export interface GraphqlAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}

/**
 * Asks this service's own GraphQL route in the caller's place. `authorization`: where the token came otherwise than as a header. `endures`: it is
 * carried out also for a caller that does not wait for the answer.
 */
export async function askGraphql(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    url,
    operation,
    authorization,
    endures = false,
  }: { url: string; operation: object; authorization?: string; endures?: boolean },
): Promise<{ answer: GraphqlAnswer; retryAfter: string | undefined }> {
  const asked: InjectOptions = {
    method: 'POST',
    url,
    headers: {
      ...callersHeaders(request),
      'content-type': 'application/json',
      accept: 'application/json',
      ...(authorization !== undefined && { authorization }),
    },
    payload: JSON.stringify(operation),
    remoteAddress: request.socket.remoteAddress ?? '',
  };
  // It is sent when it is waited for, and so within.
  const sent = async () =>
    await request.server.inject(asked).catch((error: unknown) => {
      if ((error as { code?: unknown }).code === 'FST_ERR_REOPENED_CLOSE_SERVER')
        throw new JournalUnavailableError('the service is stopping');
      throw error;
    });
  const response = await (endures ? sent() : callersReply.run(reply.raw, sent));
  return { answer: response.json<GraphqlAnswer>(), retryAfter: response.headers['retry-after']?.toString() };
}

/** Those that tell of the body stay behind: it is another one. */
const OF_THE_BODY = /^(content-|transfer-encoding$|accept-encoding$|expect$|connection$|te$|trailer$|upgrade$)/;

function callersHeaders({ headers, id }: FastifyRequest): Record<string, string | string[]> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || OF_THE_BODY.test(name) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), 'x-request-id': id };
}
