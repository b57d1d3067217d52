import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as the server got it. */
export interface Got {
  method: string;
  /** Path and query exactly as they came over the wire. */
  url: string;
  authorization: string | undefined;
  body: string;
}

export interface TinyServer {
  url: string;
  got: Got[];
  stop(): Promise<void>;
}

/** Answers one request; `nth` counts from 1. */
export type Answer = (request: Got, response: ServerResponse, nth: number) => void;

/** A real HTTP server on a free port that answers as the test says, hangs, resets or lies. */
export async function tinyServer(answer: Answer): Promise<TinyServer> {
  const got: Got[] = [];
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const { method = '', url = '' } = request;
    const entry = { method, url, authorization: request.headers.authorization, body };
    got.push(entry);
    answer(entry, response, got.length);
  });
  server.keepAliveTimeout = 5_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** 200 with JSON, or another status. */
export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
