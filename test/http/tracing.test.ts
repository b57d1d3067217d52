import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';
import { until } from '../support/until.js';

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: number;
  attributes: { key: string; value: Record<string, unknown> }[];
}

const SERVER = 2;
const CLIENT = 3;
const TRACE = '7bd01f3577b34da6a3ce929d0e0e9a21';
const ABOVE = '10f067aa0ba902b7';

/** What a collector of OTLP received. */
const received: { spans: Span[] } = { spans: [] };
/** Of each request that reached OZmap. */
const passedOn: string[] = [];
const lines: Record<string, unknown>[] = [];

const bodyOf = async (incoming: IncomingMessage) => Buffer.concat(await incoming.toArray()).toString();
const collector = createServer(async (incoming, outgoing) => {
  const text = await bodyOf(incoming);
  const { resourceSpans } = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
  received.spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
  outgoing.setHeader('content-type', 'application/json').end('{}');
});

let emulator: TestEmulator;
const toOzmap = createServer((incoming, outgoing) => {
  passedOn.push(String(incoming.headers.traceparent));
  const { hostname, port } = new URL(emulator.url);
  const { url: path, method, headers } = incoming;
  const asked = request({ hostname, port, path, method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.pipe(asked);
});

const listening = (server: typeof collector) =>
  new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

let subgraph: TestSubgraph;
beforeAll(async () => {
  emulator = await startTestEmulator();
  const [endpoint, ozmap] = await Promise.all([listening(collector), listening(toOzmap)]);
  // The SDK reads the environment itself.
  Object.assign(process.env, {
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '20',
  });
  subgraph = await startTestSubgraph({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OZMAP_URL: ozmap,
      OZMAP_TOKEN: 'demo',
      NOMINATIM_URL: 'http://127.0.0.1:9',
      GEOCODER: 'nominatim',
    },
    logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) }) as never,
  });
});
afterAll(async () => {
  await subgraph.stop();
  await emulator.stop();
  for (const server of [collector, toOzmap]) server.close();
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('OTEL_'))) delete process.env[name];
});

async function traced(trace: string, query: string, variables = {}): Promise<Span[]> {
  await subgraph.query(query, variables, {
    headers: {
      traceparent: `00-${trace}-${ABOVE}-01`,
      'x-request-id': `router-${trace}`,
      'apollographql-client-name': 'cnt-front',
      'apollographql-client-version': '7.1',
    },
  });
  const mine = () => received.spans.filter(({ traceId }) => traceId === trace);
  await until(() => mine().some(({ kind }) => kind === SERVER));
  return mine();
}

const attribute = ({ attributes }: Span, name: string) =>
  Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0];

describe('With a collector named', () => {
  it("a request is a span of the router's trace, and each request to OZmap one below it, to which OZmap is told", async () => {
    const spans = await traced(TRACE, 'query Ficha($c: ID!) { client(contractCode: $c) { name } }', { c: '100003' });
    const [server] = spans.filter(({ kind }) => kind === SERVER);
    expect(server).toMatchObject({ name: 'query client', parentSpanId: ABOVE });
    expect(server && attribute(server, 'graphql.operation.name')).toBe('Ficha');
    expect(server && attribute(server, 'http.response.status_code')).toBe(200);
    const asked = spans.filter(({ kind }) => kind === CLIENT);
    expect(asked.map(({ name }) => name)).toContain('GET /api/v2/ftth-clients');
    for (const { parentSpanId, spanId } of asked) {
      expect(parentSpanId).toBe(server?.spanId);
      expect(passedOn).toContain(`00-${TRACE}-${spanId}-01`);
    }
  });

  it('each step of a command is a span, and its write one below that', async () => {
    const trace = TRACE.replace('7bd', '8ce');
    const update = 'mutation($i: UpdateClientInput!) { updateClient(input: $i) { problem { code } } }';
    const spans = await traced(trace, update, { i: { contractCode: '100003', name: 'Zenaide Quintão' } });
    const step = spans.find((span) => attribute(span, 'saga.action') !== undefined);
    expect(step && [attribute(step, 'saga.action'), attribute(step, 'saga.outcome')]).toEqual([
      'client.update',
      'DONE',
    ]);
    const write = spans.find(({ name }) => name.startsWith('PATCH'));
    expect(write).toMatchObject({ name: 'PATCH /api/v2/ftth-clients/{id}', parentSpanId: step?.spanId });
  });

  it('nothing of a customer, a contract or a token is in any span', async () => {
    const trace = TRACE.replace('7bd', '9df');
    await traced(trace, '{ client(contractCode: "ativa") { name connection { port } } }');
    await traced(trace.replace('9df', 'adf'), '{ box(id: "5ff2cb0d0f1b2a0000000006") { name } }');
    const told = () => JSON.stringify(received.spans.map(({ name, attributes }) => [name, attributes]));
    await until(() => told().includes('/api/v2/boxes'));
    expect(told()).not.toMatch(/100003|ativa|Zenaide|5ff2cb|demo/);
  });

  it('a line of the log says which program asked, for which operation, under which numbers', async () => {
    const trace = TRACE.replace('7bd', 'bef');
    await traced(trace, 'query Ficha { client(contractCode: "100003") { name } }');
    const [line] = lines.filter(({ traceId }) => traceId === trace);
    expect(line).toMatchObject({
      msg: 'operation',
      type: 'query',
      field: 'client',
      outcome: 'ok',
      operation: 'Ficha',
      client: 'cnt-front',
      clientVersion: '7.1',
      requestId: `router-${trace}`,
    });
    expect(JSON.stringify(line)).not.toContain('100003');
  });

  it('a line of the log about a command has the number under which the journal holds it', async () => {
    const trace = TRACE.replace('7bd', 'cef');
    await traced(
      trace,
      'mutation { updateClient(input: { contractCode: "100003", observation: "x" }) { problem { code } } }',
    );
    const [line] = lines.filter(({ traceId }) => traceId === trace);
    const id = (line?.operationIds as string[] | undefined)?.[0];
    const { data } = await subgraph.query(`{ integrationOperation(id: "${id}") { action contractCode } }`);
    expect(data).toEqual({ integrationOperation: { action: 'client.update', contractCode: '100003' } });
  });
});
