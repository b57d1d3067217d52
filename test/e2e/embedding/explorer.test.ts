import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { leaveBrowser, sharedBrowser } from '../support/browser.js';
import { PATIENT, PHONE } from '../support/open-page.js';

let subgraph: TestSubgraph;
let browser: Browser;
beforeAll(async () => {
  [subgraph, browser] = await Promise.all([startTestSubgraph(), sharedBrowser()]);
}, 60_000);
afterAll(async () => {
  await leaveBrowser();
  await subgraph?.stop();
});

const operations = readdirSync('schema/operations')
  .map((file) => readFileSync(`schema/operations/${file}`, 'utf8'))
  .flatMap((text) => text.match(/^(query|mutation) /gm) ?? []).length;

interface Opened {
  page: Page;
  /** Documents that the page sent, with their `Authorization` and `X-CNT-User`. */
  sent: { query: string; authorization: string | undefined; person: string | undefined }[];
  /** Requests to other origins, and what the page complained of. */
  complaints: string[];
}

async function open(path: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const sent: Opened['sent'] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== subgraph.root && protocol !== 'data:') complaints.push(request.url());
    const body = request.method() === 'POST' ? request.postDataJSON() : null;
    const { authorization, 'x-cnt-user': person } = request.headers();
    if (body) sent.push({ query: body.query, authorization, person });
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  await page.goto(subgraph.url + path);
  for (const editor of ['.graphiql-query-editor', '.graphiql-response'])
    await page.locator(`${editor} .view-lines`).waitFor({ state: 'attached' });
  await expect.poll(() => sent.length).toBeGreaterThan(0);
  return { page, sent, complaints };
}

/** What the editors hold, as a person reads it: without the spaces that make lines. */
const shown = async (page: Page, editor: string) =>
  (await page.locator(`${editor} .view-lines`).first().innerText()).replace(/\s+/g, ' ').trim();
const editor = (page: Page, name: string) => expect.poll(() => shown(page, name));
const answer = (page: Page) => editor(page, '.graphiql-response');

describe('The explorer', PATIENT, () => {
  it.each(['Map', 'Log', 'OpenAPI'])('leads to what else is here: %s', async (name) => {
    const { page } = await open('/graphql');
    const address = await page
      .getByRole('link', { name, exact: true })
      .evaluate((link: HTMLAnchorElement) => link.href);
    expect((await fetch(address)).status).toBe(200);
    await page.context().close();
  });

  it('opens an example with values of the demo, and runs it, from our own files only', async () => {
    const { page, sent, complaints } = await open('/graphql');
    expect(await page.getByRole('region', { name: 'Examples' }).getByRole('button').count()).toBe(operations);
    await page.getByRole('button', { name: 'ViabilityList' }).click();
    await page.getByRole('button', { name: /Execute/ }).click();
    await answer(page).toContain('"verdict": "VIABLE"');
    expect(sent.at(-1)).toMatchObject({ authorization: 'demo', person: 'explorer' });
    expect(sent.at(-1)?.query).toMatch(/^query ViabilityList/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('opens the query of a link, and leaves it to the reader to send it, with the reader’s own headers', async () => {
    const link = new URLSearchParams({
      query: 'mutation { withdrawReservation(input: { contractCode: "link-1" }) { contractCode } }',
      headers: '{"Authorization":"of-the-link"}',
      variables: '{"from":"the link"}',
    });
    const { page, sent } = await open(`?${link}`);
    await editor(page, '.graphiql-query-editor').toContain('contractCode: "link-1"');
    await editor(page, '.graphiql-editor-tool').toContain('the link');
    expect(sent.filter(({ query }) => !query.includes('__schema'))).toEqual([]);
    await page.getByRole('button', { name: /Execute/ }).click();
    await answer(page).toContain('"contractCode"');
    expect(sent.at(-1)).toMatchObject({ query: link.get('query'), authorization: 'demo' });
    await page.context().close();
  });

  it('leaves nothing behind in the browser', async () => {
    const { page } = await open('');
    await page.getByRole('button', { name: 'OzlocCreateProspect' }).click();
    const stored = await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])');
    expect(stored).toBe('[{},{},""]');
    await page.context().close();
  });

  it('fits a phone: what is asked stands above what is answered', async () => {
    const { page } = await open('/', PHONE);
    await page.getByRole('button', { name: /Execute/ }).click();
    await answer(page).toContain('"verdict"');
    const [asked, told] = await Promise.all(
      ['.graphiql-editors', '.graphiql-response'].map((part) => page.locator(part).boundingBox()),
    );
    expect(asked?.width).toBeGreaterThan(300);
    expect(told?.width).toBeGreaterThan(300);
    expect(told?.y).toBeGreaterThan(asked?.y ?? 0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.context().close();
  });
});
