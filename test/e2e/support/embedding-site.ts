import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site that shows whatever `?src=` says in a frame, as CNT shows the map page; under two names, so two origins. */
export interface EmbeddingSite {
  origin: string;
  otherOrigin: string;
  stop(): void;
}

export async function startEmbeddingSite(): Promise<EmbeddingSite> {
  const server = createServer(({ url = '' }, response) => {
    const src = new URL(url, 'http://site').searchParams.get('src')?.replaceAll('&', '&amp;') ?? '';
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>CNT</title><iframe src="${src}" width="1050" height="640"></iframe>`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
    stop: () => server.close(),
  };
}
