// Takes the pictures of the README, into docs/images: a sale on the map page, on a desk (1280 pixels), on a phone (360) and in the dark, the
// installer's sketch, and the journal's page. `npm run screenshots` starts the service with its embedded OZmap in memory of its own, in the
// city of EMULATOR_CITY where that is set; `-- <address of a running service>` takes that one.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DESK, PHONE, startBrowser, startService } from './stage.mjs';

const FOLDER = 'docs/images';
const MAX_BYTES = 250_000;

const [address] = process.argv.slice(2);
const { EMULATOR_CITY = '' } = process.env;
const service = address
  ? { url: address, example: null, stop: async () => {} }
  : await startService(EMULATOR_CITY ? { EMULATOR_CITY } : {});
const browser = await startBrowser();
mkdirSync(FOLDER, { recursive: true });
try {
  await takeSale(DESK);
  await takeSale(PHONE);
  await takeDark();
  await takeLog();
} finally {
  await browser.close();
  await service.stop();
}

/** A page of the service in a window of that size, and how to take it. */
async function openPage(options) {
  const context = await browser.newContext({ locale: 'pt-BR', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return { context, page };
}

async function take(page, name) {
  // Clicks scroll the sheet; whoever comes to a step sees its beginning.
  await page.evaluate("document.querySelector('main').scrollTo(0, 0)");
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  if (statSync(path).size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes`);
  process.stdout.write(`${path}\n`);
}

async function takeMap(page, name) {
  await page.locator('[data-stale]').waitFor({ state: 'detached' });
  await page.locator('.map-canvas[data-idle]').waitFor();
  await take(page, name);
}

/** The list at an address with something to sell. Resolves to the box that is chosen next. */
async function openList(page) {
  const query = service.example ? `?address=${encodeURIComponent(service.example.address)}` : '';
  await page.goto(`${service.url}/ozloc${query}`);
  await page.getByRole('button', { name: 'Usar a demonstração' }).click();
  await page.locator('.map-canvas[data-view]').waitFor();
  await page.getByRole('table').waitFor();
  const boxes = page.locator('tbody button');
  const box = boxes.nth(Math.min(1, (await boxes.count()) - 1));
  await box.focus();
  return box;
}

async function takeSale(viewport) {
  const { context, page } = await openPage({ viewport, hasTouch: viewport === PHONE });
  const name = (step) => `ozloc-${step}-${viewport.width}`;
  const box = await openList(page);
  await takeMap(page, name('list'));
  await box.press('Enter');
  await page.getByRole('button', { name: 'Desenhar drop' }).click();
  const nextPole = page.getByRole('button', { name: /^Poste a/ }).first();
  for (let step = 0; step < 3; step += 1) await nextPole.click();
  if (viewport === DESK) await takeMap(page, name('draw'));
  await page
    .getByRole('button', { name: /^Terminar em/ })
    .first()
    .click();
  await page.getByLabel('Código do contrato').fill(`2026-${viewport.width}`);
  await page.getByLabel('Nome do cliente').fill('Padaria do Largo');
  await page.getByLabel('Nome do cliente').blur();
  if (viewport === PHONE) await takeMap(page, name('sale'));
  await page.getByRole('button', { name: 'Confirmar reserva' }).click();
  await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
  if (viewport === PHONE) await takeMap(page, name('done'));
  else await takeSketch(page, context);
  await context.close();
}

async function takeDark() {
  const { context, page } = await openPage({ viewport: PHONE, hasTouch: true, colorScheme: 'dark' });
  await openList(page);
  await takeMap(page, 'ozloc-dark-360');
  await context.close();
}

/** What the sales above left in the journal. */
async function takeLog() {
  const { context, page } = await openPage({ viewport: DESK });
  await page.goto(`${service.url}/logs`);
  await page.getByRole('button', { name: 'Usar a demonstração' }).click();
  const operation = page.getByRole('button', { name: /2026-1280/ }).first();
  await operation.waitFor();
  await operation.click();
  await take(page, 'logs-1280');
  await context.close();
}

/** The sketch at half its size: it is made for paper. */
async function takeSketch(page, context) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Baixar PNG' }).click(),
  ]);
  const sheet = await context.newPage();
  const picture = readFileSync(await download.path()).toString('base64');
  await sheet.setContent(`<img alt="" style="width: 800px; display: block" src="data:image/png;base64,${picture}">`);
  const image = sheet.locator('img');
  const path = join(FOLDER, 'ozloc-sketch.png');
  await image.screenshot({ path });
  if (statSync(path).size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes`);
  process.stdout.write(`${path}\n`);
}
