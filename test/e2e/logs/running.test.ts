import { describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { focused, logsOfOperations, QUEUED, row, rows } from '../support/logs-list.js';
import { CONTRACTS, UPDATES } from '../support/logs-stage.js';

const stage = await logsOfOperations();

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
    await expect.poll(() => readings).toBe(1);
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
