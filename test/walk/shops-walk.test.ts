import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, openDoor } from '../support/door.js';
import { type Journalled, startJournalled } from '../support/journalled.js';

const secretOf = (name: string) => `whsec_${Buffer.from(`${name}: a key of twenty-four bytes`).toString('base64')}`;
const [CENTRO, PRAIA] = ['centro|900001', 'praia|900001'] as const;

let journalled: Awaited<ReturnType<typeof startJournalled>>;
let door: Door;
let receiver: Server;
let folder: string;
/** `<receiver> <type> <contract>` of every event that came with a good signature. */
const heard: string[] = [];
/** Receivers that are out of order. */
const down = new Set<string>();

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const name = (request.url ?? '').slice(1);
    const event = new Webhook(secretOf(name)).verify(body, request.headers as Record<string, string>) as {
      type: string;
      data: { contractCode: string };
    };
    if (!down.has(name)) heard.push(`${name} ${event.type} ${event.data.contractCode}`);
    response.writeHead(down.has(name) ? 503 : 204).end();
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  const root = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'shops-'));
  const file = join(folder, 'receivers.json');
  const entry = (name: string, types: string[]) => ({ name, url: `${root}/${name}`, secret: secretOf(name), types });
  writeFileSync(
    file,
    JSON.stringify([entry('erp', ['reservation.*', 'client.*']), entry('field', ['client.activated'])]),
  );
  journalled = await startJournalled({
    env: { WEBHOOK_URLS: file, SESSION_SECRET: 'a secret that is long enough to be one' },
    boxes: 2,
  });
  door = await openDoor(journalled.subgraph);
});
afterAll(async () => {
  await journalled?.stop();
  receiver.closeAllConnections();
  receiver.close();
  rmSync(folder, { recursive: true });
});

const path = (code: string) => `/contracts/${encodeURIComponent(code)}`;
const home = ({ boxes }: Journalled, at: number) => {
  const box = boxes[at];
  if (!box) throw new Error('no box');
  return { boxId: box.id, lat: box.lat + 0.0001, lng: box.lng + 0.0001 };
};

