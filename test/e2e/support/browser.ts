import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';
import { CARRIED, findChromium } from '../../support/find-chromium.js';

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

/** Pages of one address share a process, and so what was compiled for the one before. */
const ONE_RENDERER = '--process-per-site';

/** The carried browser's file. Unpacked beside its place and then moved: another test process would start one that is half written. */
async function unpacked(): Promise<string> {
  const folder = join(tmpdir(), UNPACKED);
  const file = join(folder, 'chromium');
  if (existsSync(file)) return file;
  const making = mkdtempSync(join(tmpdir(), 'making-chromium-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = making;
  try {
    await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    renameSync(making, folder);
  } catch {
    // Another test process was faster.
    rmSync(making, { recursive: true, force: true });
  }
  return file;
}

let browser: Promise<Browser> | undefined;

/** The Chromium that `findChromium` chooses, one for all files of a worker; it ends with the worker. */
export function sharedBrowser(): Promise<Browser> {
  browser ??= start();
  return browser;
}

/** Closes whatever a file has opened in it. */
export async function leaveBrowser(): Promise<void> {
  const contexts = (await browser)?.contexts() ?? [];
  await Promise.all(contexts.map((context) => context.close()));
}

async function start(): Promise<Browser> {
  const found = findChromium();
  const args = chromium.args.filter((arg) => !NOT_WANTED.test(arg));
  return playwright.launch({
    executablePath: found === CARRIED ? await unpacked() : (found ?? ''),
    args: [...args, ...SOFTWARE_WEBGL, ONE_RENDERER],
  });
}
