import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { SEND } from '../../src/domain/write.js';
import { createOzmap } from '../../src/ozmap/create-ozmap.js';
import { createHttp } from '../../src/ozmap/http.js';
import type { Ozmap, OzmapConnector } from '../../src/ozmap/types.js';
import { idOf } from '../support/ozmap-answers.js';
import { type Answer, json, type TinyServer, tinyServer } from '../support/tiny-server.js';

let server: TinyServer;
let connector: OzmapConnector;
let ozmap: Ozmap;

async function open(answer: Answer): Promise<void> {
  server = await tinyServer(answer);
  connector = createOzmap({ url: server.url, timeoutMs: 300 });
  ozmap = connector.as('secret-token');
}

afterEach(async () => {
  connector.stop();
  await server.stop();
});

const activate = (): Promise<unknown> => ozmap.updateClient(idOf(1), { implanted: true })[SEND]();
const reserve = (): Promise<unknown> =>
  ozmap
    .createProperty({
      boxId: idOf(2),
      location: { lat: -19.9, lng: -44.05 },
      client: { code: '123', implanted: false },
      autoConnect: true,
    })
    [SEND]();

describe('a write', () => {
  it('says where it goes before it is sent, and sends nothing by itself', async () => {
    await open((_, response) => response.writeHead(204).end());
    const write = ozmap.updateClient(idOf(1), { implanted: true });
    expect(write).toMatchObject({ method: 'PATCH', path: `ftth-clients/${idOf(1)}` });
    expect(server.got).toHaveLength(0);
    expect(await write[SEND]()).toEqual({ status: 204, value: undefined });
    expect(server.got).toMatchObject([{ url: `/api/v2/ftth-clients/${idOf(1)}`, body: '{"implanted":true}' }]);
  });

  it.each([
    [400, 'UPSTREAM_REFUSED'],
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [404, 'UPSTREAM_REFUSED'],
    [409, 'UPSTREAM_REFUSED'],
    [422, 'UPSTREAM_REFUSED'],
    [501, 'UPSTREAM_REFUSED'],
    [429, 'UPSTREAM_UNAVAILABLE'],
    [301, 'UPSTREAM_UNAVAILABLE'],
    [308, 'UPSTREAM_UNAVAILABLE'],
    [302, 'UPSTREAM_OUTCOME_UNKNOWN'],
    [408, 'UPSTREAM_OUTCOME_UNKNOWN'],
    [500, 'UPSTREAM_OUTCOME_UNKNOWN'],
    [502, 'UPSTREAM_OUTCOME_UNKNOWN'],
    [503, 'UPSTREAM_OUTCOME_UNKNOWN'],
    [504, 'UPSTREAM_OUTCOME_UNKNOWN'],
  ])('answered with %i is %s, and is never sent again', async (status, code) => {
    await open((_, response) => json(response, { message: 'no' }, status, { location: 'http://127.0.0.1:1/' }));
    await expect(activate()).rejects.toMatchObject({ code });
    expect(server.got).toHaveLength(1);
  });

  it.each([
    ['hangs', () => {}],
    ['resets', (_: unknown, response) => response.socket?.resetAndDestroy()],
    [
      'answers with a web page',
      (_: unknown, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    ],
    ['answers without the id of what it made', (_: unknown, response) => json(response, { ok: true }, 201)],
    ['answers 201 without a body', (_: unknown, response) => response.writeHead(201).end()],
    [
      'answers with half a body',
      (_: unknown, response) => {
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"id":');
        setTimeout(() => response.destroy(), 10);
      },
    ],
  ] satisfies [string, Answer][])(
    'is UPSTREAM_OUTCOME_UNKNOWN when OZmap %s, and is never sent again',
    async (_name, answer) => {
      await open(answer);
      await expect(reserve()).rejects.toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
      expect(server.got).toHaveLength(1);
    },
  );

  it('is UPSTREAM_UNAVAILABLE when nobody listens: surely not sent', async () => {
    await open(() => {});
    await server.stop();
    await expect(reserve()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('is UPSTREAM_UNAVAILABLE when the name is not known: surely not sent', async () => {
    await open(() => {});
    const nowhere = createOzmap({ url: 'http://ozmap.invalid:9994', timeoutMs: 5_000 });
    await expect(nowhere.as('t').deleteClient(idOf(1))[SEND]()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    nowhere.stop();
  });

  it('does not go out on a kept connection, which OZmap may just be closing; reads do', async () => {
    const ports: (number | undefined)[] = [];
    await open(({ method }, response) => {
      ports.push(response.socket?.remotePort);
      json(response, method === 'GET' ? { rows: [] } : { id: idOf(3) }, method === 'GET' ? 200 : 201);
    });
    await ozmap.findProjects();
    await ozmap.findProjects();
    await reserve();
    await reserve();
    expect(ports[1]).toBe(ports[0]);
    expect(new Set(ports).size).toBe(3);
  });

  it('carries OZmap’s own words, cut, without the token', async () => {
    await open((_, response) => json(response, { error: `secret-token ${'x'.repeat(1_000)}` }, 400));
    const error = (await activate().catch((e: unknown) => e)) as { upstreamMessage: string; stack: string };
    expect(error.upstreamMessage).toHaveLength(300);
    expect(error.upstreamMessage.startsWith('[token] xxx')).toBe(true);
    expect(error.stack).not.toContain('secret-token');
  });

  it('is applied when 2xx came, whatever is wrong with a body nobody needs', async () => {
    await open((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{');
      setTimeout(() => response.destroy(), 10);
    });
    expect(await activate()).toEqual({ status: 200, value: undefined });
  });
});

describe('bodies', () => {
  it('of a reservation are OZmap’s: coords as [lng, lat], the splitter as connector, no force', async () => {
    await open((_, response) => json(response, { id: idOf(3), client: idOf(4), box: idOf(2) }, 201));
    const sent = await ozmap
      .createProperty({
        address: 'Rua das Acácias, 7',
        boxId: idOf(2),
        location: { lat: -19.9, lng: -44.05 },
        client: { code: '123', name: 'Maria', implanted: false },
        autoConnect: true,
        connectorId: idOf(5),
        port: 3,
        dropPoleIds: [idOf(6)],
        externalId: 'op-1',
      })
      [SEND]();
    expect(sent).toMatchObject({
      status: 201,
      value: { id: idOf(3), clientId: idOf(4), boxId: idOf(2), client: null },
    });
    expect(JSON.parse(server.got[0]?.body ?? '')).toEqual({
      address: 'Rua das Acácias, 7',
      external_id: 'op-1',
      box: idOf(2),
      coords: [-44.05, -19.9],
      client: { code: '123', name: 'Maria', implanted: false },
      auto_connect: true,
      connector: idOf(5),
      port: 3,
      drop_poles: [idOf(6)],
    });
  });

  it('of updates clear a text by the empty text and detach a client by null', async () => {
    await open((_, response) => response.writeHead(204).end());
    await ozmap.updateClient(idOf(1), { name: null })[SEND]();
    await ozmap.updateProperty(idOf(3), { clientId: null, observation: '[CNT 1]' })[SEND]();
    expect(server.got.map(({ body }) => JSON.parse(body))).toEqual([
      { name: '' },
      { observation: '[CNT 1]', client: null },
    ]);
  });

  it('go to the routes of the integrator’s guide', async () => {
    await open((_, response) => response.writeHead(204).end());
    for (const write of [
      ozmap.deleteProperty('p'),
      ozmap.deleteClient('c'),
      ozmap.disconnectDrop('d'),
      ozmap.deleteDrop('d'),
      ozmap.connectFiber('s', 3, 'f'),
      ozmap.disconnectFiber('s', 'f'),
    ])
      await write[SEND]();
    expect(server.got.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['DELETE', '/api/v2/properties/p', ''],
      ['DELETE', '/api/v2/ftth-clients/c', ''],
      ['POST', '/api/v2/cables/d/fibers/disconnect', ''],
      ['DELETE', '/api/v2/drops/d', ''],
      [
        'POST',
        '/api/v2/connect',
        '{"elementA":{"id":"s","kind":"splitter","side":"output","port":3},"elementB":{"id":"f","kind":"fiber"}}',
      ],
      ['POST', '/api/v2/disconnect', '{"elementA":{"id":"s","kind":"splitter"},"elementB":{"id":"f","kind":"fiber"}}'],
    ]);
  });
});

it('A write whose caller is gone before it is sent is not sent, and leaves nothing uncaught', async () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => void process.off('uncaughtException', note));
  const { send, close } = createHttp('http://127.0.0.1:9', 1);
  onTestFinished(close);
  const write = { method: 'PATCH', path: 'ftth-clients/1', body: {}, timeoutMs: 300 } as const;
  await expect(send({ ...write, signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'stopped', sent: false });
  await setImmediate();
  expect(uncaught).toEqual([]);
});
