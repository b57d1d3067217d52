import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer as it went over the wire. */
export interface Transfer {
  path: string;
  /** Of the body, compressed where the service compresses. */
  bytes: number;
  status: number;
}

/** Stands between a browser and a service and writes down what each answer weighed, whoever asked: page, frame or worker. */
export interface CountingProxy {
  url: string;
  transfers: Transfer[];
  stop(): Promise<void>;
}

/** Shape: origin of the service, the encoding that its clients are said to understand → a proxy on a free port. */
export async function startCountingProxy(origin: string, encoding: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(origin);
  const transfers: Transfer[] = [];
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, 'accept-encoding': encoding };
    const asked = request({ hostname, port, path: incoming.url, method: incoming.method, headers }, (answer) => {
      const transfer = { path: incoming.url ?? '', bytes: 0, status: answer.statusCode ?? 0 };
      transfers.push(transfer);
      answer.on('data', (part: Buffer) => {
        transfer.bytes += part.length;
      });
      outgoing.writeHead(transfer.status, answer.headers);
      answer.pipe(outgoing);
    });
    asked.on('error', () => outgoing.destroy());
    incoming.pipe(asked);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    transfers,
    stop() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
