import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from '../resource.js';
import { type Fault, type FaultBox, faultRequest, type RequestLog } from './faults.js';

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
      reply.code(fault.status);
      if (fault.text !== undefined) return reply.type('text/plain; charset=utf-8').send(fault.text);
      return reply.send({ message: `Falha simulada ${fault.status}` });
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

/** `/_control`: for tests and demos only; the server mounts it only when asked to. */
export function controlRoutes(app: FastifyInstance, faults: FaultBox, requests: RequestLog): void {
  app.get('/_control/faults', async () => ({ faults: faults.list() }));
  app.post('/_control/faults', async (request, reply) => {
    const read = faultRequest.safeParse(request.body);
    if (!read.success) {
      const faulty = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new Refused(400, faulty.join('; '));
    }
    return reply.code(201).send(faults.set(read.data));
  });
  app.delete('/_control/faults', async (_request, reply) => {
    faults.clear();
    return reply.code(204).send(null);
  });
  app.get('/_control/requests', async () => ({ total: requests.total, requests: requests.list() }));
  app.delete('/_control/requests', async (_request, reply) => {
    requests.clear();
    return reply.code(204).send(null);
  });
}
