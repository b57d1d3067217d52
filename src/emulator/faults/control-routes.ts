import type { FastifyInstance } from 'fastify';
import { Refused } from '../resource.js';
import { faultRequest } from './fault.js';
import type { FaultBox } from './fault-box.js';
import type { RequestLog } from './request-log.js';

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
