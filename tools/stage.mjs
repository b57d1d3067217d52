// What pictures of the pages are taken on: the built service with its embedded OZmap in memory of its own, and the tests' browser.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/** `env`: what a provider would set. Resolves to its address, an address that it can serve, and `stop`. */
export async function startService(env = {}) {
  const { startApp } = await import('../dist/app.js');
  const { readConfig } = await import('../dist/config.js');
  const dataDir = mkdtempSync(join(tmpdir(), 'pictures-'));
  const environment = { HOST: '127.0.0.1', PORT: '0', EMULATOR_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'fatal' };
  const app = await startApp(readConfig({ ...environment, SHUTDOWN_GRACE_MS: '0', ...env }));
  return {
    url: app.url,
    example: app.example,
    async stop() {
      await app.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** That of CHROMIUM_PATH, else the one that the development dependencies carry. */
export async function startBrowser() {
  // The package reuses whatever version it finds unpacked in TMPDIR: each gets a folder of its own.
  process.env.TMPDIR = join(tmpdir(), 'chromium-153');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  const given = process.env.CHROMIUM_PATH;
  if (given && !existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist`);
  const args = chromium.args.filter((arg) => !/single-process|zygote|headless|disable-web-security/.test(arg));
  const softwareWebgl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  const executablePath = given || (await chromium.executablePath());
  return playwright.launch({ executablePath, args: [...args, ...softwareWebgl] });
}
