import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelledHomes, readBack } from '../../support/read-back.js';
import { Referee } from '../../support/referee.js';
import { violations } from '../support/accessible.js';
import { type EmbeddingSite, startEmbeddingSite } from '../support/embedding-site.js';
import { homesOf } from '../support/home.js';
import { PATIENT, type Stage, startStage, type TicketRequest } from '../support/open-page.js';
import { shown } from '../support/plant.js';

let stage: Stage;
let cnt: EmbeddingSite;
let sdk: Referee;
beforeAll(async () => {
  cnt = await startEmbeddingSite();
  stage = await startStage({ OZLOC_ORIGINS: `${cnt.origin} https://other.example` }, { map: false });
  sdk = new Referee(stage.subgraph.emulator.url);
});
afterAll(async () => {
  sdk?.stop();
  await stage?.stop();
  cnt?.stop();
});

const box = () => shown(stage.plant, 'roomyBox');

type Told = { type: string } & Record<string, unknown>;

/** A link whose page tells CNT, at the box that sells. */
function link(sale: TicketRequest): Promise<string> {
  const { lat, lng } = box();
  return stage.link({ location: { lat, lng }, openerOrigin: cnt.origin, state: 'venda 7', ...sale });
}

const framed = async (url: string, origin = cnt.origin) => {
  const page = await stage.open(`${origin}/?src=${encodeURIComponent(url)}`);
  return { page, frame: page.frameLocator('iframe') };
};

/** CNT's page opens the link as a window of its own. */
async function popUp(url: string, features = ''): Promise<{ page: Page; opened: Page }> {
  const page = await stage.open(`${cnt.origin}/`);
  const opening = page.context().waitForEvent('page');
  await page.evaluate(`void window.open(${JSON.stringify(url)}, '_blank', '${features}')`);
  const opened = await opening;
  opened.setDefaultTimeout(15_000);
  return { page, opened };
}

/** What CNT was told, once that type is among it; what is told of sizes apart. */
async function told(page: Page, type: string): Promise<Told[]> {
  const all = () => page.evaluate<Told[]>('told');
  await expect.poll(async () => (await all()).map((one) => one.type)).toContain(type);
  return (await all()).filter((one) => one.type !== 'resized');
}

async function sell(where: Page | Frame | FrameLocator, button = 'Confirmar reserva'): Promise<void> {
  await where.getByRole('button', { name: box().name, exact: true }).click();
  await where.getByRole('button', { name: button }).click();
}

/** A message's facts; those that are not given are null. */
const message = (type: string, facts: object = {}) => ({
  source: 'ozloc',
  v: 1,
  type,
  state: 'venda 7',
  contractCode: null,
  operationId: null,
  boxId: null,
  boxName: null,
  port: null,
  prospectId: null,
  origin: stage.subgraph.root,
  ...facts,
});

