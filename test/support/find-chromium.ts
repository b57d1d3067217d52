import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** The browser that the development dependencies carry: for Linux on x64 only. */
export const CARRIED = 'carried';

/** Where this machine may have a browser. */
interface Machine {
  env: NodeJS.ProcessEnv;
  platform: string;
  arch: string;
  /** Of Playwright, by `npx playwright install chromium`; need not be there. */
  installed: string;
}

const HERE: Machine = {
  env: process.env,
  platform: process.platform,
  arch: process.arch,
  installed: chromium.executablePath(),
};

/**
 * The Chromium of the tests: that of CHROMIUM_PATH, else the carried one, else Playwright's own. Null where there is none.
 *
 * Errors: an Error when CHROMIUM_PATH names no file.
 */
export function findChromium({ env, platform, arch, installed }: Machine = HERE): string | null {
  const given = env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM_PATH names ${given}, which does not exist`);
  }
  if (platform === 'linux' && arch === 'x64') return CARRIED;
  return existsSync(installed) ? installed : null;
}
