import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { Sales } from '../../../src/http/sales/sales.js';
import { inMemoryLedger } from '../../support/in-memory-ledger.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { startBrowser } from './browser.js';
import { type Plant, readPlant } from './plant.js';

/** The page, its service and a browser: one of each per file. */
export interface Stage {
  subgraph: TestSubgraph;
  plant: Plant;
  /** `{base}/ozloc` */
  url: string;
  /** A fresh page, the one before is closed. `query` begins with `?` or `#`, or is a whole address. With options, in a context of its own. */
  open(query?: string, options?: BrowserContextOptions): Promise<Page>;
  /** As `open`, with the demonstration's token given. */
  enter(query?: string, options?: BrowserContextOptions): Promise<Page>;
  /** A link with a one-time ticket, as `createOzlocLink` makes it. */
  link(session: TicketRequest): Promise<string>;
  /** A link as above whose time is over. */
  oldLink(contractCode: string): Promise<string>;
  stop(): Promise<void>;
}

/** What a ticket opens. */
export interface TicketRequest {
  contractCode: string;
  name?: string;
  location?: { lat: number; lng: number };
  /** How long the page is told that the sale lasts; the service's own time unless given. */
  expiresInMs?: number;
}

const SESSION_SECRET = 'seals the tickets of the tests, and nothing else';
/** For suites in a browser: the map is drawn by the processor here, and on a busy machine that takes its time. */
export const PATIENT = { timeout: 90_000 };

const WIDE = { width: 1100, height: 680 };

/** `env` is what a provider would set. */
export async function startStage(env: NodeJS.ProcessEnv = {}): Promise<Stage> {
  if (!existsSync(join(import.meta.dirname, '../../../dist/web/ozloc.html'))) {
    throw new Error('the pages are not built: run `npm run build`');
  }
  const [subgraph, plant, browser] = await Promise.all([
    startTestSubgraph({ env: { SESSION_SECRET, ...env } }),
    readPlant(),
    startBrowser(),
  ]);
  const url = `${subgraph.url}/ozloc`;
  let sessionMs: number | null = null;
  const plain = await contextWith({});
  let special: BrowserContext | null = null;

  async function contextWith(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await newContext(browser, options);
    await context.route(`${url}/session`, async (route) => {
      const response = await route.fetch();
      if (sessionMs === null || !response.ok()) return route.fulfill({ response });
      const expiresAt = new Date(Date.now() + sessionMs).toISOString();
      return route.fulfill({ response, json: { ...(await response.json()), expiresAt } });
    });
    return context;
  }

  async function open(query = '', options: BrowserContextOptions = {}): Promise<Page> {
    await Promise.all(plain.pages().map((page) => page.close()));
    await special?.close();
    special = Object.keys(options).length > 0 ? await contextWith(options) : null;
    const page = await (special ?? plain).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(query.startsWith('http') ? query : url + query);
    return page;
  }
  return {
    subgraph,
    plant,
    url,
    open,
    async enter(query, options) {
      const page = await open(query, options);
      await page.getByRole('button', { name: 'Usar a demonstração' }).click();
      return page;
    },
    async link({ expiresInMs, ...input }) {
      sessionMs = expiresInMs ?? null;
      const { data } = await subgraph.query<{ createOzlocLink: { url: string } }, object>(
        'mutation ($input: CreateOzlocLinkInput!) { createOzlocLink(input: $input) { url } }',
        { input },
      );
      return data?.createOzlocLink.url ?? '';
    },
    async oldLink(contractCode) {
      const sales = new Sales({ secret: SESSION_SECRET, ticketMs: -1_000, radiusM: 1_000, ledger: inMemoryLedger() });
      const sale = { contractCode, name: null, address: null, location: null, tags: [], relocate: false };
      return (await sales.links(url).issue(sale, { token: 'demo', ownerId: 'demo', cntUser: null })).url;
    },
    async stop() {
      await browser.close();
      await subgraph.stop();
    },
  };
}

/** Without motion, so that the map jumps where it would glide and a test need not wait; drawn by the processor, at half the resolution. */
async function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({
    viewport: WIDE,
    locale: 'pt-BR',
    reducedMotion: 'reduce',
    deviceScaleFactor: 0.5,
    ...options,
  });
}
