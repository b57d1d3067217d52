import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COLORS, violations } from '../support/accessible.js';
import {
  CONTRACTS,
  failedCancellation,
  HOW_MANY,
  type LogsStage,
  someOperations,
  startLogsStage,
  UPDATES,
} from '../support/logs-stage.js';
import { PHONE } from '../support/open-page.js';

let stage: LogsStage;

beforeAll(async () => {
  stage = await startLogsStage();
  await someOperations(stage);
}, 180_000);
afterAll(() => stage?.stop());

const rows = (page: Page) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) });
/** What has the keyboard; nothing where it is lost. A busy machine may take seconds to tell. */
const focused = (page: Page) =>
  expect.poll(() => page.evaluate<string>("document.querySelector(':focus')?.outerHTML ?? ''"), { timeout: 10_000 });
const row = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const FAILED = `Cancelamento do cliente do contrato ${CONTRACTS.failed}: falhou`;
const QUEUED = `Ativação do cliente do contrato ${CONTRACTS.queued}: na fila`;
/** Opens one operation of each state. */
async function openOneOfEach(page: Page) {
  const sentences = [FAILED, QUEUED, /900012: sem confirmação/, /000123456789: recusada/, /900001: feita/];
  for (const sentence of sentences) await row(page, sentence).click();
}

// OZmap is away from here on, so that what waits goes on waiting.
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

describe('what is still running', () => {
  it('is followed by itself; what is open stays open, and the keyboard where it was', async () => {
    const page = await stage.enter();
    await row(page, QUEUED).focus();
    await page.keyboard.press('Enter');
    await page.getByText('O OZmap estava fora do ar.').waitFor();
    await stage.subgraph.emulator.clearFaults();
    await stage.ended((await stage.history(CONTRACTS.queued))[0]?.id);
    await stage.reserve('900200', stage.boxes[4]);
    await page.clock.fastForward(2_000);
    await row(page, `${CONTRACTS.queued}: feita`).first().waitFor();
    await row(page, '900200: feita').waitFor();
    const line = row(page, `Ativação do cliente do contrato ${CONTRACTS.queued}: feita`);
    expect(await line.getAttribute('aria-expanded')).toBe('true');
    await focused(page).toContain(CONTRACTS.queued);
    await rows(page).filter({ has: line }).getByText('Alterar o cliente: ').waitFor();
  });

  it('names its client and box as OZmap has them now, and is found by that name', async () => {
    const page = await stage.enter('?search=Nome&action=client.update');
    await row(page, CONTRACTS.older).first().click();
    await page.getByText(/^Hoje no OZmap · Nome 19 · /).waitFor();
    expect(await page.getByRole('link', { name: 'Abrir o mapa (OZloc)' }).getAttribute('href')).toBe(
      `ozloc?contract=${CONTRACTS.older}`,
    );
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Baixar CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('operações.csv');
    expect(await violations(page)).toEqual([]);
  });

  it('is told while it runs, write by write, and said aloud when it ends', async () => {
    await stage.reserve('900107', stage.boxes[5]);
    const page = await stage.enter('?contract=900107');
    await row(page, 'Reserva de porta do contrato 900107: feita').waitFor();
    await stage.subgraph.emulator.fault({ fault: 'delay', delayMs: 6_000, times: 1, match: UPDATES });
    const answer = stage.run('activateClient', { contractCode: '900107' });
    const running = row(page, 'Ativação do cliente do contrato 900107: em andamento');
    await running.click();
    await page.getByText('enviado, aguardando').waitFor();
    expect(await violations(page)).toEqual([]);
    await answer;
    // By its own next reading: one more after it would have nothing new to say aloud.
    await row(page, 'Ativação do cliente do contrato 900107: feita').waitFor();
    expect(await page.locator('p[role=status]').textContent()).toBe('Ativação do cliente do contrato 900107: feita');
  });

  it('is not asked about while the page is out of sight, and at once when it is seen again', async () => {
    const page = await stage.enter();
    let readings = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') readings += 1;
    });
    const seen = (state: string) =>
      page.evaluate(
        `Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' }); document.dispatchEvent(new Event('visibilitychange'))`,
      );
    await seen('hidden');
    await page.clock.fastForward(20_000);
    await page.waitForTimeout(200);
    expect(readings).toBe(0);
    await seen('visible');
    await expect.poll(() => readings, { timeout: 10_000 }).toBe(1);
  });

  it('keeps the list, and says so, while the service is away', async () => {
    const page = await stage.enter();
    await page.context().setOffline(true);
    await page.clock.fastForward(20_000);
    await page.getByRole('alert').filter({ hasText: 'Não foi possível atualizar' }).waitFor();
    expect(await rows(page).count()).toBe(20);
    expect(await violations(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Buscar de novo' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('asks for the token again when it is not accepted', async () => {
    const page = await stage.open();
    await page.getByLabel('Token da integração').fill('errado');
    await page.keyboard.press('Enter');
    await page.getByText('O token não foi aceito').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Token da integração').fill('demo');
    await page.keyboard.press('Enter');
    await row(page, /Ativação do cliente do contrato 900107/).waitFor();
    expect(page.url()).toBe(stage.url);
  });

  it('shows a token what its projects allow, and no more', async () => {
    const page = await stage.open();
    await page.getByLabel('Token da integração').fill('demo-norte');
    await page.keyboard.press('Enter');
    await page.locator('.operation, .empty').first().waitFor();
    const { data } = await stage.subgraph.query<{ it: { edges: object[] } }, object>(
      '{ it: integrationOperations(first: 20) { edges { cursor } } }',
      {},
      { token: 'demo-norte' },
    );
    expect(await rows(page).count()).toBe(data?.it.edges.length);
    expect(await row(page, /Cadastro de prospecto/).count()).toBe(0);
  });
});

