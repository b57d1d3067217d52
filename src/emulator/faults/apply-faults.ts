import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from './fault.js';
import type { FaultBox } from './fault-box.js';

/** Puts the faults in the way of every request of this part of the server. */
export function applyFaults(app: FastifyInstance, faults: FaultBox): void {
  const struck = new WeakMap<FastifyRequest, Fault>();

  app.addHook('onRequest', async (request, reply) => {
    const fault = faults.strike(request.method, request.url);
    if (!fault) return;
    struck.set(request, fault);
    if (fault.fault === 'delay' && !(await faults.wait(fault.delayMs))) return reply.hijack();
    if (fault.fault === 'reset-before') return reset(request, reply);
    if (fault.fault === 'status') {
      if (fault.retryAfterS !== undefined) reply.header('retry-after', String(fault.retryAfterS));
      return reply.code(fault.status).send({ message: `Falha simulada ${fault.status}` });
    }
  });

  // Not earlier: a late effect needs its body, and that comes over the connection.
  app.addHook('preHandler', async (request, reply) => {
    const fault = struck.get(request);
    if (fault?.fault !== 'late') return;
    request.raw.socket.resetAndDestroy();
    const goesOn = await faults.wait(fault.lateMs);
    if (!goesOn) return reply.hijack();
  });

  app.addHook('onSend', async (request, _reply, payload) => {
    if (struck.get(request)?.fault === 'reset-after') request.raw.socket.resetAndDestroy();
    return payload;
  });
}

function reset(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
  return reply;
}
