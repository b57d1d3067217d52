import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider on a port of its own that answers every request with the same JSON. */
export async function startProvider() {
  let json: unknown;
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer(next: unknown) {
      json = next;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
