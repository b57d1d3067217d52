import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import * as logsOperations from '../../../src/generated/logs-operations.js';
import * as operations from '../../../src/generated/operations.js';
import * as ozlocCommands from '../../../src/generated/ozloc-commands.js';
import type { Demo } from '../../../src/web/explorer/variables.js';
import { variablesFor } from '../../../src/web/explorer/variables.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';

/** As a browser opens an address. */
const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8' };
const open = (url: string) => fetch(url, { headers: BROWSER, redirect: 'manual' });

const OPERATIONS = Object.entries({ ...operations, ...logsOperations, ...ozlocCommands }).flatMap(
  ([name, document]) => {
    const [, operation] = /^(\w+)Document$/.exec(name) ?? [];
    return operation ? [[operation, String(document)] as const] : [];
  },
);

describe('A browser that opens the endpoint', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await startTestSubgraph();
  });
  afterAll(() => subgraph.stop());

  it.each(['', '/', '/graphql', '/graphql/', '?query={a}', '/graphql?query={a}'])(
    'gets the explorer at base%s, under a policy that keeps it here',
    async (path) => {
      const response = await open(subgraph.url + path);
      const page = await response.text();
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/https?:|unsafe-eval|\*/);
      const base = new URL(/<base href="([^"]+)">/.exec(page)?.[1] ?? '', response.url);
      const files = [...page.matchAll(/(?:src|href)="(\.[^"]+)"/g)].map(([, file = '']) => new URL(file, base));
      expect(files.length).toBeGreaterThan(2);
      for (const file of files) {
        expect(file.origin).toBe(subgraph.root);
        expect((await fetch(file)).status, file.href).toBe(200);
      }
    },
  );

  it.each([
    ['pt-BR,pt;q=0.9', 'pt-BR', 'OZmap para CNT', 'Registro de operações'],
    ['en-GB', 'en', 'OZmap for CNT', 'Operations log'],
  ])('finds at the root, in its language (%s), what is here: each link leads on', async (languages, lang, ...words) => {
    const headers = { ...BROWSER, 'accept-language': languages };
    const response = await fetch(`${subgraph.root}/`, { headers });
    const page = await response.text();
    expect([response.status, response.headers.get('vary')]).toEqual([200, 'Accept, Accept-Language']);
    for (const said of [`<html lang="${lang}">`, ...words]) expect(page).toContain(said);
    const policy = response.headers.get('content-security-policy');
    const [, style = ''] = /<style>(.*)<\/style>/s.exec(page) ?? [];
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(page).not.toMatch(/<script|style=|https?:/);
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => new URL(link, response.url));
    const { pathname: base } = new URL(subgraph.url);
    expect(links.map(({ pathname }) => pathname)).toEqual([
      ...['/ozloc', '/logs', '/graphql', '/v1/'].map((path) => base + path),
      '/readyz',
    ]);
    for (const link of links) expect((await fetch(link, { headers })).status).toBe(200);
  });

  it('and nobody else gets that page: a program is told the same addresses as JSON', async () => {
    const response = await fetch(`${subgraph.root}/`);
    const { pathname: base } = new URL(subgraph.url);
    expect([response.headers.get('content-type'), await response.json()]).toEqual([
      'application/json; charset=utf-8',
      {
        map: `${base}/ozloc`,
        logs: `${base}/logs`,
        graphql: `${base}/graphql`,
        http: `${base}/v1/`,
        health: '/readyz',
      },
    ]);
  });

  it('is asked for nothing again while it has the page', async () => {
    const etag = (await open(subgraph.url)).headers.get('etag') ?? '';
    const again = await fetch(subgraph.url, { headers: { ...BROWSER, 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('finds examples that the demo answers, all of them', async () => {
    const config = await (await fetch(`${subgraph.url}/explorer/config.json`)).json();
    const { demo } = config as { demo: Demo };
    expect(OPERATIONS.length).toBeGreaterThan(20);
    for (const [name, document] of OPERATIONS) {
      const { errors } = await subgraph.query(document, variablesFor(name, demo));
      expect([name, errors]).toEqual([name, []]);
    }
  });
});

describe('EXPLORER', () => {
  it.each([
    ['off', { EXPLORER: 'off' }],
    ['not set, where the schema is not told to strangers,', { INTROSPECTION: 'false' }],
  ])(
    '%s leaves GraphQL alone at the endpoint, and gives out nothing of a page that names what there is',
    async (_how, env) => {
      const subgraph = await startTestSubgraph({ env });
      onTestFinished(() => subgraph.stop());
      for (const path of ['', '/graphql?query={__typename}']) {
        const response = await open(subgraph.url + path);
        expect(response.headers.get('content-type')).toContain('application/json');
        expect(await response.text()).not.toContain('<');
      }
      expect(await (await open(`${subgraph.root}/`)).text()).not.toContain('graphql');
      const files = readdirSync('dist/web/assets').filter((name) => /^explorer-.*\.js/.test(name));
      expect(files.length).toBeGreaterThan(0);
      for (const file of ['explorer/config.json', ...files.map((name) => `assets/${name}`)])
        expect([file, (await open(`${subgraph.url}/${file}`)).status]).toEqual([file, 404]);
    },
  );

  it("sandbox sends the browser on to Apollo's, with the query and where we are", async () => {
    const env = { EXPLORER: 'sandbox', PUBLIC_ORIGIN: 'https://fibra.example' };
    const subgraph = await startTestSubgraph({ env });
    onTestFinished(() => subgraph.stop());
    const response = await open(`${subgraph.url}?query=${encodeURIComponent('{ me }')}`);
    const { origin, searchParams } = new URL(response.headers.get('location') ?? '');
    expect([response.status, origin]).toEqual([302, 'https://studio.apollographql.com']);
    expect(Object.fromEntries(searchParams)).toEqual({
      endpoint: 'https://fibra.example/integrations/cnt/graphql',
      document: '{ me }',
    });
  });
});
