import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { heardBy, SEND, WriteTooLateError, withAnswer } from '../../src/domain/write.js';
import { createOzmap } from '../../src/ozmap/create-ozmap.js';
import { idOf } from '../support/ozmap-answers.js';
import { type Answer, json, tinyServer } from '../support/tiny-server.js';
import { until } from '../support/until.js';

async function open(answer: Answer, options: { concurrency?: number } = {}) {
  const server = await tinyServer(answer);
  const connector = createOzmap({ url: server.url, timeoutMs: 5_000, ...options });
  onTestFinished(async () => {
    connector.stop();
    await server.stop();
  });
  return { server, ozmap: connector.as('t') };
}

it('A write that may not be sent any more once its connection stands is not sent', async () => {
  const { server, ozmap } = await open((_, response) => response.writeHead(204).end());
  const write = ozmap.updateClient(idOf(1), { implanted: true });
  await expect(write[SEND](() => false)).rejects.toBeInstanceOf(WriteTooLateError);
  expect(server.got).toEqual([]);
  expect(await write[SEND](() => true)).toEqual({ status: 204, value: undefined });
  expect(server.got).toHaveLength(1);
});

it('Nor is one sent too late whose answer is read further, or whose outcome goes through somebody', async () => {
  const { server, ozmap } = await open((_, response) => response.writeHead(204).end());
  const write = ozmap.updateClient(idOf(1), { implanted: true });
  for (const late of [withAnswer(write, () => 'read'), heardBy(write, (sent) => sent)])
    await expect(late[SEND](() => false)).rejects.toBeInstanceOf(WriteTooLateError);
  expect(server.got).toEqual([]);
});

it('Whether a write may still be sent is asked after it has waited for its place among the requests under way', async () => {
  const answers: (() => void)[] = [];
  const { server, ozmap } = await open((_, response) => answers.push(() => json(response, { rows: [] })), {
    concurrency: 1,
  });
  const read = ozmap.findProjects();
  await until(() => answers.length === 1);
  let asked = 0;
  const late = ozmap
    .deleteClient(idOf(1))
    [SEND](() => {
      asked += 1;
      return false;
    })
    .catch((error: unknown) => error);
  await new Promise(setImmediate);
  expect(asked).toBe(0);
  answers[0]?.();
  await read;
  expect(await late).toBeInstanceOf(WriteTooLateError);
  expect(asked).toBe(1);
  expect(server.got.map(({ method }) => method)).toEqual(['GET']);
});

it('Of a write that is not sent, not one byte reaches OZmap', async () => {
  const bytes: Buffer[] = [];
  const ended = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on('data', (chunk) => bytes.push(chunk));
    socket.on('close', () => ended.resolve());
    socket.on('error', () => {});
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  const connector = createOzmap({ url: `http://127.0.0.1:${port}`, timeoutMs: 5_000 });
  const write = connector.as('t').createClient({ code: '1', implanted: false });
  await expect(write[SEND](() => false)).rejects.toBeInstanceOf(WriteTooLateError);
  await ended.promise;
  expect(bytes).toEqual([]);
  connector.stop();
  server.close();
});
