import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const RUN = ['--experimental-transform-types', '--no-warnings', '--import', './test/emulator/run-typescript.mjs'];

/** Logs three lines, and then ends in this way. */
function scriptOf(isShared: boolean, end: string): string {
  return `
    const { createLogger } = await import('${new URL('../../src/app/telemetry.ts', import.meta.url)}');
    const logger = createLogger('info', ${isShared});
    for (let line = 0; line < 3; line += 1) logger.info({ line, token: 'abc' }, 'hello');
    ${end}`;
}

/** More lines than one, for some moments. */
const END_SOON = `
  setInterval(() => logger.info('still here'), 20);
  setTimeout(() => process.exit(3), 700);`;

/** What such a process writes. */
function logged(isShared: boolean, end: string): unknown[] {
  const script = scriptOf(isShared, end);
  const { stdout } = spawnSync(process.execPath, [...RUN, '--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  return stdout
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text));
}

describe('The log', () => {
  const LINES = [0, 1, 2].map((line) => ({ line, token: '[hidden]', msg: 'hello' }));

  it.each([
    ['by itself', false, ''],
    ['at once', false, 'process.exit(1);'],
    ['by a fault', false, 'setTimeout(() => { throw new Error("fault"); });'],
    ['at once, beside others who write there', true, 'process.exit(1);'],
  ])('is whole when the process ends %s', (_, isShared, end) => {
    expect(logged(isShared, end)).toMatchObject(LINES);
  });

  it('keeps no process from ending whose log nobody reads any more', async () => {
    const child = spawn(process.execPath, [...RUN, '--input-type=module', '--eval', scriptOf(false, END_SOON)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = await once(child, 'exit');
    expect(code).toBe(3);
  });
});
