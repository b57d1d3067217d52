import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../src/http/audit.js';
import type { AskOptions } from '../support/ask-graphql.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';
import { until } from '../support/until.js';

type Line = AuditRecord & { audit: 1; time: string };

const folder = mkdtempSync(join(tmpdir(), 'audit-'));
const file = join(folder, 'audit.jsonl');
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PERSON = /Zuleika|Travessa do Ouvidor|portão azul/;

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph({ env: { AUDIT_LOG: 'on', AUDIT_FILE: file, RATE_LIMIT_PER_MINUTE: '1000' } });
});
afterAll(async () => {
  await subgraph.stop();
  rmSync(folder, { recursive: true });
});

const lines = (): Line[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Waits for lines like these: they are gathered for a second. */
async function written(isWanted: (line: Line) => boolean, count = 1): Promise<Line[]> {
  await until(() => lines().filter(isWanted).length >= count);
  return lines().filter(isWanted);
}

let asked = 0;

/** Asks, and answers what was written of it: found by a trace of its own. */
async function auditOf(
  query: string,
  variables?: Record<string, unknown>,
  { count = 1, ...options }: AskOptions & { count?: number } = {},
): Promise<Line[]> {
  asked += 1;
  const traceId = `${TRACE.slice(0, 24)}${String(asked).padStart(8, '0')}`;
  await subgraph.query(query, variables, {
    ...options,
    headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  });
  return written((line) => line.traceId === traceId, count);
}

describe('The audit log', () => {
  it('tells who read which contract, from where, by which operation, in which trace', async () => {
    const [line] = await auditOf(
      'query Ficha($c: ID!) { client(contractCode: $c) { name } }',
      { c: '100001' },
      { user: 'maria' },
    );
    expect(line).toEqual({
      audit: 1,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      event: 'operation',
      ownerId: expect.stringMatching(/^[0-9a-f]{24}$/),
      ownerName: expect.any(String),
      cntUser: 'maria',
      address: '127.0.0.1',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      sale: null,
      type: 'query',
      operation: 'Ficha',
      fields: ['client'],
      contracts: ['100001'],
      outcome: 'ok',
    });
  });

  it('names contracts that were answered, not only those that were asked for', async () => {
    const [{ contractCode, ozmapId } = { contractCode: '', ozmapId: '' }] =
      (
        await subgraph.query<{ clients: { contractCode: string; ozmapId: string }[] }, unknown>(
          '{ clients(contractCodes: ["100002"]) { contractCode ozmapId } }',
        )
      ).data?.clients ?? [];
    expect(contractCode).toBe('100002');
    const [line] = await auditOf(
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Client { observation } } }',
      { r: [{ __typename: 'Client', ozmapId }] },
    );
    expect(line).toMatchObject({ fields: ['_entities'], contracts: ['100002'], outcome: 'ok' });
  });

  it('names a contract that was asked for in vain', async () => {
    const [line] = await auditOf('{ c: client(contractCode: "no-such-9") { name } }');
    expect(line).toMatchObject({ operation: null, fields: ['client'], contracts: ['no-such-9'], outcome: 'ok' });
  });

  it('tells how a command was refused, with the contract and without a word about the person', async () => {
    const input = {
      contractCode: 'audit-1',
      boxId: 'f'.repeat(24),
      location: { lat: -19.9, lng: -44.05 },
      name: 'Zuleika Prado',
      address: 'Travessa do Ouvidor, 9',
      observation: 'portão azul',
    };
    const reserve = 'mutation($i: ReservePortInput!) { reservePort(input: $i) { problem { reason } } }';
    const [line] = await auditOf(reserve, { i: input });
    expect(line).toMatchObject({ type: 'mutation', fields: ['reservePort'], contracts: ['audit-1'] });
    expect(line?.outcome).toMatch(/^[A-Z_]+$/);
    expect(readFileSync(file, 'utf8')).not.toMatch(PERSON);
  });

  it('tells of a refused sign-in where it came from, and never the token', async () => {
    const query = '{ client(contractCode: "100001") { name } }';
    const [unknown] = await auditOf(query, {}, { token: 'guessed-key-4711', user: 'mallory' });
    const [none] = await auditOf(query, {}, { token: null });
    for (const line of [unknown, none]) {
      expect(line).toMatchObject({
        event: 'sign-in.refused',
        ownerId: null,
        address: '127.0.0.1',
        contracts: [],
        outcome: 'UNAUTHENTICATED',
      });
    }
    expect(unknown?.cntUser).toBe('mallory');
    expect(readFileSync(file, 'utf8')).not.toContain('guessed-key-4711');
  });

  it('tells of a request that was refused for its size, and who sent it where that is known', async () => {
    const wide = `{ ${Array.from({ length: 9_000 }, (_, n) => `a${n}: box(id: "1") { id }`).join(' ')} }`;
    const refused = { event: 'request.refused', outcome: 'LIMIT_EXCEEDED', address: '127.0.0.1', contracts: [] };
    await subgraph.query('{ box(id: "1") { id } }');
    expect(await auditOf(wide, {}, { user: 'joana' })).toMatchObject([
      { ...refused, ownerId: expect.any(String), cntUser: 'joana' },
    ]);
    expect(await auditOf(wide, {}, { token: null })).toMatchObject([{ ...refused, ownerId: null }]);
    expect(await auditOf('{ __typename }', { filler: 'x'.repeat(3_000_000) })).toMatchObject([refused]);
  });

  it('gives a request without a trace a number of its own', async () => {
    await subgraph.query('query Sem { box(id: "0") { name } }');
    const [line] = await written(({ operation }) => operation === 'Sem');
    expect(line?.traceId).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  });

  it('goes on in further lines of the same trace where one request read very many contracts', async () => {
    const codes = (n: number) => Array.from({ length: 400 }, (_, index) => `many-${n}-${index}`);
    const found = await auditOf(
      'query($a: [ID!]!, $b: [ID!]!) { a: clients(contractCodes: $a) { name } b: clients(contractCodes: $b) { name } }',
      { a: codes(1), b: codes(2) },
      { count: 2 },
    );
    expect(found.map(({ contracts }) => contracts.length)).toEqual([500, 300]);
    expect(new Set(found.flatMap(({ contracts }) => contracts)).size).toBe(800);
  });

  it('tells who opened the link of a sale, and that a used one was refused', async () => {
    const { data } = await subgraph.query<{ createOzlocLink: { url: string } }, unknown>(
      'mutation($i: CreateOzlocLinkInput!) { createOzlocLink(input: $i) { url } }',
      { i: { contractCode: 'link-7' } },
      { user: 'marta' },
    );
    const ticket = data?.createOzlocLink.url.split('#t=')[1];
    const open = () =>
      fetch(`${subgraph.url}/ozloc/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ticket }),
      });
    expect((await open()).status).toBe(200);
    expect((await open()).status).toBe(410);
    const links = await written(({ event }) => event.startsWith('link.'), 2);
    expect(links).toMatchObject([
      {
        event: 'link.opened',
        contracts: ['link-7'],
        sale: 'link-7',
        outcome: 'ok',
        ownerId: expect.any(String),
        cntUser: 'marta',
      },
      { event: 'link.refused', contracts: [], outcome: 'UNAUTHENTICATED', ownerId: null },
    ]);
    expect(readFileSync(file, 'utf8')).not.toContain(ticket);
  });

  it('is readable by nobody but its owner', () => {
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});

describe('A service that stops', () => {
  it('has written what it had gathered', async () => {
    const own = join(folder, 'stopping.jsonl');
    const other = await startTestSubgraph({ env: { AUDIT_LOG: 'on', AUDIT_FILE: own } });
    await other.query('query Last { client(contractCode: "100003") { name } }');
    await other.stop();
    expect(JSON.parse(readFileSync(own, 'utf8').trim().split('\n').at(-1) ?? '')).toMatchObject({ operation: 'Last' });
  });

  it('does not start where its audit log cannot be opened', async () => {
    const env = { AUDIT_LOG: 'on', AUDIT_FILE: join(folder, 'no', 'such', 'folder') };
    await expect(startTestSubgraph({ env })).rejects.toThrow('ENOENT');
  });
});
