import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { COLORS, violations } from '../support/accessible.js';
import { FAILED, focused, logsOfOperations, QUEUED, row, rows } from '../support/logs-list.js';
import { CONTRACTS, HOW_MANY } from '../support/logs-stage.js';
import { PHONE } from '../support/open-page.js';

const stage = await logsOfOperations();

/** Opens one operation of each state. */
async function openOneOfEach(page: Page) {
  const sentences = [FAILED, QUEUED, /900012: sem confirmação/, /000123456789: recusada/, /900001: feita/];
  for (const sentence of sentences) await row(page, sentence).click();
}

describe('the list of operations', () => {
  it('tells each in one sentence of a support person, whatever its state', async () => {
    const page = await stage.enter();
    expect(await rows(page).count()).toBe(20);
    for (const sentence of [
      `${QUEUED} · agora · por demo (maria)`,
      'Cadastro de prospecto de Interessado: feita · agora · por demo (maria)',
      'Atualização do cliente do contrato 900012: sem confirmação · agora · por demo (maria)',
      `${FAILED} · agora · por demo`,
      'Reserva de porta do contrato CONTRATO-FILIAL-SUL-2026/000123456789: recusada · agora · por demo (joana.da.silva.pereira@provedor.example)',
      'Reserva de porta do contrato 900001: feita · agora · por demo (maria)',
    ]) {
      // The machine may be slow: what is a minute old is said so.
      const text = new RegExp(`^${sentence.replace(/[.()/]/g, '\\$&').replace('agora', '(agora|há \\d+ min)')}$`);
      expect(await row(page, text).count(), sentence).toBe(1);
    }
    expect(stage.complaints()).toEqual([]);
  });

  it('goes on to older ones until there are no more', async () => {
    const page = await stage.enter();
    await page.getByRole('button', { name: 'Mais antigas' }).click();
    await page.getByRole('heading', { name: `${HOW_MANY} operações`, exact: true }).waitFor();
    expect(await rows(page).count()).toBe(HOW_MANY);
    expect(await page.getByRole('button', { name: 'Mais antigas' }).count()).toBe(0);
  });

  it('opens an operation: its problem in words, its writes in order, its number to copy', async () => {
    const page = await stage.enter();
    await row(page, FAILED).click();
    const details = rows(page).filter({ hasText: FAILED.slice(0, -8) });
    await details.getByText('O OZmap recusou a operação.').waitFor();
    expect(await details.getByText('Resposta do OZmap: Falha simulada 400').count()).toBe(1);
    const [first, second] = await details.locator('ol > li').allInnerTexts();
    expect(first?.replace(/\s+/g, ' ')).toMatch(
      /^Alterar o imóvel: feito PATCH properties\/\w+ \d\d:\d\d:\d\d · resposta 204 · [\d,]+ m?s$/,
    );
    expect(second?.replace(/\s+/g, ' ')).toMatch(
      /^Excluir o cliente: recusado DELETE ftth-clients\/\w+ .* resposta 400/,
    );
    await details.getByRole('button', { name: 'Copiar', exact: true }).click();
    await details.getByText('Copiado').waitFor();
    const [failed] = await stage.history(CONTRACTS.failed);
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(failed?.id);
  });

  it('has an address of its own, which shows what it changed, also to who is sent it; so has its number', async () => {
    const [update] = await stage.history(CONTRACTS.older);
    const page = await stage.enter(`?search=${CONTRACTS.older.slice(1, 5)}&action=client.update`);
    await rows(page).getByRole('button').first().click();
    await page.getByText('Nome: Nome 18 → Nome 19').waitFor();
    expect(new URL(page.url()).search).toBe(`?operation=${update?.id}`);
    await page.getByRole('button', { name: 'Copiar link' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(page.url());
    const again = await stage.enter(`?operation=${update?.id}`);
    await again.getByText('Nome: Nome 18 → Nome 19').waitFor();
    expect(await rows(again).count()).toBe(1);
    const [failed] = await stage.history(CONTRACTS.failed);
    await again.getByLabel('Contrato, nome, telefone ou operação').fill(` ${failed?.id} `);
    await again.keyboard.press('Enter');
    await again.getByText('O OZmap recusou a operação.').waitFor();
  });

  it('says which value passed which limit', async () => {
    const page = await stage.enter('?state=REFUSED');
    await rows(page).getByRole('button').first().click();
    await page.getByText(/^O drop teria [\d.]+ m; o limite do projeto é 200 m\.$/).waitFor();
    await page.getByText(/^Comprimento do drop, em metros: [\d.,]+ · limite 200$/).waitFor();
  });

  it('says that OZmap is away to whoever comes with a token that nobody vouches for now', async () => {
    const page = await stage.open();
    await page.getByLabel('Token da integração').fill('demo-norte');
    await page.keyboard.press('Enter');
    const alert = page.getByRole('alert').filter({ hasText: 'A busca não deu certo' });
    await alert.waitFor();
    expect(await alert.textContent()).toContain('O OZmap não está respondendo');
    expect(await violations(page)).toEqual([]);
  });
});

describe('the search', () => {
  it('keeps its filters in the address, and goes back with the browser', async () => {
    const page = await stage.enter('?lang=pt&authorization=segredo');
    expect(page.url()).not.toContain('segredo');
    await page.getByRole('alert').filter({ hasText: 'chave de API' }).waitFor();
    await page.getByLabel('Contrato, nome, telefone ou operação').fill(` ${CONTRACTS.failed} `);
    await page.getByLabel('Contrato, nome, telefone ou operação').press('Enter');
    await page.getByRole('heading', { name: '3 operações', exact: true }).waitFor();
    await page.getByLabel('Situação').selectOption({ label: 'Na fila' });
    await page.getByText('Nenhuma operação com estes filtros').waitFor();
    expect(new URL(page.url()).search).toBe(`?search=${CONTRACTS.failed}&state=QUEUED&lang=pt`);
    await page.goBack();
    await row(page, FAILED).waitFor();
    await page.getByRole('button', { name: 'Limpar filtros' }).click();
    await page.getByRole('heading', { name: '20 operações mais recentes' }).waitFor();
    expect(new URL(page.url()).search).toBe('?lang=pt');
  });

  it('stores no token: loaded anew the page asks for it, and then shows what it showed', async () => {
    const page = await stage.enter(`?search=${CONTRACTS.failed}`);
    await row(page, FAILED).waitFor();
    await page.reload();
    await page.getByText('é esquecido ao fechá-la ou recarregá-la').waitFor();
    const stored = 'JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie, history.state])';
    expect(await page.evaluate<string>(stored)).toBe('[{},{},"",null]');
    expect(await page.locator('.operation').count()).toBe(0);
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await row(page, FAILED).waitFor();
  });

  it('tells how many of today stand in each state, and leads to them', async () => {
    const page = await stage.enter();
    const failed = page.locator('.totals').getByRole('button', { name: /falhou/ });
    const count = Number((await failed.innerText()).replace(/\D/g, ''));
    expect(count).toBeGreaterThan(0);
    await failed.click();
    await expect.poll(() => page.url()).toMatch(/state=FAILED&period=today/);
    await expect.poll(() => page.locator('.operation.bad').count()).toBe(count);
    expect(await page.locator('.operation:not(.bad)').count()).toBe(0);
    expect(await failed.getAttribute('aria-pressed')).toBe('true');
  });

  it('begins with what the address asks for: action, period, state', async () => {
    const page = await stage.enter('?action=client.activate&period=week&state=OPEN');
    expect(await rows(page).allInnerTexts()).toEqual([expect.stringContaining(CONTRACTS.queued)]);
    expect(await page.getByLabel('Período').inputValue()).toBe('week');
    expect(await page.getByLabel('Situação').inputValue()).toBe('OPEN');
  });

  it('leaves the keyboard at the list where what had it is gone: the token, the filters', async () => {
    const page = await stage.open('?state=APPLIED');
    await page.getByLabel('Token da integração').fill('demo');
    await page.keyboard.press('Enter');
    await rows(page).first().waitFor();
    await focused(page).toMatch(/^<h2 id="results-title"/);
    await page.getByRole('button', { name: 'Limpar filtros' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '20 operações mais recentes' }).waitFor();
    await focused(page).toMatch(/^<h2 id="results-title"/);
  });

  it('takes dates', async () => {
    const page = await stage.enter();
    await page.getByLabel('Período').selectOption({ label: 'Escolher datas' });
    await page.getByLabel('Até').fill('2001-01-01');
    await page.getByText('Nenhuma operação com estes filtros').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(new URL(page.url()).search).toBe('?to=2001-01-01');
    await page.getByLabel('Até').fill('2999-01-01');
    await page.getByRole('heading', { name: '20 operações mais recentes' }).waitFor();
  });
});

describe('everybody can use it', () => {
  it('axe finds nothing, by day and in the dark', async () => {
    const page = await stage.open();
    await page.getByRole('button', { name: 'Usar a demonstração' }).waitFor();
    const found: Record<string, string[]> = { access: await violations(page) };
    await page.getByRole('button', { name: 'Usar a demonstração' }).click();
    await openOneOfEach(page);
    found.day = await violations(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    found.dark = await violations(page, COLORS);
    expect(found).toEqual({ access: [], day: [], dark: [] });
    expect(stage.complaints()).toEqual([]);
  });

  it('axe finds nothing on a phone of 360 pixels, and nothing is wider than the screen', async () => {
    const page = await stage.enter('', PHONE);
    await openOneOfEach(page);
    expect(await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')).toEqual([360, 360]);
    expect(await violations(page)).toEqual([]);
  });

  it('speaks English to whoever asks for it', async () => {
    const page = await stage.enter(`?lang=en&contract=${CONTRACTS.failed}`, {}, 'Use the demonstration');
    await row(page, /^Port reservation for contract 900044: done · (now|\d+ min ago) · by demo$/).waitFor();
    await row(page, 'Client cancellation for contract 900044: failed').click();
    await page.getByText('OZmap refused the operation.').waitFor();
    expect(await page.locator('.details').innerText()).not.toMatch(/recus|gravaç|não /);
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    expect(await page.title()).toBe('Operations log');
  });
});
