import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { receiversAt } from '../../../src/domain/events.js';
import { failureOf } from '../../support/failure-of.js';
import { extend, rename } from '../../support/fake-plant.js';
import { engines } from '../../support/journal-engines.js';
import { openJournal } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

/** So many more than the requests that may be under way to one receiver that they would hold up the others for minutes. */
const MANY = 600;

/** A receiver that hears which event it is asked to take, and says whether it answers; else it hangs. Gives back its URL. */
async function receive(asked: (webhookId: string) => boolean): Promise<string> {
  const server = createServer((request, response) => {
    const answers = asked(String(request.headers['webhook-id']));
    request.resume();
    if (answers) response.writeHead(204).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A journal with these receivers, and what makes events due for one of them, numbered from 1. */
async function openFor(urls: string[], options: Parameters<typeof openJournal>[1] = {}) {
  const place = await engines[0]?.place();
  if (!place) throw new Error('there is always one engine');
  onTestFinished(() => place.remove());
  const journal = await openJournal(place, {
    receivers: () => receiversAt(urls, `whsec_${btoa('a secret')}`),
    ...options,
  });
  onTestFinished(() => journal.stop());
  const due = (url: string, count: number) =>
    journal.execute(`insert into delivery (id, url, order_key, operation_id, body)
      select n, '${url}', n, gen_random_uuid(), '{}' from generate_series(1, ${count}) n`);
  return { journal, due };
}

it('A receiver that hangs does not hold up what goes to another', async () => {
  let hanging = 0;
  let hangingBefore: number | null = null;
  const hangs = await receive(() => {
    hanging += 1;
    return false;
  });
  const answers = await receive(() => {
    hangingBefore ??= hanging;
    return true;
  });
  const { journal, due } = await openFor([hangs, answers]);
  await due(hangs, MANY);
  await due(answers, 1);
  await journal.start();
  await until(() => hangingBefore !== null, 20_000);
  // Were the slots shared, all these would have been before it.
  expect(hangingBefore).toBeLessThan(MANY);
});

it('A receiver that hangs loses nothing: the same event comes again when its time is over', async () => {
  const asked: string[] = [];
  const hangsOnce = await receive((id) => asked.push(id) > 1);
  const { journal, due } = await openFor([hangsOnce], { settings: { webhookTimeoutMs: 200, webhookRetryMs: 20 } });
  await due(hangsOnce, 1);
  await journal.start();
  const waiting = () => journal.execute('select 1 from delivery');
  await until(async () => (await waiting()).length === 0);
  expect(asked).toEqual(['1', '1']);
});

it('A receiver of some projects hears nothing of another, nor of what lies in none', async () => {
  const secret = `whsec_${btoa('a secret')}`;
  const of = (name: string, projectIds: string[] | null) => {
    return { name, key: name, url: 'http://127.0.0.1:1/', secret, projectIds, types: null };
  };
  const { journal } = await openFor([], {
    receivers: () => [of('all', null), of('sul', ['sul']), of('norte', ['norte'])],
  });
  await journal.run(rename, { contractCode: 'p1', name: 'x' });
  await failureOf(journal.run(extend, { contractCode: 'p2', until: '' }));
  const told = await journal.execute('select order_key, url from delivery group by 1, 2 order by 1, 2');
  expect(told).toEqual([
    { order_key: 'p1', url: 'all' },
    { order_key: 'p1', url: 'sul' },
    { order_key: 'p2', url: 'all' },
  ]);
});

it('What waits for two addresses of one host is counted together', async () => {
  const [one, other] = ['http://127.0.0.1:1/a', 'http://127.0.0.1:1/b'];
  const { journal, due } = await openFor([one, other]);
  await due(one, 1);
  await due(other, 2);
  expect((await journal.health()).receivers).toEqual([{ receiver: '127.0.0.1:1', waiting: 3, dead: 0 }]);
});

it('What waits for an address goes there still once its receiver has a name', async () => {
  const asked: string[] = [];
  const url = await receive((id) => asked.push(id) > 0);
  const named = receiversAt([url], `whsec_${btoa('a secret')}`).map((one) => ({ ...one, name: 'erp', key: 'erp' }));
  const { journal, due } = await openFor([], { receivers: () => named });
  await due(url, 1);
  await journal.start();
  await until(() => asked.length > 0);
  expect(asked).toEqual(['1']);
});

it('A stop that comes between an event’s claim and its sending leaves it for the next start, and nothing uncaught', async () => {
  let asked = 0;
  const answers = await receive(() => {
    asked += 1;
    return true;
  });
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => void process.off('uncaughtException', note));
  let stopped: Promise<unknown> | undefined;
  const { journal, due } = await openFor([answers], {
    onStatement: (sql) => {
      if (/update "?delivery"? t set attempts/.test(sql)) stopped ??= journal.stop();
    },
  });
  await due(answers, 1);
  await journal.start();
  await until(() => stopped !== undefined);
  await stopped;
  expect([asked, uncaught]).toEqual([0, []]);
});
