// How the pages look, in 48 small pictures of test/pictures: 12 states of OZloc and /logs, at 1280 and 360 pixels, light and dark.
// `npm run pictures` takes them anew. `npm run pictures:check` takes them beside that and compares: where one differs, or is missing, it ends
// with 1, and `pictures-diff` holds the old one, the new one and what differs, side by side.
import './steady-clock.mjs';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import pixelmatch from 'pixelmatch';
import { DESK, PHONE, startBrowser, startService } from './stage.mjs';
import { DAY, steadyClock } from './steady-clock.mjs';

const FOLDER = 'test/pictures';
const DIFFERENCES = 'pictures-diff';
const MAX_BYTES_TOGETHER = 2_500_000;
/** Of a picture's pixels, so many may differ: letters and lines are smoothed otherwise on another machine. */
const TOLERANCE = 0.004;
/** How far a colour may be off before its pixel counts, 0 to 1. */
const COLOR_TOLERANCE = 0.15;
const QUALITY = 78;
/** What is another each time: how long something took, numbers that are drawn by lot, when it was last read. */
const HIDDEN = '.measured, .live .number, .copyable code, .facts code { visibility: hidden !important }';

const checking = process.argv.includes('--check');
const service = await startService();
const browser = await startBrowser();
const taken = new Map();
try {
  for (const colorScheme of ['light', 'dark'])
    for (const viewport of [DESK, PHONE]) await takeAll({ colorScheme, viewport });
} finally {
  await browser.close();
  await service.stop();
}
process.exitCode = checking ? await compare() : keep();

/** The states one after the other, as a seller and a supporter come through them. */
async function takeAll(variant) {
  const phone = variant.viewport === PHONE;
  const options = {
    locale: 'pt-BR',
    timezoneId: 'America/Sao_Paulo',
    reducedMotion: 'reduce',
    hasTouch: phone,
    bypassCSP: true,
  };
  const context = await browser.newContext({ ...options, ...variant });
  await context.addInitScript(steadyClock, Date.parse(DAY));
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const shoot = (state) => take(page, `${state}-${variant.viewport.width}-${variant.colorScheme}`);
  const search = async (address) => {
    const box = page.getByLabel('Endereço ou coordenadas do cliente');
    await box.fill(address);
    await box.press('Enter');
  };
  const code = `2026-${variant.viewport.width}-${variant.colorScheme}`;

  await page.goto(`${service.url}/ozloc`);
  await shoot('ozloc-gate');
  await page.getByRole('button', { name: 'Usar a demonstração' }).click();
  await page.getByLabel('Endereço ou coordenadas do cliente').waitFor();
  await shoot('ozloc-start');
  await search('Rua Tiradentes, 64');
  await page.getByText('2 lugares com este endereço').first().waitFor();
  await shoot('ozloc-candidates');
  await search('Avenida Beira Rio, 18');
  await page.getByRole('button', { name: 'Criar prospecto' }).waitFor();
  await shoot('ozloc-nothing');
  await page.getByRole('button', { name: 'Criar prospecto' }).click();
  await page.getByLabel('Telefone').waitFor();
  await shoot('ozloc-prospect');
  await page.goto(`${service.url}/ozloc?address=${encodeURIComponent(service.example.address)}`);
  await page.getByRole('button', { name: 'Usar a demonstração' }).click();
  await page.getByRole('table').waitFor();
  await shoot('ozloc-list');
  await page.locator('tbody button').nth(1).press('Enter');
  await page.getByRole('button', { name: 'Desenhar drop' }).click();
  for (let pole = 0; pole < 3; pole += 1)
    await page
      .getByRole('button', { name: /^Poste a/ })
      .first()
      .click();
  await shoot('ozloc-draw');
  await page
    .getByRole('button', { name: /^Terminar em/ })
    .first()
    .click();
  await page.getByLabel('Código do contrato').fill(code);
  await page.getByLabel('Nome do cliente').fill('Padaria do Largo');
  await page.getByLabel('Nome do cliente').blur();
  await shoot('ozloc-sale');
  await page.getByRole('button', { name: 'Confirmar reserva' }).click();
  await page.getByRole('heading', { name: 'Porta reservada' }).waitFor();
  await shoot('ozloc-done');

  await page.goto(`${service.url}/logs`);
  await page.getByRole('button', { name: 'Usar a demonstração' }).click();
  const operation = page.getByRole('button', { name: new RegExp(code) }).first();
  await operation.waitFor();
  await shoot('logs-list');
  await operation.click();
  await page.getByText('Padaria do Largo').first().waitFor();
  await shoot('logs-open');
  await page.goto(`${service.url}/logs?contract=none&period=today`);
  await page.getByRole('button', { name: 'Usar a demonstração' }).click();
  await page.getByText('Nenhuma operação com estes filtros').waitFor();
  await shoot('logs-nothing');
  await context.close();
}

