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

/** OZmap's list envelope around all rows of one page. */
export function envelope(rows: object[], total = rows.length): object {
  return { total, count: rows.length, start: 0, limit: 1_000, rows, hasNextPage: rows.length < total };
}

/** The decoded `filter` of a request, empty when there is none. */
export function filterOf({ url }: Got): { property: string; operator: string; value: unknown }[] {
  const text = new URL(url, 'http://x').searchParams.get('filter');
  return text ? JSON.parse(text) : [];
}

/** `idOf(1)` is 000000000000000000000001: an ObjectId that tests can read. */
export function idOf(n: number): string {
  return n.toString(16).padStart(24, '0');
}
