import type { FastifyRequest } from 'fastify';
import type { Origin } from '../../graph/context.js';
import { cntUserFrom, traceIdFrom } from '../request-headers.js';

/** Where a request came from. `cntUser` is given where a link's bearer says who sells. */
export function originOf(request: FastifyRequest, cntUser = cntUserFrom(request.headers)): Origin {
  return { address: request.ip, traceId: traceIdFrom(request.headers) ?? request.id, cntUser };
}
