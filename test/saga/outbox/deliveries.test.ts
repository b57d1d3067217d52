import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Receiver, receiversAt } from '../../../src/domain/events.js';
import type { DeliveryFilter, DeliveryRecord } from '../../../src/saga/reads/records.js';
import { failureOf } from '../../support/failure-of.js';
import { activate, rename } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal, viewer } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const secretOf = (word: string) => `whsec_${btoa(`${word}: a secret of twenty-four.`)}`;
const STRANGER = { ownerId: 'u2', projectIds: ['norte'] };

describe.each(engines)('Deliveries of the journal on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;
  let server: Server;
  /** `<path> <type> <contract>` of what was taken; the path is the receiver. */
  const taken: string[] = [];
  let refuses: (contractCode: string) => number | null = () => null;
  let receivers: Receiver[] = [];

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const path = (request.url ?? '').slice(1).split('?')[0] ?? '';
      // Each receiver has its own secret.
      const { type, data } = new Webhook(secretOf(path)).verify(body, request.headers as Record<string, string>) as {
        type: string;
        data: { contractCode: string };
      };
      const status = refuses(data.contractCode);
      if (status === null) taken.push(`${path} ${type} ${data.contractCode}`);
      response.writeHead(status ?? 204).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const receiver = (name: string, more: Partial<Receiver>): Receiver => ({
      ...(receiversAt([`${root}/${name}?key=sekret`], secretOf(name))[0] as Receiver),
      name,
      key: name,
      ...more,
    });
    receivers = [
      receiver('sul', { projectIds: ['sul'], types: ['client.*'] }),
      receiver('norte', { projectIds: ['norte'] }),
      receiver('all', { types: ['operation.applied', 'operation.refused'] }),
    ];
    place = await engine.place();
    journal = await openJournal(place, {
      receivers: () => receivers,
      settings: { webhookRetryMs: 20, webhookRefusedMs: 100 },
    });
    await journal.start();
  });
  afterAll(async () => {
    await journal.stop();
    server.closeAllConnections();
    server.close();
    await place.remove();
  });

  const takenOf = (contractCode: string) => taken.filter((one) => one.endsWith(` ${contractCode}`)).sort();
  const list = async (filter: DeliveryFilter, who = viewer): Promise<DeliveryRecord[]> =>
    (await journal.listDeliveries(filter, { first: 100 }, who)).edges.map(({ node }) => node);

  it('go to each receiver for its own projects and types alone, signed with its own secret', async () => {
    await journal.run(activate, { contractCode: 'l1' });
    journal.plant.next('refuse');
    await failureOf(journal.run(rename, { contractCode: 'l1', name: 'x' }));
    await until(() => takenOf('l1').length === 3);
    expect(takenOf('l1')).toEqual(['all operation.applied l1', 'all operation.refused l1', 'sul client.activated l1']);
  });

  it('are listed with what came of them, without address, text or secret, to whoever sees the operation', async () => {
    await until(async () => (await list({ states: ['WAITING'] })).length === 0);
    const listed = await list({ contractCode: 'l1' });
    expect(listed.map(({ receiver, type, state }) => `${receiver} ${type} ${state}`).sort()).toEqual([
      'all operation.applied DELIVERED',
      'all operation.refused DELIVERED',
      'sul client.activated DELIVERED',
    ]);
    expect(listed[0]).toMatchObject({ attempts: 1, lastStatus: 204, lastAt: expect.any(Date), nextAt: null });
    expect(JSON.stringify(listed)).not.toMatch(/sekret|whsec|127\.0\.0\.1/);
    expect(await list({}, STRANGER)).toEqual([]);
    expect(await journal.findDelivery(listed[0]?.id ?? '', STRANGER)).toBeNull();
  });

  it('that wait or are dead letters say what the receiver answers, and when they are sent next', async () => {
    refuses = (contractCode) => (contractCode === 'l2' ? 503 : null);
    await journal.run(activate, { contractCode: 'l2' });
    await until(async () => (await list({ contractCode: 'l2' })).every(({ lastStatus }) => lastStatus === 503));
    const [waiting] = await list({ states: ['WAITING'], contractCode: 'l2' });
    expect(waiting).toMatchObject({ state: 'WAITING', lastStatus: 503, lastError: null, nextAt: expect.any(Date) });
    refuses = (contractCode) => (contractCode === 'l2' ? 410 : null);
    await until(async () => (await list({ states: ['DEAD_LETTER'] })).length === 2);
    expect(await list({ states: ['DELIVERED', 'WAITING'], contractCode: 'l2' })).toEqual([]);
    expect((await list({ states: ['DEAD_LETTER'] }))[0]).toMatchObject({ lastStatus: 410, nextAt: null });
  });

  it('are sent again under their old id, dead letters and delivered ones, by whoever sees the operation', async () => {
    refuses = () => null;
    const [dead] = await list({ states: ['DEAD_LETTER'], contractCode: 'l2' });
    const done = (await list({ contractCode: 'l1' })).find(({ type }) => type === 'client.activated');
    if (!dead || !done) throw new Error('both are there');
    expect(await failureOf(journal.sendAgain(dead.id, STRANGER))).toMatchObject({ code: 'NOT_FOUND' });
    await journal.sendAgain(dead.id, viewer);
    await journal.sendAgain(done.id, viewer);
    const isDone = async ({ id }: DeliveryRecord) => (await journal.findDelivery(id, viewer))?.state === 'DELIVERED';
    await until(async () => (await isDone(dead)) && (await isDone(done)));
    expect(takenOf('l2')).toEqual([`${dead.receiver} ${dead.type} l2`]);
    expect(takenOf('l1').filter((one) => one === 'sul client.activated l1')).toHaveLength(2);
    expect(await journal.findDelivery(done.id, viewer)).toMatchObject({ webhookId: done.webhookId, attempts: 1 });
  });

  it('to a receiver that is not configured any more become dead letters, and go out once it is again', async () => {
    const before = receivers;
    refuses = () => 500;
    await journal.run(rename, { contractCode: 'l3', name: 'x' });
    receivers = [];
    await until(async () => (await list({ states: ['DEAD_LETTER'], contractCode: 'l3' })).length === 2);
    const dead = await list({ states: ['DEAD_LETTER'], contractCode: 'l3' });
    expect(dead[0]).toMatchObject({ lastStatus: null, lastError: 'NO_RECEIVER' });
    expect(takenOf('l3')).toEqual([]);
    refuses = () => null;
    // Somewhere else by now, under the same name.
    receivers = before.map((one) => ({ ...one, url: one.url.replace('?', '?moved&') }));
    for (const { id } of dead) await journal.sendAgain(id, viewer);
    await until(() => takenOf('l3').length === 2);
  });

  it('are listed page by page, and gone once their time is over', async () => {
    const all = await list({});
    const first = await journal.listDeliveries({}, { first: 2 }, viewer);
    const rest = await journal.listDeliveries({}, { first: 100, after: first.endCursor }, viewer);
    expect([first.hasNextPage, rest.hasNextPage]).toEqual([true, false]);
    expect([...first.edges, ...rest.edges].map(({ node }) => node.id)).toEqual(all.map(({ id }) => id));
    expect(await failureOf(journal.listDeliveries({}, { first: 2, after: 'x' }, viewer))).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    // The newest is old, the others are not: which came first says nothing of when it was last sent.
    const ids = (await list({ states: ['DELIVERED'] })).map(({ id }) => id);
    await journal.execute(`update delivered set last_at = last_at - interval '8 days'
      where seq = (select max(seq) from delivered)`);
    await journal.sweep();
    expect(await list({ states: ['DELIVERED'] })).toHaveLength(ids.length - 1);
    await journal.execute("update delivered set last_at = last_at - interval '8 days'");
    await journal.sweep();
    expect(await list({ states: ['DELIVERED'] })).toEqual([]);
  });
});
