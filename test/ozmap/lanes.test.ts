import { afterEach, describe, expect, it } from 'vitest';
import { BACKGROUND, RequestBudget } from '../../src/budget/request-budget.js';
import { createOzmap, type OzmapOptions } from '../../src/ozmap/create-ozmap.js';
import type { OzmapConnector } from '../../src/ozmap/types.js';
import { envelope, idOf } from '../support/ozmap-answers.js';
import { type Answer, type Got, json, type TinyServer, tinyServer } from '../support/tiny-server.js';
import { until } from '../support/until.js';

let server: TinyServer;
let connector: OzmapConnector;
/** Answers that the server holds back. */
let held: { of: Got; answer: (status?: number, headers?: Record<string, string>) => void }[];

const hold: Answer = (of, response) =>
  held.push({ of, answer: (status = 200, headers = {}) => json(response, envelope([]), status, headers) });

async function open(options: Partial<OzmapOptions> = {}, answer = hold): Promise<void> {
  held = [];
  server = await tinyServer(answer);
  connector = createOzmap({ url: server.url, concurrency: 8, ...options });
}

afterEach(async () => {
  connector.stop();
  await server.stop();
});

const bulkBudget = (): RequestBudget => {
  const budget = new RequestBudget(1_000_000, 60_000);
  budget.expect(10_000);
  return budget;
};
/** So many reads of one caller, whose outcome is nobody's business here. */
function ask(count: number, budget = new RequestBudget(1_000_000, 60_000), token = 'cnt'): Promise<unknown>[] {
  const ozmap = connector.as(token, budget);
  return Array.from({ length: count }, (_, i) => ozmap.findBoxesByIds([idOf(1_000 + i)]).catch((error) => error));
}
const isSellers = ({ url }: Got) => url.includes('/splitters');
const seller = (n: number) => connector.as('cnt', new RequestBudget(10_000, 60_000)).findSplittersByIds([idOf(n)]);

describe('A seller beside somebody who asks for hundreds, with the same token', () => {
  it('is sent at once, each time, before any that waits', async () => {
    await open();
    void Promise.all(ask(300, bulkBudget()));
    for (const n of [1, 2, 3]) {
      // Three quarters of the places are as many as they get.
      await until(() => held.length === 6);
      const before = server.got.length;
      const answered = seller(n);
      await until(() => server.got.length > before);
      const next = server.got[before];
      expect(next && isSellers(next)).toBe(true);
      for (const { answer } of held.splice(0)) answer();
      await answered;
    }
  });

  it('has its turn also where OZmap bears one request at a time', async () => {
    await open({ concurrency: 1 });
    void Promise.all(ask(20, bulkBudget()));
    void Promise.all(ask(20, undefined, 'other seller'));
    await until(() => held.length === 1);
    const answered = seller(1);
    let done = false;
    void answered.then(() => {
      done = true;
    });
    await until(() => {
      held.shift()?.answer();
      return done;
    });
    // Its turn comes between those of the other seller, and one in nine is bulk's.
    expect(server.got.findIndex(isSellers)).toBeLessThan(5);
  });

  it('stops neither them nor what is done for nobody', async () => {
    await open({ concurrency: 4 }, (_, response) => json(response, envelope([])));
    const bulk = ask(50, bulkBudget(), 'bulk');
    const background = connector.as('service', BACKGROUND).findProjects();
    await Promise.all([...ask(200), ...bulk, background]);
    const order = server.got.map(({ authorization }) => authorization);
    expect(order.indexOf('service')).toBeLessThan(50);
    expect(order.lastIndexOf('bulk')).toBeLessThan(251);
    expect(order.slice(0, 100)).toContain('bulk');
  });
});

describe('Requests under way at once', () => {
  it('halve when OZmap has too much to do, and grow again in calm', async () => {
    await open();
    const first = Promise.all(ask(100));
    await until(() => held.length === 8);
    held.shift()?.answer(503, { 'retry-after': '0' });
    for (const { answer } of held.splice(0)) answer();
    await until(() => held.length === 4);
    let most = 0;
    let done = false;
    void first.then(() => {
      done = true;
    });
    await until(() => {
      most = Math.max(most, held.length);
      for (const { answer } of held.splice(0)) answer();
      return done;
    });
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThanOrEqual(8);
  });
});

describe('Retry-After', () => {
  it('makes the lane wait, and no other', async () => {
    await open();
    const bulk = Promise.all(ask(3, bulkBudget()));
    await until(() => held.length === 3);
    for (const { answer } of held.splice(0)) answer(429, { 'retry-after': '1' });
    const pausedAt = performance.now();
    const answered = seller(1);
    await until(() => held.length === 1);
    expect(server.got.map(isSellers)).toEqual([false, false, false, true]);
    held.shift()?.answer();
    await answered;
    await until(() => {
      for (const { answer } of held.splice(0)) answer();
      return server.got.length === 7;
    });
    expect(performance.now() - pausedAt).toBeGreaterThan(950);
    expect(await bulk).toEqual([[], [], []]);
  });

  it('that is longer than a request can wait fails it and those after it, whose lane is paused, unsent', async () => {
    await open({}, (_, response) => json(response, {}, 429, { 'retry-after': '30' }));
    const hasty = new RequestBudget(10_000, 20_000);
    const [refused] = await Promise.all(ask(1, hasty));
    const [unsent] = await Promise.all(ask(1, hasty, 'another'));
    expect([refused, unsent]).toMatchObject([{ code: 'UPSTREAM_UNAVAILABLE' }, { code: 'UPSTREAM_UNAVAILABLE' }]);
    expect(server.got).toHaveLength(1);
  });
});

describe('A budget per minute', () => {
  it('lets a few go in one go, and keeps some of them for sellers', async () => {
    await open({ perMinute: 60 }, (_, response) => json(response, envelope([])));
    void Promise.all(ask(50, bulkBudget(), 'bulk'));
    await until(() => server.got.length === 3);
    await Promise.all([seller(1), seller(2)]);
    expect(server.got.length).toBeLessThan(7);
    expect(server.got.slice(0, 6).filter(isSellers)).toHaveLength(2);
  });

  it('is drawn from where all processes count, not asked for at each request', async () => {
    await open({ perMinute: 6_000 }, (_, response) => json(response, envelope([])));
    let leases = 0;
    connector.countIn(async (_, count) => {
      leases += 1;
      return { granted: count, left: 0 };
    });
    await Promise.all(ask(80));
    expect(leases).toBeLessThan(4);
  });

  it('goes on by its own count while that place is away', async () => {
    await open({ perMinute: 600 }, (_, response) => json(response, envelope([])));
    connector.countIn(() => Promise.reject(new Error('away')));
    expect(await Promise.all(ask(20))).toHaveLength(20);
  });
});
