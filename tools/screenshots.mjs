// Takes the pictures of the README: a sale on the map page, on a desk (1280 pixels) and on a phone (360), into docs/images.
// `npm run screenshots` starts the service with its embedded OZmap in memory of its own; `-- <address of a running page>` takes that one.
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

const FOLDER = 'docs/images';
const MAX_BYTES = 300_000;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

const [address] = process.argv.slice(2);
const service = address ? { url: address, example: null, stop: async () => {} } : await startService();
const browser = await startBrowser();
mkdirSync(FOLDER, { recursive: true });
try {
  for (const viewport of SIZES) await takeAll(viewport);
} finally {
  await browser.close();
  await service.stop();
}

async function takeAll(viewport) {
  const phone = viewport.width < 600;
  const context = await browser.newContext({ viewport, locale: 'pt-BR', reducedMotion: 'reduce', hasTouch: phone });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const take = async (name) => {
    await page.locator('[data-stale]').waitFor({ state: 'detached' });
    // Clicks scroll the sheet; whoever comes to a step sees its beginning.
    await page.evaluate("document.querySelector('.panel').scrollTo(0, 0)");
    await page.locator('.map-canvas[data-idle]').waitFor();
    const path = join(FOLDER, `ozloc-${name}-${viewport.width}.png`);
    await page.screenshot({ path });
    if (statSync(path).size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes`);
    process.stdout.write(`${path}\n`);
  };

  const query = service.example ? `?address=${encodeURIComponent(service.example)}` : '';
  await page.goto(`${service.url}/ozloc${query}`);
  await page.getByRole('button', { name: 'Usar a demonstração' }).click();
  await page.locator('.map-canvas[data-view]').waitFor();
  await page.getByRole('table').waitFor();
  const boxes = page.locator('tbody button');
  const box = boxes.nth(Math.min(1, (await boxes.count()) - 1));
  await box.focus();
  await take('list');
  await box.press('Enter');
  await page.getByRole('button', { name: 'Desenhar drop' }).click();
  for (let step = 0; step < 3; step += 1) {
    await page
      .getByRole('button', { name: /^Poste a/ })
      .first()
      .click();
  }
  await take('draw');
  await page
    .getByRole('button', { name: /^Terminar em/ })
    .first()
    .click();
  await page.getByLabel('Código do contrato').fill(`2026-${viewport.width}`);
  await page.getByLabel('Nome do cliente').fill('Padaria do Largo');
  await page.getByLabel('Nome do cliente').blur();
  await take('sale');
  await page.getByRole('button', { name: 'Confirmar reserva' }).click();
  await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
  await take('done');
  if (!phone) await takeSketch(page, context);
  await context.close();
}

/** The sketch at half its size: it is made for paper. */
async function takeSketch(page, context) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Baixar PNG' }).click(),
  ]);
  const sheet = await context.newPage();
  await sheet.goto(`file://${await download.path()}`);
  const image = sheet.locator('img');
  await image.evaluate((element) => {
    element.style.width = '800px';
    element.style.height = 'auto';
  });
  const path = join(FOLDER, 'ozloc-sketch.png');
  await image.screenshot({ path });
  if (statSync(path).size > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES} bytes`);
  process.stdout.write(`${path}\n`);
}

async function startService() {
  const { startApp } = await import('../dist/app.js');
  const { readConfig } = await import('../dist/config.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'screenshots-'));
  const environment = { HOST: '127.0.0.1', PORT: '0', EMULATOR_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'fatal' };
  const app = await startApp(readConfig({ ...environment, SHUTDOWN_GRACE_MS: '0' }));
  return {
    url: app.url,
    example: app.example,
    async stop() {
      await app.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startBrowser() {
  // The package reuses whatever version it finds unpacked in TMPDIR: each gets a folder of its own.
  process.env.TMPDIR = join(tmpdir(), 'chromium-153');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  const args = chromium.args.filter((arg) => !/single-process|zygote|headless|disable-web-security/.test(arg));
  const softwareWebgl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  return playwright.launch({ executablePath: await chromium.executablePath(), args: [...args, ...softwareWebgl] });
}
