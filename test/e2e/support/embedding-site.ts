import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A site that shows whatever `?src=` says in a frame, as CNT shows the map page, or the HTML of `?html=`, sends no referrer, and keeps what it is told in `told`; under two
 * names, so two origins.
 */
export interface EmbeddingSite {
  origin: string;
  otherOrigin: string;
  stop(): void;
}

const KEEP = `<script>const told = []; addEventListener('message', ({ data, origin }) => told.push({ ...data, origin }));</script>`;

export async function startEmbeddingSite(): Promise<EmbeddingSite> {
  const server = createServer(({ url = '' }, response) => {
    const query = new URL(url, 'http://site').searchParams;
    const src = query.get('src')?.replaceAll('&', '&amp;') ?? '';
    response.setHeader('content-type', 'text/html');
    const frame = src && `<iframe src="${src}" width="1050" height="640"></iframe>`;
    response.end(
      `<!doctype html><title>CNT</title><meta name="referrer" content="no-referrer">${KEEP}${frame}${query.get('html') ?? ''}`,
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    stop: () => server.close(),
  };
}
