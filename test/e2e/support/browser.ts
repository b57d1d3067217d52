import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Of the package: it unpacks into TMPDIR and takes whatever lies there, so each version gets a folder of its own. */
const UNPACKED = 'chromium-153';
const NOT_WANTED = /single-process|zygote|headless|disable-web-security/;
/** The processor draws the map; putting the page together in software around it takes half of what that takes as WebGL too. */
const SOFTWARE_WEBGL = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-gpu-compositing',
];

/** Starts the browser that the development dependencies carry. */
export async function startBrowser(): Promise<Browser> {
  const folder = join(tmpdir(), UNPACKED);
  mkdirSync(folder, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const args = chromium.args.filter((arg) => !NOT_WANTED.test(arg));
    return await playwright.launch({
      executablePath: await chromium.executablePath(),
      args: [...args, ...SOFTWARE_WEBGL],
    });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
