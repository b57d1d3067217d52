import { afterEach, describe, expect, it } from 'vitest';
import { SEND } from '../../src/domain/write.js';
import { createOzmap, type OzmapOptions } from '../../src/ozmap/create-ozmap.js';
import type { ObservedRequest } from '../../src/ozmap/transport.js';
import type { OzmapConnector } from '../../src/ozmap/types.js';
import { envelope, idOf } from '../support/ozmap-answers.js';
import { type Answer, json, type TinyServer, tinyServer } from '../support/tiny-server.js';

let server: TinyServer;
let connector: OzmapConnector;

async function open(answer: Answer, options: Partial<OzmapOptions> = {}): Promise<void> {
  server = await tinyServer(answer);
  connector = createOzmap({ url: server.url, ...options });
}

afterEach(async () => {
  connector.stop();
  await server.stop();
});

/** Each token sees a project of its own name, a moment later. */
const byToken: Answer = ({ authorization }, response) => {
  setTimeout(() => json(response, envelope([{ id: idOf(1), name: authorization }])), 20);
};
const names = (token: string): Promise<string[]> =>
  connector
    .as(token)
    .findProjects()
    .then((projects) => projects.map(({ name }) => name));

describe('identical reads under way', () => {
  it('of one token are sent once', async () => {
    await open(byToken);
    expect(await Promise.all([names('sul'), names('sul'), names('sul')])).toEqual([['sul'], ['sul'], ['sul']]);
    expect(server.got).toHaveLength(1);
  });

  it('of two tokens are sent twice, and each gets its own answer', async () => {
    await open(byToken);
    expect(await Promise.all([names('sul'), names('norte'), names('sul')])).toEqual([['sul'], ['norte'], ['sul']]);
    expect(server.got.map(({ authorization }) => authorization).sort()).toEqual(['norte', 'sul']);
  });

  it('share no object that one caller could change under another', async () => {
    await open(byToken);
    const ozmap = connector.as('sul');
    const [a, b] = await Promise.all([ozmap.findProjects(), ozmap.findProjects()]);
    expect(a[0]).not.toBe(b[0]);
  });

  it('are not remembered once answered', async () => {
    await open(byToken);
    await names('sul');
    await names('sul');
    expect(server.got).toHaveLength(2);
  });

  it('do not let a read that follows a write join one that was asked before it', async () => {
    let name = 'before';
    await open(({ method }, response) => {
      if (method === 'PATCH') {
        name = 'after';
        response.writeHead(204).end();
        return;
      }
      const seen = name;
      setTimeout(() => json(response, envelope([{ id: idOf(1), name: seen }])), 100);
    });
    const early = names('sul');
    await until(() => server.got.length === 1);
    await connector.as('sul').updateClient(idOf(1), { implanted: true })[SEND]();
    expect(await names('sul')).toEqual(['after']);
    expect(await early).toEqual(['before']);
  });
});

describe('the queue', () => {
  it('has no more requests under way than it may, over all tokens', async () => {
    let open_ = 0;
    let most = 0;
    await open(
      (_, response) => {
        most = Math.max(most, ++open_);
        setTimeout(() => {
          open_ -= 1;
          json(response, envelope([]));
        }, 5);
      },
      { concurrency: 3 },
    );
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => connector.as(`token-${i % 4}`).findBoxesByIds([idOf(i + 1)])),
    );
    expect(server.got).toHaveLength(20);
    expect(most).toBe(3);
  });

  it('takes turns, so that a single request does not wait behind another caller’s many', async () => {
    await open((_, response) => setTimeout(() => json(response, envelope([])), 5), { concurrency: 2 });
    const many = Array.from({ length: 30 }, (_, i) => connector.as('many').findBoxesByIds([idOf(i + 1)]));
    await connector.as('one').findBoxesByIds([idOf(99)]);
    expect(server.got.findIndex(({ authorization }) => authorization === 'one')).toBeLessThan(6);
    await Promise.all(many);
  });
});

describe('what is observed of each attempt', () => {
  it('holds the path and the status, and no query', async () => {
    const seen: ObservedRequest[] = [];
    await open((_, response, nth) => json(response, envelope([]), nth === 1 ? 503 : 200), {
      onRequest: (request) => seen.push(request),
    });
    await connector.as('sul').findClientsByCodes(['123']);
    expect(seen).toMatchObject([
      { method: 'GET', path: 'ftth-clients', route: 'ftth-clients', status: 503 },
      { method: 'GET', path: 'ftth-clients', route: 'ftth-clients', status: 200 },
    ]);
  });
});

describe('stop', () => {
  it('ends what is under way and sends nothing more', async () => {
    await open(() => {});
    const waiting = names('sul');
    await until(() => server.got.length === 1);
    connector.stop();
    await expect(waiting).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await expect(connector.as('sul').deleteClient(idOf(1))[SEND]()).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    expect(server.got).toHaveLength(1);
  });
});

async function until(met: () => boolean): Promise<void> {
  while (!met()) await new Promise((resolve) => setTimeout(resolve, 2));
}
