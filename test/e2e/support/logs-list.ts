import type { Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { CONTRACTS, type LogsStage, someOperations, startLogsStage } from './logs-stage.js';

/** For one file of tests: the page with `someOperations` to tell of, until its tests are over. OZmap is away, so that what waits goes on waiting. */
export async function logsOfOperations(): Promise<LogsStage> {
  const stage = await startLogsStage();
  afterAll(() => stage.stop());
  await someOperations(stage);
  return stage;
}

export const FAILED = `Cancelamento do cliente do contrato ${CONTRACTS.failed}: falhou`;
export const QUEUED = `Ativação do cliente do contrato ${CONTRACTS.queued}: na fila`;

export const rows = (page: Page) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
export const row = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
/** What has the keyboard; nothing where it is lost. A busy machine may take seconds to tell. */
export const focused = (page: Page) =>
  expect.poll(() => page.evaluate<string>("document.querySelector(':focus')?.outerHTML ?? ''"));
