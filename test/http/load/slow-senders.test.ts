import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startTestSubgraph } from '../../support/start-subgraph.js';
import { until } from '../../support/until.js';

async function started(env: NodeJS.ProcessEnv) {
  const subgraph = await startTestSubgraph({ env });
  onTestFinished(() => subgraph.stop());
  const { hostname, port } = new URL(subgraph.url);
  /** Opens a connection and sends the beginning of a request. */
  const open = async (beginning: string) => {
    const socket = connect(Number(port), hostname);
    const seen = { closed: false, text: '' };
    socket.on('data', (chunk) => {
      seen.text += chunk;
    });
    socket.on('close', () => {
      seen.closed = true;
    });
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    if (beginning !== '') socket.write(beginning);
    return { socket, seen };
  };
  return { subgraph, open };
}

/** One more byte now and then, for ever. */
function drip(socket: Socket, bytes: string): void {
  const timer = setInterval(() => socket.writable && socket.write(bytes), 100);
  onTestFinished(() => clearInterval(timer));
}

const HEAD = 'POST /integrations/cnt HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';

it('ends connections whose headers or body do not arrive in time, however they drip, and those that say nothing', async () => {
  const { open } = await started({ RECEIVE_TIMEOUT_MS: '1000' });
  const headers = await open(HEAD);
  drip(headers.socket, 'x: y\r\n');
  const body = await open(`${HEAD}content-length: 60000\r\n\r\n{`);
  drip(body.socket, ' ');
  const silent = await open('');
  await until(() => [headers, body, silent].every(({ seen }) => seen.closed), 20_000);
  expect([headers.seen.text, body.seen.text].map((text) => text.split('\r\n')[0])).toEqual([
    'HTTP/1.1 408 Request Timeout',
    'HTTP/1.1 408 Request Timeout',
  ]);
});

it('closes connections beyond MAX_CONNECTIONS, while health is still told on OPS_PORT, and takes new ones when slow ones have ended', async () => {
  const { subgraph, open } = await started({ MAX_CONNECTIONS: '5', RECEIVE_TIMEOUT_MS: '1000', OPS_PORT: '0' });
  const held = await Promise.all(Array.from({ length: 5 }, () => open(HEAD)));
  const sixth = await open('GET /nowhere HTTP/1.1\r\nhost: x\r\n\r\n');
  await until(() => sixth.seen.closed);
  expect(sixth.seen.text).toBe('');
  expect((await fetch(`${subgraph.opsUrl}/healthz`)).status).toBe(200);
  await until(() => held.every(({ seen }) => seen.closed), 20_000);
  expect((await subgraph.query('{ __typename }')).data).toEqual({ __typename: 'Query' });
});
