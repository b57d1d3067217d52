import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Route } from 'playwright-core';
import { Sales } from '../../../src/http/sales/sales.js';
import { inMemoryLedger } from '../../support/in-memory-ledger.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { leaveBrowser, sharedBrowser } from './browser.js';
import { type Plant, readPlant } from './plant.js';

/** The page, its service and a browser: one of each per file. */
export interface Stage {
  subgraph: TestSubgraph;
  plant: Plant;
  /** `{base}/ozloc` */
  url: string;
  /** A fresh page, the one before is closed. `query` begins with `?` or `#`, or is a whole address. With options, in a context of its own. */
  open(query?: string, options?: OpenOptions): Promise<Page>;
  /** As `open`, with the demonstration's token given. */
  enter(query?: string, options?: OpenOptions): Promise<Page>;
  /** A link with a one-time ticket, as `createOzlocLink` makes it. */
  link(session: TicketRequest): Promise<string>;
  /** A link as above whose time is over. */
  oldLink(contractCode: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A page without WebGL has no map, and all else: what a test says of forms, links and refusals holds there, too, in a third of the time, because
 * the map is drawn by the processor here.
 */
export type OpenOptions = BrowserContextOptions & { map?: boolean };

export const WITH_MAP: OpenOptions = { map: true };
/** The smallest that is sold, under a thumb. */
export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** What a ticket opens. */
export interface TicketRequest {
  contractCode: string;
  name?: string;
  location?: { lat: number; lng: number };
  relocate?: boolean;
  openerOrigin?: string;
  returnUrl?: string;
  state?: string;
  /** How long the page is told that the sale lasts; the service's own time unless given. */
  expiresInMs?: number;
}

const SESSION_SECRET = 'seals the tickets of the tests, and nothing else';
/** For suites in a browser: the map is drawn by the processor here, and on a busy machine that takes its time. */
export const PATIENT = { timeout: 90_000 };

const WIDE = { width: 1100, height: 680 };

/** `env` is what a provider would set; `map`: whether pages have one where `open` does not say. */
export async function startStage(env: NodeJS.ProcessEnv = {}, { map = true } = {}): Promise<Stage> {
  if (!existsSync(join(import.meta.dirname, '../../../dist/web/ozloc.html'))) {
    throw new Error('the pages are not built: run `npm run build`');
  }
  const [subgraph, plant, browser] = await Promise.all([
    startTestSubgraph({ env: { SESSION_SECRET, ...env } }),
    readPlant(),
    sharedBrowser(),
  ]);
  const url = `${subgraph.url}/ozloc`;
  const plain = await newContext(browser, { map });
  let special: BrowserContext | null = null;

  /** The next session that is opened ends in `ms`. */
  async function shortenNextSession(ms: number): Promise<void> {
    const shorten = async (route: Route) => {
      const response = await route.fetch();
      const expiresAt = new Date(Date.now() + ms).toISOString();
      await route.fulfill({ response, json: { ...(await response.json()), expiresAt } });
    };
    await plain.route(`${url}/session`, shorten, { times: 1 });
  }

  async function open(query = '', options: OpenOptions = {}): Promise<Page> {
    await Promise.all([leave(plain), special && leave(special).then(() => special?.close())]);
    special = Object.keys(options).length > 0 ? await newContext(browser, { map, ...options }) : null;
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
      if (expiresInMs) await shortenNextSession(expiresInMs);
      const { data } = await subgraph.query<{ createOzlocLink: { url: string | null; problem: unknown } }, object>(
        'mutation ($input: CreateOzlocLinkInput!) { createOzlocLink(input: $input) { url problem { message } } }',
        { input },
      );
      const made = data?.createOzlocLink;
      if (!made?.url) throw new Error(JSON.stringify(made?.problem));
      return made.url;
    },
    async oldLink(contractCode) {
      const sales = new Sales({ secret: SESSION_SECRET, ticketMs: -1_000, radiusM: 1_000, ledger: inMemoryLedger() });
      const sale = { contractCode, name: null, address: null, location: null, tags: [], relocate: false };
      return (await sales.links(url).issue(sale, { token: 'demo', ownerId: 'demo', cntUser: null })).url;
    },
    async stop() {
      await Promise.all([leave(plain), special && leave(special)]);
      await leaveBrowser();
      await subgraph.stop();
    },
  };
}

/** Closes a context's pages. What they still ask is let go of first: an answer that comes to a closed page would fail the run, not the test. */
async function leave(context: BrowserContext): Promise<void> {
  const leavePage = (page: Page) => page.unrouteAll({ behavior: 'ignoreErrors' }).then(() => page.close());
  await Promise.all(context.pages().map(leavePage));
}

/** Without motion, so that the map jumps where it would glide and a test need not wait; drawn by the processor, at half the resolution. */
async function newContext(browser: Browser, { map, ...options }: OpenOptions): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: WIDE,
    locale: 'pt-BR',
    reducedMotion: 'reduce',
    deviceScaleFactor: 0.5,
    ...options,
  });
  if (!map) await context.addInitScript(WITHOUT_WEBGL);
  return context;
}

const WITHOUT_WEBGL = `{
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (kind, ...options) {
    return kind.startsWith('webgl') ? null : getContext.call(this, kind, ...options);
  };
}`;