describe('a page of CNT', PATIENT, () => {
  it('is told by the frame what was reserved, and how high it would like to be', async () => {
    const { page, frame } = await framed(await link({ contractCode: 'E-1' }));
    await sell(frame);
    const [ready, reserved] = await told(page, 'reserved');
    expect(ready).toEqual(message('ready', { contractCode: 'E-1' }));
    const [home] = await homesOf(stage, 'E-1');
    const { id: boxId, name: boxName } = box();
    const { port } = home?.connections[0] ?? {};
    const facts = { contractCode: 'E-1', operationId: expect.any(String), boxId, boxName, port };
    expect(reserved).toEqual(message('reserved', facts));
    const sizes = (await page.evaluate<Told[]>('told')).filter(({ type }) => type === 'resized');
    expect(sizes).toContainEqual(message('resized', { contractCode: 'E-1', heightPx: expect.any(Number) }));
    // The receipt comes back with its frame, and is told of once.
    await page.frames()[1]?.evaluate('location.reload()');
    await told(page, 'closed');
    await frame.getByRole('button', { name: 'Voltar ao CNT' }).click();
    const types = async () => (await told(page, 'closed')).map(({ type }) => type);
    await expect.poll(types, PATIENT).toEqual(['ready', 'reserved', 'closed', 'closed']);
    expect((await told(page, 'closed')).at(-1)).toEqual(message('closed', facts));
  });

  it('is named as what must allow the position, where its frame does not', async () => {
    const { frame } = await framed(await link({ contractCode: 'E-0' }));
    await frame.getByRole('button', { name: 'Usar minha posição' }).click();
    await frame.getByText('allow="geolocation"').waitFor();
  });

  it('is told of a client that moved', async () => {
    const { page, frame } = await framed(await link({ contractCode: 'E-1', relocate: true }));
    await sell(frame, 'Confirmar mudança');
    const moved = (await told(page, 'relocated')).at(-1);
    expect(moved).toMatchObject({ contractCode: 'E-1', port: expect.any(Number), operationId: expect.any(String) });
  });

  it('is told of a refusal, and that the time of the sale is over', async () => {
    const { page, frame } = await framed(await link({ contractCode: 'E-2' }));
    await frame.getByRole('button', { name: box().name, exact: true }).click();
    await stage.subgraph.emulator.fault({
      fault: 'status',
      status: 422,
      times: 1,
      match: { method: 'POST', path: '^/api/v2/properties' },
    });
    await frame.getByRole('button', { name: 'Confirmar reserva' }).click();
    expect((await told(page, 'failed')).at(-1)).toMatchObject({ contractCode: 'E-2', operationId: expect.any(String) });
    await stage.subgraph.emulator.clearFaults();
    await page.route('**/graphql', (route) =>
      route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer ozloc.over' } }),
    );
    await frame.getByRole('button', { name: 'Confirmar reserva' }).click();
    expect((await told(page, 'expired')).at(-1)).toMatchObject({ contractCode: 'E-2' });
    await frame.getByText('Volte ao CNT').waitFor();
  });

  it('is told by its window of a prospect, though it sends no referrer, and the window closes itself', async () => {
    const { page, opened } = await popUp(await stage.link({ contractCode: 'E-3', openerOrigin: cnt.origin }));
    await opened.getByLabel('Endereço ou coordenadas do cliente').fill('-19.40, -44.30');
    await opened.keyboard.press('Enter');
    await opened.getByRole('button', { name: 'Criar prospecto' }).click();
    await opened.getByLabel('Nome').fill('Maria');
    await opened.getByRole('button', { name: 'Criar prospecto' }).click();
    const made = (await told(page, 'prospect-created')).at(-1);
    expect(made).toEqual(
      message('prospect-created', {
        ...{ state: null, contractCode: 'E-3' },
        ...{ operationId: expect.any(String), prospectId: expect.any(String) },
      }),
    );
    const closed = opened.waitForEvent('close');
    await opened.getByRole('button', { name: 'Voltar ao CNT' }).click();
    await closed;
    expect((await told(page, 'closed')).at(-1)).toMatchObject({ contractCode: 'E-3' });
  });

  it('is gone back to from a window without opener, by an address that tells no more than it must', async () => {
    const sale = { contractCode: 'E-4', name: 'Padaria', returnUrl: `${cnt.origin}/venda?id=4` };
    const { page, opened } = await popUp(await link(sale), 'noopener');
    await sell(opened);
    await opened.getByText('Toque na tela para ficar aqui').waitFor();
    expect(await violations(opened)).toEqual([]);
    await opened.waitForURL(`${cnt.origin}/**`);
    expect(Object.fromEntries(new URL(opened.url()).searchParams)).toEqual({
      id: '4',
      type: 'reserved',
      state: 'venda 7',
      contractCode: 'E-4',
      operationId: expect.any(String),
    });
    expect(await page.evaluate('told')).toEqual([]);
  });

  it('hears nothing where the link named another, and nothing at all is shown in a page that is not configured', async () => {
    const { page, frame } = await framed(await link({ contractCode: 'E-5', openerOrigin: 'https://other.example' }));
    await frame.getByRole('table').waitFor();
    expect(await page.evaluate('told')).toEqual([]);
    const refused: string[] = [];
    page.on('console', (one) => refused.push(one.text()));
    await page.goto(`${cnt.otherOrigin}/?src=${encodeURIComponent(stage.url)}`);
    await expect.poll(() => refused.join()).toContain('frame-ancestors');
  });
});

