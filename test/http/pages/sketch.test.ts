import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textsOfPdf } from '../../support/pdf-text.js';
import { besides, pick, readPlant } from '../../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';

// Its types say that a module of ES is what CommonJS gives.
const jsQR: typeof import('jsqr').default = createRequire(import.meta.url)('jsqr');

const folder = mkdtempSync(join(tmpdir(), 'brand-'));
const svg = join(folder, 'logo.svg');
const orange = [217, 72, 15];
writeFileSync(
  svg,
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="#d9480f"/></svg>',
);

const MADE = { dateStyle: 'short', timeStyle: 'short' } as const;

let subgraph: TestSubgraph;
let client: { lat: number; lng: number };
beforeAll(async () => {
  subgraph = await startTestSubgraph({
    env: { BRAND_NAME: 'Fibra Sul', BRAND_PHONE: '31 3333-0000', BRAND_LOGO: svg, TZ: 'Pacific/Kiritimati' },
  });
  const { boxes } = await readPlant(subgraph.emulator);
  const near = besides(pick(boxes, ({ certified, draft }) => certified && !draft));
  const headers = { authorization: 'demo', 'content-type': 'application/json' };
  const answer = await fetch(`${subgraph.url}/v1/viability?lat=${near.lat}&lng=${near.lng}`, { headers });
  const viability = (await answer.json()) as { boxes: { id: string }[] };
  client = near;
  const body = JSON.stringify({
    contractCode: 'brand-1',
    name: 'Padaria do Largo',
    boxId: viability.boxes[0]?.id,
    ...client,
  });
  const reserved = await fetch(`${subgraph.url}/v1/reservations`, { method: 'POST', headers, body });
  expect(reserved.status).toBe(201);
});
afterAll(async () => {
  await subgraph?.stop();
  rmSync(folder, { recursive: true });
});

const sketch = async (format: 'png' | 'pdf') => {
  const url = `${subgraph.url}/v1/contracts/brand-1/sketch.${format}`;
  const answer = await fetch(url, { headers: { authorization: 'demo' } });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
};

describe("The installer's sheet of a provider with a name and a logo", () => {
  it("has a code that leads to the client's position, and the logo in its own colours at the top right", async () => {
    const { width, height, data } = PNG.sync.read(await sketch('png'));
    const code = jsQR(new Uint8ClampedArray(data), width, height);
    expect(code?.data).toBe(
      `https://www.google.com/maps/search/?api=1&query=${client.lat.toFixed(6)},${client.lng.toFixed(6)}`,
    );
    const at = (104 * width + width - 64 - 40) * 4;
    expect([...data.subarray(at, at + 3)]).toEqual(orange);
  });

  it('is printed in the typeface of the picture and no other', async () => {
    const fonts = [...(await sketch('pdf')).toString('latin1').matchAll(/\/BaseFont \/([\w+-]+)/g)].map(
      ([, name]) => name,
    );
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter((name) => !/^[A-Z]{6}\+NotoSans/.test(name ?? ''))).toEqual([]);
  });

  it('says when it was made by the clock of TZ, whatever that of the machine says', async () => {
    const clock = () => new Date().toLocaleString('pt-BR', { ...MADE, timeZone: 'Pacific/Kiritimati' });
    const before = clock();
    const made = textsOfPdf(await sketch('pdf')).find((text) => text.startsWith('Feito em'));
    expect([before, clock()].map((time) => `Feito em ${time}`)).toContain(made);
  });

  it('says whom an installer or a client may call', async () => {
    expect(textsOfPdf(await sketch('pdf'))).toContain('31 3333-0000');
  });

  it('gives the pages its logo, name and phone number', async () => {
    const config = await (await fetch(`${subgraph.url}/ozloc/config.json`)).json();
    expect(config).toMatchObject({
      brandName: 'Fibra Sul',
      brandPhone: '31 3333-0000',
      brandLogo: { url: 'ozloc/logo.png', width: 864, height: 216 },
    });
    const logo = await fetch(`${subgraph.url}/ozloc/logo.png`);
    expect([logo.status, logo.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(PNG.sync.read(Buffer.from(await logo.arrayBuffer())).width).toBe(864);
  });
});

describe('A logo that is no picture', () => {
  it.each([
    ['text in it', 'hello', 'is no PNG and no SVG'],
    ['half a PNG in it', '\x89PNG\r\n\x1a\nhello', 'cannot be drawn'],
    ['an SVG without a size or a drawing in it', '<svg>', 'cannot be drawn'],
  ])('stops the start with %s, and the message names BRAND_LOGO', async (_what, content, said) => {
    const file = join(folder, 'wrong.png');
    writeFileSync(file, content, 'latin1');
    const starting = startTestSubgraph({ env: { BRAND_LOGO: file } });
    await expect(starting).rejects.toThrow(new RegExp(`^BRAND_LOGO: .*${said}`));
  });
});