/** A state once nothing moves any more; of a desk at half its size. */
async function take(page, name) {
  // Clicks scroll the sheet; whoever comes to a step sees its beginning.
  await page.evaluate("document.querySelector('main')?.scrollTo(0, 0)");
  await page.addStyleTag({ content: HIDDEN });
  await page.locator('[data-stale]').waitFor({ state: 'detached' });
  if (name.startsWith('ozloc')) await page.locator('.map-canvas[data-idle]').waitFor();
  await page.evaluate('document.fonts.ready');
  const shot = await loadImage(await stillOf(page));
  const scale = name.includes(`-${DESK.width}-`) ? 0.5 : 1;
  const canvas = createCanvas(shot.width * scale, shot.height * scale);
  canvas.getContext('2d').drawImage(shot, 0, 0, canvas.width, canvas.height);
  taken.set(`${name}.webp`, await canvas.encode('webp', QUALITY));
}

/** The screen once it is twice the same: a map that has come may still move to what was found. */
async function stillOf(page) {
  let before = Buffer.alloc(0);
  for (let tries = 0; tries < 20; tries += 1) {
    const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    if (shot.equals(before)) break;
    before = shot;
    await page.waitForTimeout(600);
  }
  return before;
}

/** Writes them into their folder, and no others. */
function keep() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, picture] of taken) writeFileSync(join(FOLDER, name), picture);
  const bytes = readdirSync(FOLDER).reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
  process.stdout.write(`${taken.size} pictures in ${FOLDER}, ${bytes} bytes\n`);
  if (bytes <= MAX_BYTES_TOGETHER) return 0;
  process.stderr.write(`together they may have ${MAX_BYTES_TOGETHER} bytes\n`);
  return 1;
}

/** Says which differ. 0: none does. */
async function compare() {
  rmSync(DIFFERENCES, { recursive: true, force: true });
  const wrong = [];
  const known = new Set(readdirSync(FOLDER));
  for (const name of [...known].filter((name) => !taken.has(name))) wrong.push(`${name}: is taken no more`);
  for (const [name, picture] of taken) {
    const said = known.has(name) ? await difference(name, picture) : 'was never taken';
    if (said) wrong.push(`${name}: ${said}`);
  }
  process.stdout.write(wrong.length > 0 ? `${wrong.join('\n')}\n` : `${taken.size} pictures are as they were\n`);
  if (wrong.length > 0) process.stdout.write(`Look at ${DIFFERENCES}. Meant to be so: npm run pictures\n`);
  return wrong.length > 0 ? 1 : 0;
}

async function difference(name, picture) {
  const [before, after] = await Promise.all([pixelsOf(readFileSync(join(FOLDER, name))), pixelsOf(picture)]);
  const { width, height } = after;
  if (before.width !== width || before.height !== height) return 'has another size';
  const marked = createCanvas(width, height).getContext('2d');
  const between = marked.createImageData(width, height);
  const options = { threshold: COLOR_TOLERANCE };
  const differing = pixelmatch(before.data, after.data, between.data, width, height, options);
  if (differing <= width * height * TOLERANCE) return null;
  const sheet = createCanvas(3 * width, height);
  const context = sheet.getContext('2d');
  context.putImageData(before, 0, 0);
  context.putImageData(after, width, 0);
  context.putImageData(between, 2 * width, 0);
  mkdirSync(DIFFERENCES, { recursive: true });
  writeFileSync(join(DIFFERENCES, name.replace('.webp', '.png')), await sheet.encode('png'));
  return `${((100 * differing) / (width * height)).toFixed(1)} % of it differ`;
}

async function pixelsOf(picture) {
  const image = await loadImage(picture);
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}
