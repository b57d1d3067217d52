import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const WEB = join(import.meta.dirname, '../../../dist/web');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** What the subgraph will serve for the page, in front of it until it does: files, configuration, tickets. GraphQL goes through. */
export async function standInFor(subgraph: string, center: { lat: number; lng: number }) {
  const base = new URL(subgraph).pathname;
  const tickets = new Map<string, object>();

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', subgraph).pathname.slice(base.length);
    const send = (status: number, type: string, body: string | Buffer, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(body);
    };
    const json = (status: number, body: unknown) => send(status, 'application/json', JSON.stringify(body));
    if (path === '/ozloc') {
      return send(200, 'text/html; charset=utf-8', readFileSync(join(WEB, 'ozloc.html')), {
        'content-security-policy': POLICY,
      });
    }
    if (path === '/ozloc/config.json') {
      const map = { center: [center.lng, center.lat], zoom: 15.5 };
      return json(200, { graphqlUrl: 'graphql', sessionUrl: 'ozloc/session', demoToken: 'demo', map });
    }
    if (path === '/ozloc/session') {
      const { ticket } = JSON.parse(await textOf(request)) as { ticket: string };
      const session = tickets.get(ticket);
      tickets.delete(ticket);
      return session ? json(200, session) : json(410, { code: 'TICKET_USED' });
    }
    if (path === '/frame') {
      const address = `${base}/ozloc?lat=${center.lat}&lng=${center.lng}`;
      return send(
        200,
        'text/html',
        `<!doctype html><title>CNT</title><iframe src="${address}" width=1200 height=760></iframe>`,
      );
    }
    if (path === '/graphql') {
      const through = await fetch(`${subgraph}/graphql`, {
        method: 'POST',
        headers: pick(request, ['authorization', 'content-type', 'accept']),
        body: withoutJournal(await textOf(request)),
      });
      return send(through.status, 'application/json', await through.text());
    }
    const file = join(WEB, path);
    if (path.startsWith('/assets/') && existsSync(file)) {
      return send(200, TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file), {
        'cache-control': 'public, max-age=31536000, immutable',
      });
    }
    return send(404, 'text/plain', 'not here');
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`;
  return {
    url,
    link(session: { contractCode: string; expiresInMs?: number }): string {
      const { expiresInMs = 900_000, ...rest } = session;
      const ticket = randomUUID();
      const expiresAt = new Date(Date.now() + expiresInMs).toISOString();
      const empty = { name: null, address: null, location: null, tags: [], relocate: false };
      tickets.set(ticket, { token: 'demo', ...empty, ...rest, expiresAt });
      return `${url}/ozloc#t=${ticket}`;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The subgraph as it is now knows neither idempotency keys nor operations. */
function withoutJournal(body: string): string {
  const request = JSON.parse(body) as { query: string; variables: { input?: Record<string, unknown> } };
  delete request.variables.input?.idempotencyKey;
  const query = request.query.replace(/^\s*operation \{[^}]*\}/gm, '');
  return JSON.stringify({ ...request, query });
}

function pick(request: IncomingMessage, names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : [])),
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
