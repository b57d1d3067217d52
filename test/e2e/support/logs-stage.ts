import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Journalled, startJournalled } from '../../support/journalled.js';
import { besides, type RestBox } from '../../support/plant.js';
import { leaveBrowser, sharedBrowser } from './browser.js';

/** The service with operations of every kind in its journal, and a browser for the page that tells of them. */
export interface LogsStage extends Journalled {
  /** `{base}/logs` */
  url: string;
  /** A fresh page; the one before is closed. `query` begins with `?`. */
  open(query?: string, options?: BrowserContextOptions): Promise<Page>;
  /** As `open`, with the demonstration's token given, once something is listed. `button` is what it is called. */
  enter(query?: string, options?: BrowserContextOptions, button?: string): Promise<Page>;
  /** What the browser complained about since the page was opened: refused by the content security policy, thrown, failed. */
  complaints(): string[];
  stop(): Promise<void>;
}

const WIDE = { width: 1280, height: 800 };

/** Starts them. Nothing is unanswered for less than five minutes, so that UNKNOWN stays for as long as a test looks. */
export async function startLogsStage(more: NodeJS.ProcessEnv = {}): Promise<LogsStage> {
  if (!existsSync(join(import.meta.dirname, '../../../dist/web/logs.html')))
    throw new Error('the pages are not built: run `npm run build`');
  const env = { OUTCOME_SETTLE_S: '300', REQUEST_TIMEOUT_MS: '8000', ...more };
  const [journalled, browser] = await Promise.all([startJournalled({ env, boxes: 8 }), sharedBrowser()]);
  const url = `${journalled.subgraph.url}/logs`;
  let context: BrowserContext | null = null;
  let complaints: string[] = [];

  async function open(query = '', options: BrowserContextOptions = {}): Promise<Page> {
    await context?.close();
    context = await newContext(browser, options);
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    // Time goes on by itself, and jumps where a test says so.
    await page.clock.install();
    await page.goto(url + query);
    return page;
  }
  return {
    ...journalled,
    url,
    open,
    async enter(query, options, button = 'Usar a demonstração') {
      const page = await open(query, options);
      await page.getByRole('button', { name: button }).click();
      await page.locator('.operation, .empty').first().waitFor();
      return page;
    },
    complaints: () => complaints,
    async stop() {
      await leaveBrowser();
      await journalled.stop();
    },
  };
}

function newContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  return browser.newContext({
    viewport: WIDE,
    locale: 'pt-BR',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
}

/** The contracts of `someOperations`. */
export const CONTRACTS = {
  older: '800000',
  applied: '900001',
  refused: 'CONTRATO-FILIAL-SUL-2026/000123456789',
  failed: '900044',
  unknown: '900012',
  queued: '900031',
} as const;
const MARIA = { user: 'maria' };
const JOANA = { user: 'joana.da.silva.pereira@provedor.example' };
/** The write of an activation or an update. */
export const UPDATES = { method: 'PATCH', path: 'ftth-clients' };
/** How many operations `someOperations` makes. */
export const HOW_MANY = 31;

/**
 * What support meets in a journal: 21 older operations of one contract; then one that was done, one that was refused with a limit, one that
 * failed half-way, one whose answer was lost, a lead, and one that waits because OZmap is away, as it is from then on.
 */
export async function someOperations(journalled: Journalled): Promise<void> {
  const { run, reserve, boxes, subgraph } = journalled;
  const [box, forFailed, forUnknown, forQueued] = boxes;
  if (!box) throw new Error('no box');
  await reserve(CONTRACTS.older, box);
  for (let turn = 0; turn < 20; turn++)
    await run('updateClient', { contractCode: CONTRACTS.older, name: `Nome ${turn}` }, MARIA);
  const place = { boxId: box.id, location: besides(box) };
  await run('reservePort', { contractCode: CONTRACTS.applied, ...place }, MARIA);
  const dropPath = [place.location, ...(await detour(journalled, box)), { lat: box.lat, lng: box.lng }];
  const refused = await run('reservePort', { contractCode: CONTRACTS.refused, ...place, dropPath }, JOANA);
  expect(refused.problem?.reason).toBe('DROP_TOO_LONG');
  await failedCancellation(journalled, CONTRACTS.failed, forFailed);
  await reserve(CONTRACTS.unknown, forUnknown);
  await subgraph.emulator.fault({ fault: 'reset-before', times: 1, match: UPDATES });
  const lost = await run('updateClient', { contractCode: CONTRACTS.unknown, name: 'Nome perdido' }, MARIA);
  expect(lost.problem?.code).toBe('UPSTREAM_OUTCOME_UNKNOWN');
  await run('createProspect', { name: 'Interessado', location: place.location }, MARIA);
  await reserve(CONTRACTS.queued, forQueued);
  await subgraph.emulator.fault({ fault: 'status', status: 503 });
  const queued = await run('activateClient', { contractCode: CONTRACTS.queued }, MARIA);
  expect(queued.operation?.state).toBe('QUEUED');
}

/** A cancellation whose second write OZmap refuses: it failed half-way. */
export async function failedCancellation(
  { run, reserve, subgraph }: Journalled,
  contractCode: string,
  box: RestBox | undefined,
): Promise<void> {
  await reserve(contractCode, box);
  await run('activateClient', { contractCode });
  await subgraph.emulator.fault({
    fault: 'status',
    status: 400,
    times: 1,
    match: { method: 'DELETE', path: 'ftth-clients' },
  });
  const failed = await run('cancelClient', { contractCode });
  expect(failed.operation?.state).toBe('FAILED');
}

/** A dozen poles so far from the box that a drop over them is too long. */
async function detour({ subgraph }: Journalled, box: RestBox): Promise<{ lat: number; lng: number }[]> {
  const poles = await subgraph.emulator.all<{ lat: number; lng: number }>('poles');
  const far = poles.filter(({ lat, lng }) => {
    const degrees = Math.hypot(lat - box.lat, lng - box.lng);
    return degrees > 0.001 && degrees < 0.003;
  });
  return far.slice(0, 12).map(({ lat, lng }) => ({ lat, lng }));
}
