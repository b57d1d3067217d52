import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { CONTRACTS } from './logs-stage.js';

export const FAILED = `Cancelamento do cliente do contrato ${CONTRACTS.failed}: falhou`;
export const QUEUED = `Ativação do cliente do contrato ${CONTRACTS.queued}: na fila`;

export const rows = (page: Page) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
export const row = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
/** What has the keyboard; nothing where it is lost. A busy machine may take seconds to tell. */
export const focused = (page: Page) =>
  expect.poll(() => page.evaluate<string>("document.querySelector(':focus')?.outerHTML ?? ''"), { timeout: 10_000 });
