import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Somebody's map on an origin of its own: a style, or anything else that a style may name, which is empty. */
export interface MapServer {
  url: string;
  /** Paths that were asked for. */
  asked: string[];
  style: object;
  stop(): Promise<void>;
}

/** A map server on a free port; any page may read what it sends. */
export async function startMapServer(): Promise<MapServer> {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const style = url === '/style.json';
    response.writeHead(style ? 200 : 204, { 'access-control-allow-origin': '*', 'content-type': 'application/json' });
    response.end(style ? JSON.stringify(self.style) : undefined);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const self: MapServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    style: {},
    stop() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
  return self;
}
