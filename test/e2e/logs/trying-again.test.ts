import { beforeEach, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { focused, logsOfOperations, row } from '../support/logs-list.js';
import { CONTRACTS, failedCancellation, UPDATES } from '../support/logs-stage.js';

const stage = await logsOfOperations();

describe('trying again', () => {
  beforeEach(async () => {
    await stage.subgraph.emulator.clearFaults();
    const failures = async () => (await stage.subgraph.query('{ client(contractCode: "x") { name } }')).errors;
    await expect.poll(failures).toEqual([]);
    // What waited for OZmap is carried out first: it would meet the fault that is meant for a test.
    const waited = async () => (await stage.history(CONTRACTS.queued))[0]?.state;
    await expect.poll(waited).toBe('APPLIED');
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
    // Another command on the same contract takes longer than one waits for it (half of REQUEST_TIMEOUT_MS), also on a slow machine.
    await stage.subgraph.emulator.fault({ fault: 'delay', delayMs: 12_000, times: 1, match: UPDATES });
    const other = stage.run('updateClient', { contractCode: '900045', name: 'Outro' }).catch(() => {});
    await expect.poll(async () => (await stage.history('900045'))[0]?.state).toBe('PENDING');
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
