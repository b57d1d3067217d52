import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journalled, startJournalled } from '../support/journalled.js';

const SECRET = `whsec_${Buffer.from('a key of twenty-four bytes').toString('base64')}`;

interface Heard {
  id: string;
  event: {
    type: string;
    data: { operationId: string; action: string; contractCode: string; state: string; problem: unknown };
  };
}

interface Place {
  ozmapId: string;
  property: { id: string };
  connection: { port: number; equipment: { id: string } };
}

let journalled: Awaited<ReturnType<typeof startJournalled>>;
let ozmap: Journalled['subgraph']['emulator'];
let receiver: Server;
/** What was taken, and every attempt with what was answered. */
const taken: Heard[] = [];
const attempts: string[] = [];
let bodies = '';
/** What the receiver answers. */
let answer: (heard: Heard) => number = () => 204;

async function receive(request: IncomingMessage, response: ServerResponse) {
  let body = '';
  for await (const chunk of request) body += chunk;
  bodies += body;
  // The package's own verifier: throws, and so answers 401, for a wrong signature and an old timestamp.
  const event = new Webhook(SECRET).verify(body, request.headers as Record<string, string>) as Heard['event'];
  const heard = { id: String(request.headers['webhook-id']), event };
  const status = answer(heard);
  attempts.push(`${event.data.contractCode} ${heard.id} ${status}`);
  if (status < 300) taken.push(heard);
  response.writeHead(status).end();
}

beforeAll(async () => {
  receiver = createServer((request, response) => {
    receive(request, response).catch(() => response.writeHead(401).end());
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`;
  journalled = await startJournalled({
    env: { WEBHOOK_URLS: url, WEBHOOK_SECRET: SECRET, OUTCOME_SETTLE_S: '1' },
    boxes: 3,
  });
  ozmap = journalled.subgraph.emulator;
});
afterAll(async () => {
  await journalled.stop();
  receiver.closeAllConnections();
  receiver.close();
});

/** How the contract's operations ended. */
const eventsOf = (contractCode: string) =>
  taken.filter(({ event }) => event.data.contractCode === contractCode && event.type.startsWith('operation.'));
const states = (contractCode: string) => eventsOf(contractCode).map(({ event: { data } }) => [data.action, data.state]);
const pending = async () => {
  const text = await (await fetch(`${journalled.subgraph.root}/metrics`)).text();
  return Number(/^journal_webhooks_pending\{receiver="127\.0\.0\.1:\d+"\} (\d+)$/m.exec(text)?.[1]);
};

describe('Receivers of events', () => {
  it('hear of every end of an operation, signed, in the order of the contract', async () => {
    const { reserve, run, ended, boxes } = journalled;
    const { operation } = await reserve('EV-1', boxes[0], { name: 'Maria das Dores', address: 'Rua Secreta, 7' });
    await run('activateClient', { contractCode: 'EV-1' });
    await run('withdrawReservation', { contractCode: 'EV-1' });
    await ozmap.fault({ fault: 'reset-before', times: 1, match: { method: 'PATCH', path: 'ftth-clients' } });
    const lost = await run('updateClient', { contractCode: 'EV-1', name: 'Joana Secreta' });
    expect(lost.problem?.code).toBe('UPSTREAM_OUTCOME_UNKNOWN');
    expect(await ended(lost.problem?.operationId)).toMatchObject({ state: 'FAILED' });
    await expect
      .poll(() => states('EV-1'))
      .toEqual([
        ['port.reserve', 'APPLIED'],
        ['client.activate', 'APPLIED'],
        ['reservation.withdraw', 'REFUSED'],
        ['client.update', 'FAILED'],
      ]);
    expect(eventsOf('EV-1')[0]?.event).toMatchObject({
      type: 'operation.applied',
      data: { operationId: operation?.id, problem: null },
    });
    expect(eventsOf('EV-1')[2]?.event.data.problem).toEqual({ code: 'CONFLICT', reason: 'ALREADY_ACTIVE' });
  });

  it('hear in the words of the contract what became of it, with the place in the network', async () => {
    const ofContract = () =>
      taken.filter(({ event }) => event.data.contractCode === 'EV-1' && !event.type.startsWith('operation.'));
    await expect
      .poll(() => ofContract().map(({ event }) => event.type))
      .toEqual(['reservation.created', 'client.activated']);
    const { data } = await journalled.subgraph.query<{ client: Place }, object>(
      '{ client(contractCode: "EV-1") { ozmapId property { id } connection { port equipment { id } } } }',
    );
    const { ozmapId, property, connection } = data?.client ?? {};
    expect(ozmapId).toEqual(expect.any(String));
    expect(ofContract()[0]?.event.data).toMatchObject({
      action: 'port.reserve',
      ozmapClientId: ozmapId,
      propertyId: property?.id,
      boxId: journalled.boxes[0]?.id,
      buildingId: null,
      equipmentId: connection?.equipment.id,
      port: connection?.port,
      expiresAt: null,
    });
    expect(ofContract()[1]?.event.data).toMatchObject({ ozmapClientId: ozmapId });
  });

  it('are told nothing that only the journal may know: no person, no token, no key', () => {
    expect(bodies).toContain('EV-1');
    expect(bodies).not.toMatch(/Maria|Joana|Secreta|demo|whsec/);
  });

  it('hear again, with the same id, until they have taken it; what is newer waits behind it, other contracts do not', async () => {
    const { reserve, run, boxes } = journalled;
    let refusals = 2;
    answer = ({ event: { data } }) => (data.contractCode === 'EV-2' && refusals-- > 0 ? 500 : 204);
    await reserve('EV-2', boxes[1]);
    await run('activateClient', { contractCode: 'EV-2' });
    await reserve('EV-3', boxes[2]);
    await expect.poll(() => attempts.filter((one) => /^EV-2 .* 500$/.test(one)).length).toBeGreaterThan(0);
    expect(states('EV-2')).toEqual([]);
    expect(await pending()).toBeGreaterThan(0);
    await expect
      .poll(() => states('EV-2'))
      .toEqual([
        ['port.reserve', 'APPLIED'],
        ['client.activate', 'APPLIED'],
      ]);
    const ids = () => attempts.filter((one) => one.startsWith('EV-2')).map((one) => one.split(' ')[1]);
    // What became of the contract is told after each of the two.
    await expect.poll(() => new Set(ids()).size).toBe(4);
    expect(new Set(ids().slice(0, 3)).size).toBe(1);
    expect(states('EV-3')).toHaveLength(1);
    await expect.poll(pending).toBe(0);
  });
});
