import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { startBrowser } from './browser.js';
import { type Plant, readPlant, shown } from './plant.js';
import { standInFor } from './stand-in.js';

/** The page, its service and a browser: one of each per file. */
export interface Stage {
  subgraph: TestSubgraph;
  plant: Plant;
  /** `{base}/ozloc` */
  url: string;
  /** A fresh page in a fresh context; `query` begins with `?` or `#`. Fails the test on any error in the console. */
  open(query?: string, options?: BrowserContextOptions): Promise<Page>;
  /** As `open`, with the demonstration's token given. */
  enter(query?: string, options?: BrowserContextOptions): Promise<Page>;
  link: Awaited<ReturnType<typeof standInFor>>['link'];
  stop(): Promise<void>;
}

const WIDE = { width: 1280, height: 800 };

export async function startStage(): Promise<Stage> {
  if (!existsSync(join(import.meta.dirname, '../../../dist/web/ozloc.html'))) {
    throw new Error('the pages are not built: run `npm run build`');
  }
  const [subgraph, plant, browser] = await Promise.all([startTestSubgraph(), readPlant(), startBrowser()]);
  const front = await standInFor(subgraph.url, shown(plant, 'freeBox'));
  const contexts: BrowserContext[] = [];
  const url = `${front.url}/ozloc`;

  async function open(query = '', options: BrowserContextOptions = {}): Promise<Page> {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    const context = await newContext(browser, options);
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
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
    link: front.link,
    async stop() {
      await browser.close();
      await front.stop();
      await subgraph.stop();
    },
  };
}

/** Without motion, so that the map jumps where it would glide and a test need not wait. */
async function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({ viewport: WIDE, locale: 'pt-BR', reducedMotion: 'reduce', ...options });
}