describe('trying again', () => {
  beforeEach(async () => {
    await stage.subgraph.emulator.clearFaults();
    const failures = async () => (await stage.subgraph.query('{ client(contractCode: "x") { name } }')).errors;
    await expect.poll(failures, { timeout: 5_000 }).toEqual([]);
  });

  it('carries a failed operation to its end, by keyboard alone, and shows it though the search is for failed ones', async () => {
    const page = await stage.enter(`?state=FAILED&contract=${CONTRACTS.failed}`);
    await page.getByRole('checkbox', { name: 'Ao vivo' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Tentar de novo' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await row(page, `Cancelamento do cliente do contrato ${CONTRACTS.failed}: feita`).waitFor();
    await focused(page).toContain(`contrato ${CONTRACTS.failed}`);
    expect(await stage.clientOf(CONTRACTS.failed)).toBeUndefined();
    expect((await page.locator('ol > li').last().innerText()).replace(/\s+/g, ' ')).toContain(
      'Excluir o cliente: feito',
    );
  });

  it('says why it could not be tried again', async () => {
    await failedCancellation(stage, '900045', stage.boxes[6]);
    const page = await stage.enter('?state=FAILED&contract=900045');
    await row(page, 'Cancelamento do cliente do contrato 900045: falhou').click();
    // Another command on the same contract takes its time.
    await stage.subgraph.emulator.fault({ fault: 'delay', delayMs: 7_000, times: 1, match: UPDATES });
    const other = stage.run('updateClient', { contractCode: '900045', name: 'Outro' });
    await expect.poll(async () => (await stage.history('900045'))[0]?.state, { timeout: 5_000 }).toBe('PENDING');
    await page.getByRole('button', { name: 'Tentar de novo' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Não foi possível tentar de novo' });
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/em uso por outra operação|uma operação em andamento/);
    expect(await page.getByRole('button', { name: 'Tentar de novo' }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await other;
  });

  it('shows how it ended when somebody else tried it first', async () => {
    await failedCancellation(stage, '900046', stage.boxes[7]);
    const page = await stage.enter('?contract=900046');
    await page.getByRole('checkbox', { name: 'Ao vivo' }).uncheck();
    await row(page, 'Cancelamento do cliente do contrato 900046: falhou').click();
    const [failed] = await stage.history('900046');
    await stage.run('retryOperation', { operationId: failed?.id });
    await page.getByRole('button', { name: 'Tentar de novo' }).click();
    await row(page, 'Cancelamento do cliente do contrato 900046: feita').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
