import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { violations } from './support/accessible.js';
import { startBrowser } from './support/browser.js';
import { startJournalStandIn } from './support/journal-stand-in.js';
import { anOperation, idOf } from './support/operations.js';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const ALL = 28;

let journal: Awaited<ReturnType<typeof startJournalStandIn>>;
let browser: Browser;
let context: BrowserContext | null = null;
let complaints: string[] = [];

beforeAll(async () => {
  if (!existsSync(join(import.meta.dirname, '../../dist/web/logs.html'))) {
    throw new Error('the pages are not built: run `npm run build`');
  }
  [journal, browser] = await Promise.all([startJournalStandIn(), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await journal?.stop();
});
beforeEach(() => journal.reset());

async function open(query = '', options: BrowserContextOptions = {}): Promise<Page> {
  await context?.close();
  context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'pt-BR',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(6_000);
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  // Time goes on by itself, and jumps where a test says so.
  await page.clock.install();
  await page.goto(journal.url + query);
  return page;
}

async function enter(query = '', options: BrowserContextOptions = {}): Promise<Page> {
  const page = await open(query, options);
  await page.getByRole('button', { name: 'Usar a demonstração' }).click();
  await page.locator('.operation, .empty').first().waitFor();
  return page;
}

const rows = (page: Page) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
const row = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const FAILED = 'Cancelamento do cliente do contrato 900044: falhou';
const PENDING = 'Reserva de porta do contrato 900107: em andamento';

describe('the list of operations', () => {
  it('tells each in one sentence of a support person, whatever its state', async () => {
    const page = await enter();
    expect(await rows(page).count()).toBe(20);
    for (const sentence of [
      'Reserva de porta do contrato 900107: em andamento · agora · por demo (maria)',
      'Reserva de porta do contrato 900001: feita · há 3 min · por demo (maria)',
      'Cancelamento do cliente do contrato 900044: falhou · há 12 min · por api-cnt',
      'Mudança de endereço do contrato 900012: sem confirmação · há 25 min · por demo (maria)',
      'Ativação do cliente do contrato 900031: na fila · há 41 min · por demo (maria)',
      'Desistência da reserva do contrato 900009: feita · há 10 h · automática',
      'Cadastro de prospecto: feita · há 15 h · por demo (maria)',
    ]) {
      expect(await row(page, sentence).count(), sentence).toBe(1);
    }
    expect(complaints).toEqual([]);
  });

  it('goes on to older ones until there are no more', async () => {
    const page = await enter();
    await page.getByRole('button', { name: 'Mais antigas' }).click();
    await page.getByRole('heading', { name: `${ALL} operações`, exact: true }).waitFor();
    expect(await rows(page).count()).toBe(ALL);
    expect(await page.getByRole('button', { name: 'Mais antigas' }).count()).toBe(0);
  });

  it('opens an operation: its problem in words, its writes in order, its number to copy', async () => {
    const page = await enter();
    await row(page, FAILED).click();
    const details = rows(page).filter({ hasText: '900044' });
    await details.getByText('O OZmap não respondeu.').waitFor();
    const [first, second] = await details.locator('ol > li').allInnerTexts();
    expect(first?.replace(/\s+/g, ' ')).toMatch(
      /^Alterar o imóvel: feito PATCH properties\/64c1\w+ \d\d:\d\d:\d\d · resposta 200 · 96 ms$/,
    );
    expect(second?.replace(/\s+/g, ' ')).toContain('Excluir o cliente: não enviado DELETE ftth-clients/64c1');
    await details.getByRole('button', { name: 'Copiar' }).click();
    await details.getByText('Copiado').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(idOf(97));
  });

  it('says which value passed which limit', async () => {
    const page = await enter('?state=REFUSED');
    await rows(page).getByRole('button').first().click();
    await page.getByText('dropPath: 248,5 · limite 200').waitFor();
  });
});

describe('the search', () => {
  it('keeps its filters in the address, and goes back with the browser', async () => {
    const page = await enter('?lang=pt&authorization=segredo');
    expect(page.url()).not.toContain('segredo');
    await page.getByRole('alert').filter({ hasText: 'chave de API' }).waitFor();
    await page.getByLabel('Código do contrato').fill(' 900044 ');
    await page.getByLabel('Código do contrato').press('Enter');
    await page.getByRole('heading', { name: '1 operação', exact: true }).waitFor();
    await page.getByLabel('Situação').selectOption({ label: 'Feita' });
    await page.getByText('Nenhuma operação com estes filtros').waitFor();
    expect(new URL(page.url()).search).toBe('?contract=900044&state=APPLIED&lang=pt');
    await page.goBack();
    await row(page, FAILED).waitFor();
    await page.getByRole('button', { name: 'Limpar filtros' }).click();
    await page.getByRole('heading', { name: '20 operações mais recentes' }).waitFor();
    expect(new URL(page.url()).search).toBe('?lang=pt');
  });

  it('begins with what the address asks for: action, period, state', async () => {
    const page = await enter('?action=client.activate&period=week&state=OPEN');
    expect(await rows(page).allInnerTexts()).toEqual([expect.stringContaining('900031')]);
    expect(await page.getByLabel('Período').inputValue()).toBe('week');
    expect(await page.getByLabel('Situação').inputValue()).toBe('OPEN');
  });

  it('takes dates', async () => {
    const page = await enter();
    await page.getByLabel('Período').selectOption({ label: 'Escolher datas' });
    await page.getByLabel('Até').fill('2001-01-01');
    await page.getByText('Nenhuma operação com estes filtros').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(new URL(page.url()).search).toBe('?to=2001-01-01');
  });

  it('asks for the token again when it is not accepted', async () => {
    const page = await open();
    await page.getByLabel('Token da integração').fill('errado');
    await page.keyboard.press('Enter');
    await page.getByText('O token não foi aceito').waitFor();
    await page.getByLabel('Token da integração').fill('demo');
    await page.keyboard.press('Enter');
    await row(page, PENDING).waitFor();
    expect(page.url()).toBe(journal.url);
  });
});

describe('what is still running', () => {
  it('is followed by itself; what is open stays open, and the keyboard where it was', async () => {
    const page = await enter();
    await row(page, PENDING).focus();
    await page.keyboard.press('Enter');
    await page.getByText('enviado, aguardando').waitFor();
    journal.add(anOperation({ id: idOf(200), contractCode: '900200', requestedAt: new Date().toISOString() }));
    journal.change(idOf(99), { state: 'APPLIED', finishedAt: new Date().toISOString() });
    await page.clock.fastForward(2_000);
    await row(page, '900107: feita').waitFor();
    expect(await row(page, '900200: feita').count()).toBe(1);
    expect(await row(page, '900107: feita').getAttribute('aria-expanded')).toBe('true');
    expect(await page.evaluate<string>('document.activeElement.textContent')).toContain('900107');
    expect(await page.locator('p[role=status]').textContent()).toBe('Reserva de porta do contrato 900107: feita');
  });

  it('is not asked about while the page is out of sight, and at once when it is seen again', async () => {
    const page = await enter();
    const seen = (state: string) =>
      page.evaluate(
        `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' }); document.dispatchEvent(new Event('visibilitychange'))`,
      );
    await seen('hidden');
    const before = journal.readings();
    await page.clock.fastForward(20_000);
    await page.waitForTimeout(200);
    expect(journal.readings()).toBe(before);
    await seen('visible');
    await expect.poll(() => journal.readings(), { timeout: 400 }).toBe(before + 1);
  });

  it('keeps the list, and says so, while the service is away', async () => {
    const page = await enter();
    journal.setAway(true);
    await page.clock.fastForward(2_000);
    await page.getByRole('alert').filter({ hasText: 'Não foi possível atualizar' }).waitFor();
    expect(await rows(page).count()).toBe(20);
    journal.setAway(false);
    await page.getByRole('button', { name: 'Buscar de novo' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });
});

describe('trying again', () => {
  it('continues a failed operation, by keyboard alone, and shows how it ends though the search is for failed ones', async () => {
    const page = await enter('?state=FAILED');
    await page.getByRole('checkbox', { name: 'Ao vivo' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Tentar de novo' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const line = row(page, '900044: em andamento');
    await line.waitFor();
    await expect.poll(() => page.evaluate<string>('document.activeElement.textContent')).toContain('900044');
    journal.change(idOf(97), { state: 'APPLIED', finishedAt: new Date().toISOString() });
    await page.clock.fastForward(2_000);
    await row(page, '900044: feita').waitFor();
  });

  it('says why it could not be tried again', async () => {
    const page = await enter('?state=FAILED');
    journal.refuseRetries({ code: 'CONFLICT', reason: 'BUSY', message: 'busy', operationId: null, details: [] });
    await row(page, FAILED).click();
    await page.getByRole('button', { name: 'Tentar de novo' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Não foi possível tentar de novo' });
    expect(await alert.textContent()).toContain('em uso por outra operação');
    expect(await page.getByRole('button', { name: 'Tentar de novo' }).count()).toBe(1);
  });
});

describe('everybody can use it', () => {
  const openFirst = async (page: Page) => {
    for (let index = 0; index < 7; index += 1) await rows(page).nth(index).getByRole('button').first().click();
  };

  it('axe finds nothing, by day and in the dark', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Usar a demonstração' }).waitFor();
    const found: Record<string, string[]> = { access: await violations(page) };
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await openFirst(page);
    found.day = await violations(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    found.dark = await violations(page);
    expect(found).toEqual({ access: [], day: [], dark: [] });
  });

  it('axe finds nothing on a phone of 360 pixels, and nothing is wider than the screen', async () => {
    const page = await enter('', PHONE);
    await openFirst(page);
    expect(await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')).toEqual([360, 360]);
    expect(await violations(page)).toEqual([]);
  });

  it('speaks English to whoever asks for it', async () => {
    const page = await open('?lang=en');
    await page.getByRole('button', { name: 'Use the demonstration' }).click();
    await row(page, 'Port reservation for contract 900001: done · 3 min ago · by demo (maria)').waitFor();
    await row(page, 'Client cancellation for contract 900044: failed').click();
    await page.getByText('OZmap did not answer.').waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await page.title()).toBe('Operations log');
  });
});
