import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiversAt } from '../../../src/domain/events.js';
import { deadLettersCommand } from '../../../src/saga/operator.js';
import { rename } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const [engine] = engines;

describe.runIf(engine)('An event that its receiver does not take', () => {
  let place: Place;
  let journal: TestJournal;
  let receiver: Server;
  let url: string;
  const lines: string[] = [];
  /** Operations of the events that were taken, in order. */
  const taken: string[] = [];
  let answer: (contractCode: string, n: number) => number = () => 204;
  const seen = new Map<string, number>();

  const open = async () => {
    journal = await openJournal(place, {
      receivers: () =>
        receiversAt([url], `whsec_${btoa('a secret of twenty-four.')}`).map((one) => ({
          ...one,
          types: ['operation.*'],
        })),
      settings: { webhookRetryMs: 20, webhookRefusedMs: 200 },
      logger: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
    });
    await journal.start();
  };

  beforeAll(async () => {
    if (!engine) return;
    receiver = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const { operationId, contractCode } = JSON.parse(body).data;
      const n = (seen.get(operationId) ?? 0) + 1;
      seen.set(operationId, n);
      const status = answer(contractCode, n);
      if (status < 300) taken.push(operationId);
      response.writeHead(status).end();
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?key=sekret`;
    place = await engine.place();
    await open();
  });
  afterAll(async () => {
    await journal.stop();
    receiver.closeAllConnections();
    receiver.close();
    await place.remove();
  });

  const finish = async (contractCode: string, name: string) =>
    (await journal.run(rename, { contractCode, name })).operationId ?? '';
  const health = async () => {
    const { receivers = [] } = await journal.health();
    const sum = (of: 'waiting' | 'dead') => receivers.reduce((total, one) => total + one[of], 0);
    return { undelivered: sum('waiting'), deadLetters: sum('dead') };
  };
  async function command(...args: string[]): Promise<{ exitCode: number; said: string }> {
    let said = '';
    const out = { write: (text: string) => (said += text) };
    const exitCode = await deadLettersCommand(args, { DATA_DIR: place.database.dataDir }, out);
    return { exitCode, said };
  }

  let refused: string;

  it('is set aside after it was refused for a time, and the next of its contract is sent', async () => {
    let refuses = true;
    answer = () => (refuses ? 422 : 204);
    refused = await finish('d1', 'a');
    const next = await finish('d1', 'b');
    await until(async () => (await health()).deadLetters === 1);
    refuses = false;
    await until(() => taken.includes(next));
    expect(taken).not.toContain(refused);
    expect(seen.get(refused)).toBeGreaterThan(1);
    const line = lines.find((one) => one.includes('an event is a dead letter')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ operationId: refused, status: 422, receiver: new URL(url).host });
    expect(lines.join('')).not.toMatch(/sekret|"d1"/);
  });

  it('is not set aside while the receiver is only out of order', async () => {
    answer = (_, n) => (n < 8 ? 503 : 204);
    const id = await finish('d2', 'a');
    await until(() => taken.includes(id));
    expect((await health()).deadLetters).toBe(1);
  });

  it('is set aside once it could not be delivered for a week', async () => {
    answer = () => 503;
    const id = await finish('d3', 'a');
    await journal.execute(`update delivery set created_at = now() - interval '7 days 1 minute'
      where operation_id = '${id}'`);
    await until(async () => (await health()).deadLetters === 2);
  });

  it('is set aside where its URL is none, without an error that stops the others', async () => {
    answer = () => 204;
    await journal.execute(`insert into delivery (id, url, order_key, operation_id, body)
      values ('msg_x', 'not a url', 'd4', gen_random_uuid(), '{}')`);
    const id = await finish('d5', 'a');
    await until(() => taken.includes(id));
    await until(async () => (await health()).deadLetters === 3);
    const { receivers } = await journal.health();
    expect(receivers).toEqual([
      { receiver: new URL(url).host, waiting: 0, dead: 2 },
      { receiver: 'unknown', waiting: 0, dead: 1 },
    ]);
  });

  it('is listed without secrets, and sent again when that is asked for', async () => {
    await journal.stop();
    expect(await command('--redeliver', 'everything')).toMatchObject({ exitCode: 2 });
    const { exitCode, said } = await command();
    expect(exitCode).toBe(0);
    expect(said).toContain(`operation ${refused}  contract d1  receiver ${new URL(url).host}  status 422`);
    expect(said).toContain('3 dead letters');
    expect(said).not.toContain('sekret');
    expect(await command('--redeliver', refused)).toEqual({ exitCode: 0, said: '1 events will be sent again\n' });
    await open();
    await until(() => taken.includes(refused));
    expect(await health()).toMatchObject({ deadLetters: 2 });
  });
});
