import { afterEach, describe, expect, it } from 'vitest';
import { createOzmap, type OzmapOptions } from '../../src/ozmap/create-ozmap.js';
import type { OzmapConnector } from '../../src/ozmap/types.js';
import { envelope, idOf } from '../support/ozmap-answers.js';
import { type Answer, json, type TinyServer, tinyServer } from '../support/tiny-server.js';

let server: TinyServer;
let connector: OzmapConnector;

async function open(answer: Answer, options: Partial<OzmapOptions> = {}): Promise<void> {
  server = await tinyServer(answer);
  connector = createOzmap({ url: server.url, timeoutMs: 300, ...options });
}

afterEach(async () => {
  connector.stop();
  await server.stop();
});

const client = { id: idOf(1), code: '123', name: 'Maria', implanted: false };
const clients = (): Promise<unknown> => connector.as('secret-token').findClientsByCodes(['123']);

describe('a read by external id', () => {
  const home = (externalId?: string) => ({ id: idOf(7), ...(externalId && { external_id: externalId }) });
  const homes = () => connector.as('secret-token').findPropertiesByExternalId('op-1');

  it('finds the record that carries it', async () => {
    await open((_, response) => json(response, envelope([home('op-1')])));
    expect(await homes()).toMatchObject([{ id: idOf(7), externalId: 'op-1' }]);
  });

  it.each([
    ['ignores the filter', [home('op-2')], 200],
    ['does not show the field', [home()], 200],
    ['refuses the filter', [], 400],
  ])('finds none where OZmap %s', async (_why, rows, status) => {
    await open((_, response) => json(response, envelope(rows), status));
    expect(await homes()).toEqual([]);
  });

  it('does not take an OZmap that is away for one that has none', async () => {
    await open((_, response) => json(response, {}, 500));
    await expect(homes()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });
});

describe('a search for a client', () => {
  it('keeps those who show each word, whatever the accents, where OZmap answers with everybody', async () => {
    const silva = { ...client, name: 'Silva, João' };
    await open((_, response) => json(response, envelope([silva, { ...client, id: idOf(2), name: 'João Prado' }])));
    const found = await connector.as('secret-token').searchClients('joao silva', 10);
    expect(found.map(({ name }) => name)).toEqual([silva.name]);
  });
});

describe('a read', () => {
  it('sends the token bare and gives what OZmap gave', async () => {
    await open((_, response) => json(response, envelope([client])));
    expect(await clients()).toEqual([
      {
        id: idOf(1),
        code: '123',
        name: 'Maria',
        observation: null,
        implanted: false,
        extras: {},
        unwritable: [],
        createdAt: null,
        updatedAt: null,
      },
    ]);
    expect(server.got[0]?.authorization).toBe('secret-token');
  });

  it('is asked again after a 503, and then succeeds', async () => {
    await open((_, response, nth) => (nth === 1 ? json(response, {}, 503) : json(response, envelope([client]))));
    expect(await clients()).toHaveLength(1);
    expect(server.got).toHaveLength(2);
  });

  it('waits as long as Retry-After asks', async () => {
    await open((_, response, nth) =>
      nth === 1 ? json(response, {}, 429, { 'retry-after': '1' }) : json(response, envelope([client])),
    );
    const startedAt = performance.now();
    expect(await clients()).toHaveLength(1);
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  it('gives up at once when Retry-After asks for more than a person would wait', async () => {
    await open((_, response) => json(response, {}, 429, { 'retry-after': '120' }));
    await expect(clients()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(server.got).toHaveLength(1);
  });

  it('is UPSTREAM_UNAVAILABLE after its tries when OZmap stays down', async () => {
    await open((_, response) => json(response, {}, 503));
    await expect(clients()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(server.got).toHaveLength(4);
  });

  it('survives a reset', async () => {
    await open((_, response, nth) =>
      nth === 1 ? response.socket?.resetAndDestroy() : json(response, envelope([client])),
    );
    expect(await clients()).toHaveLength(1);
  });

  it('survives half a body', async () => {
    await open((_, response, nth) => {
      if (nth > 1) return json(response, envelope([client]));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"total":1,"rows":[{"id"');
      setTimeout(() => response.destroy(), 10);
    });
    expect(await clients()).toHaveLength(1);
    expect(server.got).toHaveLength(2);
  });

  it('is UPSTREAM_UNAVAILABLE when OZmap never answers', async () => {
    await open(() => {});
    const startedAt = performance.now();
    await expect(clients()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('times out in the middle of a body that stops coming', async () => {
    await open((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"total":1,');
    });
    await expect(clients()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('is UPSTREAM_UNAVAILABLE when nobody listens', async () => {
    await open(() => {});
    await server.stop();
    await expect(clients()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it.each([
    [401, 'UNAUTHENTICATED'],
    [403, 'FORBIDDEN'],
    [400, 'UPSTREAM_REFUSED'],
    [404, 'UPSTREAM_REFUSED'],
    [501, 'UPSTREAM_REFUSED'],
  ])('is not repeated after %i, which is %s', async (status, code) => {
    await open((_, response) => json(response, { message: 'no' }, status));
    await expect(clients()).rejects.toMatchObject({ code });
    expect(server.got).toHaveLength(1);
  });

  it.each([
    ['a web page', 'text/html', '<!doctype html><html></html>'],
    ['an empty body', 'application/json', ''],
    ['a body that is no JSON', 'application/json', '{"total":1,"rows":[{'],
  ])('names the route when %s comes with 200', async (_name, contentType, text) => {
    await open((_, response) => response.writeHead(200, { 'content-type': contentType }).end(text));
    await expect(clients()).rejects.toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_SHAPE',
      route: 'ftth-clients',
      field: 'body',
    });
  });

  it('does not take the token to where a redirect points', async () => {
    const other = await tinyServer((_, response) => json(response, envelope([client])));
    await open((_, response) => response.writeHead(302, { location: `${other.url}/api/v2/ftth-clients` }).end());
    await expect(clients()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(other.got).toHaveLength(0);
    await other.stop();
  });

  it('does not send a token that cannot stand in a header', async () => {
    await open((_, response) => json(response, envelope([client])));
    await expect(connector.as('two\nlines').findProjects()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(server.got).toHaveLength(0);
  });

  it('never shows the token, whatever OZmap makes of it', async () => {
    await open(({ authorization }, response) => json(response, { message: `bad token ${authorization}` }, 400));
    const error: unknown = await clients().catch((e: unknown) => e);
    expect(error).toMatchObject({ upstreamMessage: 'bad token [token]' });
    expect(JSON.stringify([error, String(error), (error as Error).stack])).not.toContain('secret-token');
  });
});

describe('whoAmI', () => {
  it.each([
    [{ id: idOf(7), username: 'api' }],
    [{ user: { _id: idOf(7), username: 'api' } }],
    [{ data: { user: { id: idOf(7), login: 'api' } } }],
  ])('reads the owner from %j', async (body) => {
    await open((_, response) => json(response, body));
    expect(await connector.as('t').whoAmI()).toEqual({ id: idOf(7), username: 'api' });
  });

  it.each(['', 'true', 'OK'])('knows nobody, but lets in, when OZmap only says "%s"', async (text) => {
    await open((_, response) => response.writeHead(200).end(text));
    expect(await connector.as('t').whoAmI()).toEqual({ id: null, username: null });
  });

  it('does not take the log-in page of a proxy for a yes', async () => {
    await open((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));
    await expect(connector.as('t').whoAmI()).rejects.toMatchObject({ code: 'UPSTREAM_UNEXPECTED_SHAPE' });
  });
});

describe('The standing of a token', () => {
  it.each([
    [200, 'up'],
    [404, 'up'],
    [401, 'refused'],
    [503, 'down'],
  ])('after %i is %s', async (status, expected) => {
    await open((_, response) => json(response, {}, status));
    expect(await connector.standing('t')).toBe(expected);
    expect(server.got[0]?.authorization).toBe('t');
  });

  it('is down when nobody listens', async () => {
    await open(() => {});
    await server.stop();
    expect(await connector.standing('t')).toBe('down');
  });
});
