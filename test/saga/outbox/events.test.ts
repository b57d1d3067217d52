import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireReservations } from '../../../src/commands/expire-reservations.js';
import { receiversAt } from '../../../src/domain/events.js';
import { failureOf } from '../../support/failure-of.js';
import { activate, extend, rename, reserve, transfer } from '../../support/fake-plant.js';
import { engines, type Place } from '../../support/journal-engines.js';
import { openJournal, type TestJournal } from '../../support/open-journal.js';
import { until } from '../../support/until.js';

const SECRET = `whsec_${Buffer.from('a secret of twenty-four.').toString('base64')}`;

interface Heard {
  id: string;
  event: { type: string; data: { operationId: string; contractCode: string; state: string; problem: unknown } };
}

describe.each(engines)('Events of the journal on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;
  let receiver: Server;
  const heard: Heard[] = [];
  const attempts: string[] = [];
  /** Null: never answers. */
  let answer: (event: Heard) => number | null = () => 204;

  beforeAll(async () => {
    const verifier = new Webhook(SECRET);
    receiver = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const event = verifier.verify(body, request.headers as Record<string, string>) as Heard['event'];
      const one = { id: String(request.headers['webhook-id']), event };
      attempts.push(one.id);
      const status = answer(one);
      if (status === null) return;
      if (status < 300) heard.push(one);
      response.writeHead(status).end();
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`;
    place = await engine.place();
    journal = await openJournal(place, {
      receivers: () => receiversAt([url], SECRET),
      settings: { webhookRetryMs: 50 },
      scheduled: [expireReservations({ ttlHours: 1, warningHours: 2 })],
    });
    await journal.start();
  });
  afterAll(async () => {
    await journal.stop();
    receiver.closeAllConnections();
    receiver.close();
    await place.remove();
  });

  const allOf = (contractCode: string) => heard.filter(({ event }) => event.data.contractCode === contractCode);
  const typesOf = (contractCode: string) => allOf(contractCode).map(({ event }) => event.type);
  /** How its operations ended. */
  const of = (contractCode: string) => allOf(contractCode).filter(({ event }) => event.type.startsWith('operation.'));

  it('come signed for each finished operation, without personal data', async () => {
    const { operationId } = await journal.run(rename, { contractCode: 'e1', name: 'Maria' });
    journal.plant.next('refuse');
    await failureOf(journal.run(rename, { contractCode: 'e1', name: 'Joana' }));
    await until(() => of('e1').length === 2);
    expect(of('e1')[0]?.event).toMatchObject({
      type: 'operation.applied',
      data: { operationId, action: 'client.update', projectId: 'sul', state: 'APPLIED', problem: null },
    });
    expect(of('e1')[1]?.event).toMatchObject({
      type: 'operation.refused',
      data: { problem: { code: 'UPSTREAM_REFUSED', reason: null } },
    });
    expect(JSON.stringify(heard)).not.toMatch(/Maria|Joana/);
  });

  it('tell that a reservation is about to expire, half its time before at the most, and that it has expired', async () => {
    await journal.run(reserve, { contractCode: 'e9', boxId: 'b' });
    const from = Date.now();
    const end = new Date(from + 1_200).toISOString();
    const { operationId } = await journal.run(extend, { contractCode: 'e9', until: end });
    await until(() => typesOf('e9').includes('reservation.expiring'));
    expect(Date.now() - from).toBeGreaterThan(550);
    await until(() => typesOf('e9').includes('reservation.expired'));
    expect(typesOf('e9')).toEqual([
      'operation.applied',
      'reservation.created',
      'operation.applied',
      'reservation.extended',
      'reservation.expiring',
      'operation.applied',
      'reservation.expired',
    ]);
    expect(allOf('e9')[3]?.event.data).toMatchObject({ operationId, ozmapClientId: 'client on b', expiresAt: end });
    expect(allOf('e9')[4]?.event.data).toMatchObject({ operationId, ozmapClientId: 'client on b', expiresAt: end });
    expect(allOf('e9')[6]?.event.data).toMatchObject({ action: 'reservation.withdraw', state: 'APPLIED' });
  });

  it('say in the words of the contract what became of it, and nothing where nothing did', async () => {
    await journal.run(reserve, { contractCode: 'e7', boxId: 'c' });
    const reservation = (await journal.findReservations(['e7'])).get('e7');
    await journal.run(activate, { contractCode: 'e7' });
    await journal.run(rename, { contractCode: 'e7', name: 'x' });
    journal.plant.next('refuse');
    await failureOf(journal.run(rename, { contractCode: 'e7', name: 'y' }));
    await journal.run(transfer, { contractCode: 'e7', newContractCode: 'e8', expiresAt: null });
    // Is so already: nothing is written.
    journal.plant.active.add('e10');
    journal.plant.names.set('e10', 'ativo');
    await journal.run(activate, { contractCode: 'e10' });
    await until(() => typesOf('e7').includes('client.transferred') && typesOf('e10').length > 0);
    expect(typesOf('e10')).toEqual(['operation.applied']);
    expect(typesOf('e7')).toEqual([
      'operation.applied',
      'reservation.created',
      'operation.applied',
      'client.activated',
      'operation.applied',
      'client.updated',
      'operation.refused',
      'operation.applied',
      'client.transferred',
    ]);
    expect(allOf('e7')[1]?.event.data).toMatchObject({
      ozmapClientId: 'client on c',
      expiresAt: reservation?.expiresAt?.toISOString(),
    });
    expect(allOf('e7').at(-1)?.event.data).toMatchObject({ newContractCode: 'e8', ozmapClientId: 'client on c' });
  });

  it('come in order per contract, again with the same id until they are taken', async () => {
    let refusals = 3;
    answer = ({ event }) => (event.data.contractCode === 'e2' && refusals-- > 0 ? 500 : 204);
    const ids: (string | null)[] = [];
    for (const name of ['a', 'b', 'c']) ids.push((await journal.run(rename, { contractCode: 'e2', name })).operationId);
    await journal.run(rename, { contractCode: 'e3', name: 'x' });
    await until(() => of('e2').length === 3);
    expect(of('e2').map(({ event }) => event.data.operationId)).toEqual(ids);
    expect(attempts.filter((id) => id === of('e2')[0]?.id)).toHaveLength(4);
    await until(async () => (await journal.health()).receivers?.every(({ waiting }) => waiting === 0) === true);
    expect(of('e3')).toHaveLength(1);
  });

  it('come for operations that are found out later', async () => {
    journal.plant.next('lost-after');
    const { operationId } = await failureOf(journal.run(rename, { contractCode: 'e4', name: 'x' }));
    expect(of('e4')).toEqual([]);
    await until(() => of('e4').length === 1);
    expect(of('e4')[0]?.event.data).toMatchObject({ operationId, state: 'APPLIED' });
  });

  it('of one contract hang without holding up the others, or the end of the service', async () => {
    answer = ({ event }) => (event.data.contractCode === 'e5' ? null : 204);
    const before = attempts.length;
    await journal.run(rename, { contractCode: 'e5', name: 'x' });
    await until(() => attempts.length > before);
    await journal.run(rename, { contractCode: 'e6', name: 'x' });
    // Far less than the ten seconds that a receiver gets.
    await until(() => of('e6').length === 1, 5_000);
    const asked = Date.now();
    await journal.stop();
    expect(Date.now() - asked).toBeLessThan(5_000);
  });
});