describe('Two shops of one CNT that repeat a contract number', () => {
  it('sell it each for itself through the door, by shop|contract', async () => {
    for (const [at, contractCode] of [CENTRO, PRAIA].entries()) {
      const sold = await door.ask('POST', '/reservations', { body: { contractCode, ...home(journalled, at) } });
      expect([sold.status, sold.headers.get('location')]).toEqual([201, `/integrations/cnt/v1${path(contractCode)}`]);
    }
    expect(path(CENTRO)).toBe('/contracts/centro%7C900001');
    const activated = await door.ask('PUT', `${path(CENTRO)}/state`, { body: { state: 200 } });
    expect(activated.status).toBe(200);
    const [centro, praia] = await Promise.all([door.ask('GET', path(CENTRO)), door.ask('GET', path(PRAIA))]);
    expect([centro.body.contractCode, centro.body.state]).toEqual([CENTRO, 'ACTIVE']);
    expect([praia.body.contractCode, praia.body.state]).toEqual([PRAIA, 'AWAITING_ACTIVATION']);
    expect((await door.ask('GET', '/contracts/900001')).status).toBe(404);
  });

  it('are two contracts to GraphQL and to OZmap as well', async () => {
    const { data } = await journalled.subgraph.query<{ clients: { contractCode: string; status: string }[] }, object>(
      'query ($codes: [ID!]!) { clients(contractCodes: $codes) { contractCode status } }',
      { codes: [CENTRO, PRAIA] },
    );
    expect(data?.clients).toEqual([
      { contractCode: CENTRO, status: 'ACTIVE' },
      { contractCode: PRAIA, status: expect.not.stringMatching(/^ACTIVE$/) },
    ]);
    const held = await Promise.all([CENTRO, PRAIA].map((code) => journalled.clientOf(code)));
    expect(held.map((client) => client?.code)).toEqual([CENTRO, PRAIA]);
    expect(held[0]?.id).not.toBe(held[1]?.id);
  });

  it('open the map page each for its own contract, and for no other', async () => {
    const { url } = (await door.ask('POST', '/ozloc-links', { body: { contractCode: PRAIA } })).body;
    const ticket = new URL(String(url)).hash.slice('#t='.length);
    const session = await fetch(`${journalled.subgraph.url}/ozloc/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket }),
    });
    const token = String(((await session.json()) as { token: string }).token);
    const ask = (code: string) =>
      journalled.subgraph.query<{ client: { contractCode: string } | null }, object>(
        'query ($code: ID!) { client(contractCode: $code) { contractCode } }',
        { code },
        { token },
      );
    expect((await ask(PRAIA)).data?.client).toEqual({ contractCode: PRAIA });
    const other = await ask(CENTRO);
    expect([other.data?.client ?? null, other.errors[0]?.extensions?.code]).toEqual([null, 'FORBIDDEN']);
  });

  it('hear of each contract under its whole code, every receiver only what it asked for', async () => {
    await expect.poll(() => heard.length).toBeGreaterThanOrEqual(4);
    expect([...heard].sort()).toEqual([
      `erp client.activated ${CENTRO}`,
      `erp reservation.created ${CENTRO}`,
      `erp reservation.created ${PRAIA}`,
      `field client.activated ${CENTRO}`,
    ]);
  });

  it('show in the deliveries who was told, and what is sent again comes again', async () => {
    interface Deliveries {
      it: { edges: { node: { id: string; receiver: string; type: string; state: string; lastStatus: number } }[] };
    }
    const query = `query ($code: ID!) { it: integrationEventDeliveries(filter: { contractCode: $code, states: [DELIVERED] }) {
      edges { node { id receiver type state lastStatus } } } }`;
    const list = async (token: string) =>
      (await journalled.subgraph.query<Deliveries, object>(query, { code: CENTRO }, { token })).data?.it.edges ?? [];
    await expect.poll(async () => (await list('demo')).length).toBe(3);
    const everybody = await journalled.subgraph.query<Deliveries, object>(query, { code: '' }, { token: 'demo' });
    expect([everybody.data, everybody.errors[0]?.extensions?.code]).toEqual([{ it: null }, 'BAD_USER_INPUT']);
    const field = (await list('demo')).find(({ node }) => node.receiver === 'field');
    expect(field?.node).toMatchObject({ type: 'client.activated', state: 'DELIVERED', lastStatus: 204 });
    const again =
      'mutation ($id: ID!) { it: redeliverEvent(input: { deliveryId: $id }) { problem { code } delivery { state } } }';
    const { data } = await journalled.subgraph.query<{ it: object }, object>(again, { id: field?.node.id ?? '' });
    expect(data?.it).toMatchObject({ problem: null });
    await expect.poll(() => heard.filter((one) => one.startsWith('field ')).length).toBe(2);
    const unknown = await journalled.subgraph.query<{ it: object }, object>(again, { id: '999999999' });
    expect(unknown.data?.it).toEqual({ problem: { code: 'NOT_FOUND' }, delivery: null });
  });

  it('are counted for each receiver by its name: what it took, what it did not, and what waits for it', async () => {
    const counted = async () => {
      const text = await (await fetch(`${journalled.subgraph.root}/metrics`)).text();
      const lines = [...text.matchAll(/^journal_webhooks_(\w+)\{receiver="(\w+)"(?:,outcome="(\w+)")?\} (\d+)$/gm)];
      return Object.fromEntries(
        lines.map(([, name, who, outcome = '', count]) => [`${who} ${name} ${outcome}`.trim(), Number(count)]),
      );
    };
    expect(await counted()).toEqual({
      'erp pending': 0,
      'erp dead': 0,
      'erp attempts_total taken': 3,
      'field pending': 0,
      'field dead': 0,
      'field attempts_total taken': 2,
    });
    down.add('field');
    await door.ask('POST', `${path(PRAIA)}/activation`);
    await expect.poll(async () => (await counted())['field attempts_total failed']).toBeGreaterThan(0);
    await expect.poll(async () => (await counted())['erp attempts_total taken']).toBe(4);
    expect(await counted()).toMatchObject({ 'field pending': 1, 'erp pending': 0, 'field dead': 0 });
    down.clear();
    await expect.poll(async () => (await counted())['field pending']).toBe(0);
    expect(await counted()).toMatchObject({ 'field attempts_total taken': 3 });
  });
});
