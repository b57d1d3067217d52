/*
 * 500 clients with their homes, boxes and splitters: this client against one that asks for each id by itself, over the same local server
 * and with as many requests under way. Run after a build: `node bench/ozmap-client.ts` (Node 24).
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a small machine with a database needs for any answer. */
const SERVER_DELAY_MS = 3;
const COUNT = 500;
const CONCURRENCY = 8;

const { createOzmap } = (await import(
  new URL('../dist/ozmap/create-ozmap.js', import.meta.url).href
)) as typeof import('../src/ozmap/create-ozmap.js');

const idOf = (n: number): string => n.toString(16).padStart(24, '0');
const ids = Array.from({ length: COUNT }, (_, i) => idOf(i + 1));
const codes = ids.map((_, i) => `CTR-${String(i).padStart(8, '0')}`);

let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  const { searchParams } = new URL(request.url ?? '', 'http://ozmap');
  const [{ property, value }] = JSON.parse(searchParams.get('filter') ?? '') as [
    { property: string; value: string | string[] },
  ];
  const rows = [value].flat().map((wanted, i) => ({
    id: property === 'id' ? wanted : idOf(1_000_000 * requests + i),
    code: wanted,
    [property]: wanted,
    implanted: true,
    isDrop: true,
    connectables: { output: Array(8).fill(null) },
    padding: 'x'.repeat(400),
  }));
  setTimeout(() => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ total: rows.length, rows, hasNextPage: false }));
  }, SERVER_DELAY_MS);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function batched(): Promise<void> {
  const connector = createOzmap({ url, concurrency: CONCURRENCY });
  const ozmap = connector.as('token');
  await ozmap.findClientsByCodes(codes);
  await ozmap.findPropertiesByClientIds(ids);
  await Promise.all([ozmap.findBoxesByIds(ids), ozmap.findSplittersByIds(ids)]);
  connector.stop();
}

async function oneByOne(): Promise<void> {
  const ask = async (route: string, property: string, value: string): Promise<void> => {
    const filter = encodeURIComponent(JSON.stringify([{ property, operator: '=', value }]));
    await (await fetch(`${url}/api/v2/${route}?filter=${filter}`)).json();
  };
  const jobs = [
    ...codes.map((code) => () => ask('ftth-clients', 'code', code)),
    ...ids.map((id) => () => ask('properties', 'client', id)),
    ...ids.flatMap((id) => [() => ask('boxes', 'id', id), () => ask('splitters', 'id', id)]),
  ];
  const worker = async (): Promise<void> => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

async function measure(run: () => Promise<void>): Promise<{ ms: number; requests: number }> {
  await run(); // warm
  requests = 0;
  const startedAt = performance.now();
  await run();
  return { ms: performance.now() - startedAt, requests };
}

const theirs = await measure(oneByOne);
const ours = await measure(batched);
process.stdout.write(
  [
    `${COUNT} clients with home, box and splitter, ${SERVER_DELAY_MS} ms an answer, ${CONCURRENCY} at once`,
    `one by one: ${theirs.requests} requests, ${theirs.ms.toFixed(0)} ms`,
    `batched:    ${ours.requests} requests, ${ours.ms.toFixed(0)} ms`,
    `${(theirs.ms / ours.ms).toFixed(1)} times as fast, ${(theirs.requests / ours.requests).toFixed(0)} times fewer requests`,
    '',
  ].join('\n'),
);
server.close();
server.closeAllConnections();