describe('examples/cnt-page', PATIENT, () => {
  const result = (page: Page) => page.locator('#result');

  async function example(contractCode: string): Promise<Page> {
    const page = await stage.open(`${stage.subgraph.url}/cnt-page`);
    await page.getByLabel('Código').fill(contractCode);
    return page;
  }

  it('buys in a frame by <ozloc-map>, believes nobody but that frame, and has the contract live to its end', async () => {
    const page = await example('K-1');
    await page.getByRole('button', { name: 'Vender no mapa, aqui' }).click();
    const frame = page.frameLocator('ozloc-map iframe');
    await frame.getByRole('table').waitFor();
    await page.evaluate("postMessage({ source: 'ozloc', v: 1, type: 'reserved', boxName: 'falsa', port: 9 })");
    await frame.getByRole('row').nth(1).getByRole('button').first().click();
    await frame.getByRole('button', { name: 'Confirmar reserva' }).click();
    await expect.poll(() => result(page).textContent()).toMatch(/^Porta: \d+ da caixa (?!falsa)/);
    const [, port, name] = /^Porta: (\d+) da caixa (.+) \(/.exec((await result(page).textContent()) ?? '') ?? [];
    const stands = { name: 'Padaria Central', box: name, ports: [Number(port)] };
    expect(await readBack(sdk, 'K-1')).toEqual({ ...stands, implanted: false });
    await frame.getByRole('button', { name: 'Voltar ao CNT' }).click();
    await page.locator('ozloc-map').waitFor({ state: 'detached' });

    // What becomes of the contract from there on is the ERP's word, as its page can send it.
    const declare = (state: string) =>
      page.evaluate<number>(`fetch('v1/contracts/K-1/state', {
        method: 'PUT',
        headers: { authorization: 'demo', 'content-type': 'application/json' },
        body: JSON.stringify({ state: '${state}' }),
      }).then(({ status }) => status)`);
    expect(await declare('ACTIVE')).toBe(200);
    expect(await readBack(sdk, 'K-1')).toEqual({ ...stands, implanted: true });
    expect(await declare('CANCELLED')).toBe(200);
    expect([await readBack(sdk, 'K-1'), await cancelledHomes(sdk, 'K-1')]).toEqual([null, 1]);
  });

  it('buys in a window by Ozloc.open, and learns that it was closed', async () => {
    const page = await example('K-2');
    const opening = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Vender em outra janela' }).click();
    const opened = await opening;
    opened.setDefaultTimeout(15_000);
    await opened.getByRole('row').nth(1).getByRole('button').first().click();
    await opened.getByRole('button', { name: 'Confirmar reserva' }).click();
    await opened.getByRole('heading', { name: 'Porta reservada' }).waitFor();
    await opened.close();
    await expect.poll(() => result(page).textContent()).toMatch(/^Porta: \d+ .*janela fechada$/);
  });

  it('loads a script of less than 3 kB that any page may load, and that is typed', async () => {
    const script = await fetch(`${stage.subgraph.url}/ozloc.js`);
    expect(script.headers.get('access-control-allow-origin')).toBe('*');
    expect(gzipSync(await script.text()).length).toBeLessThan(3_000);
    expect(await (await fetch(`${stage.subgraph.url}/ozloc.d.ts`)).text()).toContain('const Ozloc');
  });
});

describe('docs/recipes/embed-the-map.md', PATIENT, () => {
  const recipe = readFileSync(join(import.meta.dirname, '../../../docs/recipes/embed-the-map.md'), 'utf8');
  const blocks = (language: string) =>
    [...recipe.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, code = '']) =>
      code
        .replaceAll('http://127.0.0.1:14000/integrations/cnt', stage.subgraph.url)
        .replaceAll('https://cnt.example', cnt.origin),
    );
  const site = (html: string) => `${cnt.origin}/?html=${encodeURIComponent(html)}`;

  it('can be followed literally: link, page, form', async () => {
    const [linking = '', posting = ''] = blocks('bash');
    const [page = '', form = ''] = blocks('html');
    const run = async (script: string) => (await promisify(execFile)('bash', ['-euc', script])).stdout;
    const { url } = JSON.parse(await run(linking)) as { url: string };
    const shop = await stage.open(site(page.replace('<url>', url)));
    const frame = shop.frameLocator('iframe');
    await frame.getByRole('row').nth(1).getByRole('button').first().click();
    await frame.getByRole('button', { name: 'Confirmar reserva' }).click();
    await expect.poll(() => shop.title()).toMatch(/, porta \d+$/);
    const plain = await stage.open(site(form));
    const opening = plain.context().waitForEvent('page');
    await plain.getByRole('button', { name: 'Abrir o mapa' }).click();
    await (await opening).locator('.chip', { hasText: '2001' }).waitFor();
    expect(await run(posting)).toMatch(/^303 http.*#t=/);
  });
});
