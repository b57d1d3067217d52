import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { receiversAt } from '../../../src/domain/events.js';
import { engines } from '../../support/journal-engines.js';
import { openJournal } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

/** So many more than the requests that may be under way to one receiver that they would hold up the others for minutes. */
const MANY = 600;

/** A receiver that tells when it is asked; `answers` false: it hangs. Gives back its URL. */
async function receive(answers: boolean, asked: () => void): Promise<string> {
  const server = createServer((request, response) => {
    asked();
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

it('A receiver that hangs does not hold up what goes to another', async () => {
  let hanging = 0;
  let hangingBefore: number | null = null;
  const hangs = await receive(false, () => {
    hanging += 1;
  });
  const answers = await receive(true, () => {
    hangingBefore ??= hanging;
  });
  const place = await engines[0]?.place();
  if (!place) throw new Error('there is always one engine');
  onTestFinished(() => place.remove());
  const journal = await openJournal(place, {
    receivers: () => receiversAt([hangs, answers], `whsec_${btoa('a secret')}`),
  });
  onTestFinished(() => journal.stop());
  const due = (url: string, count: number) =>
    journal.execute(`insert into delivery (id, url, order_key, operation_id, body)
      select n, '${url}', n, gen_random_uuid(), '{}' from generate_series(1, ${count}) n`);
  await due(hangs, MANY);
  await due(answers, 1);
  await journal.start();
  await until(() => hangingBefore !== null, 20_000);
  // Were the slots shared, all these would have been before it.
  expect(hangingBefore).toBeLessThan(MANY);
});

it('A stop that comes between an event’s claim and its sending leaves it for the next start, and nothing uncaught', async () => {
  let asked = 0;
  const answers = await receive(true, () => {
    asked += 1;
  });
  const place = await engines[0]?.place();
  if (!place) throw new Error('there is always one engine');
  onTestFinished(() => place.remove());
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => void process.off('uncaughtException', note));
  let stopped: Promise<unknown> | undefined;
  const journal = await openJournal(place, {
    receivers: () => receiversAt([answers], `whsec_${btoa('a secret')}`),
    onStatement: (sql) => {
      if (/update "?delivery"? t set attempts/.test(sql)) stopped ??= journal.stop();
    },
  });
  onTestFinished(() => journal.stop());
  await journal.execute(`insert into delivery (id, url, order_key, operation_id, body)
    values ('one', '${answers}', 1, gen_random_uuid(), '{}')`);
  await journal.start();
  await until(() => stopped !== undefined);
  await stopped;
  expect([asked, uncaught]).toEqual([0, []]);
});
