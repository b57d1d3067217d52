import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/accessible.js';
import { type LogsStage, startLogsStage } from '../support/logs-stage.js';
import { PHONE } from '../support/open-page.js';

const SECRET = `whsec_${Buffer.from('a key of twenty-four bytes').toString('base64')}`;

let stage: LogsStage;
let receiver: Server;
let folder: string;
/** `<receiver> <type>` of what was taken. */
const taken: string[] = [];

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const name = (request.url ?? '').slice(1).split('?')[0] ?? '';
    if (name === 'field-service') return response.writeHead(503).end();
    taken.push(`${name} ${JSON.parse(body).type}`);
    return response.writeHead(204).end();
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  const root = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'deliveries-'));
  const file = join(folder, 'receivers.json');
  const entry = (name: string, types: string[]) => ({ name, url: `${root}/${name}?key=sekret`, secret: SECRET, types });
  const entries = [entry('erp-norte', ['reservation.*', 'client.*']), entry('field-service', ['client.activated'])];
  writeFileSync(file, JSON.stringify(entries));
  stage = await startLogsStage({ WEBHOOK_URLS: file });
  await stage.reserve('loja1|900001', stage.boxes[0], { name: 'Maria das Dores' });
  await stage.run('activateClient', { contractCode: 'loja1|900001' });
  await stage.reserve('900002', stage.boxes[1]);
}, 180_000);
afterAll(async () => {
  await stage?.stop();
  receiver.closeAllConnections();
  receiver.close();
  rmSync(folder, { recursive: true });
});

const row = (page: Page, text: string | RegExp) => page.getByRole('listitem').filter({ hasText: text });
const enter = (query = '?view=deliveries', options = {}) => stage.enter(query, options);

describe('the deliveries of events', () => {
  it('are reached from the operations, and tell what each receiver was sent and what it answered', async () => {
    const page = await stage.enter();
    await page.getByRole('link', { name: 'Entregas de eventos' }).click();
    await page.getByRole('heading', { name: '4 entregas', exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?view=deliveries');
    const done = row(page, 'Cliente ativado, contrato loja1|900001: entregue');
    expect((await done.innerText()).replace(/\s+/g, ' ')).toMatch(
      /para erp-norte · (agora|há \d+ min) 1 tentativa · resposta 204 às \d\d:\d\d:\d\d · [\d,]+ m?s Ver a operação msg_/,
    );
    const waiting = row(page, 'Cliente ativado, contrato loja1|900001: aguardando');
    await expect
      .poll(async () => (await waiting.innerText()).replace(/\s+/g, ' '))
      .toMatch(
        /para field-service · .* \d+ tentativas? · resposta 503 às .* · próxima às \d\d:\d\d:\d\d Ver a operação/,
      );
    expect(await page.content()).not.toMatch(/sekret|whsec|Maria/);
    expect(stage.complaints()).toEqual([]);
  });

  it('are narrowed by state and contract, in the address as well', async () => {
    const page = await enter();
    await page.getByLabel('Situação').selectOption('Aguardando');
    await page.getByRole('heading', { name: '1 entrega', exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?view=deliveries&delivery=WAITING');
    await page.getByLabel('Situação').selectOption('Não entregues');
    await page.getByText('Nenhuma entrega por aqui').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: '1 entrega', exact: true }).waitFor();
    await page.getByLabel('Situação').selectOption('');
    await page.getByLabel('Código do contrato').fill('900002');
    await page.keyboard.press('Enter');
    await row(page, 'Reserva feita, contrato 900002').waitFor();
    expect(await page.getByRole('listitem').filter({ hasText: 'loja1' }).count()).toBe(0);
  });

  it('are sent again once that is confirmed, and not where it is not', async () => {
    const page = await enter('?view=deliveries&contract=900002');
    const before = taken.length;
    const one = row(page, 'Reserva feita, contrato 900002');
    await one.getByRole('button', { name: 'Enviar de novo' }).click();
    await one.getByText('Enviar de novo para erp-norte?').waitFor();
    await one.getByRole('button', { name: 'Não enviar' }).click();
    expect(taken.length).toBe(before);
    await one.getByRole('button', { name: 'Enviar de novo' }).click();
    await one.getByRole('group').getByRole('button', { name: 'Enviar de novo' }).click();
    await expect.poll(() => taken.length).toBe(before + 1);
    expect(taken.at(-1)).toBe('erp-norte reservation.created');
  });

  it('lead to the operation that they tell of', async () => {
    const page = await enter('?view=deliveries&contract=900002');
    await row(page, 'Reserva feita').getByRole('link', { name: 'Ver a operação' }).click();
    await page.getByRole('button', { name: /^Reserva de porta do contrato 900002: feita/ }).waitFor();
    expect(await page.getByRole('link', { name: 'Operações' }).getAttribute('aria-current')).toBe('page');
  });

  it.each([
    ['a wide screen', {}],
    ['a phone', PHONE],
    ['a phone in the dark', { ...PHONE, colorScheme: 'dark' as const }],
  ])('can be used by everybody on %s', async (_, options) => {
    const page = await enter('?view=deliveries', options);
    await row(page, 'Reserva feita, contrato 900002').getByRole('button', { name: 'Enviar de novo' }).click();
    expect(await violations(page)).toEqual([]);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${_.replaceAll(' ', '-')}.png` });
  });
});
