import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { available } from '../support/available.js';

const VITEST = resolve('node_modules/vitest/vitest.mjs');
const REPORTER = resolve('test/support/no-skips.ts');

/** A run of its own over one test file. */
async function run(test: string): Promise<{ code: number | null; said: string }> {
  const root = mkdtempSync(join(tmpdir(), 'skips-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'some.test.mjs'), test);
  const child = spawn(process.execPath, [VITEST, 'run', '--root', root, '--globals', '--reporter', REPORTER]);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  return new Promise((done) => child.on('exit', (code) => done({ code, said })));
}

describe('With REQUIRE_ALL=1', () => {
  it('every way to skip fails the run, which names what was skipped', async () => {
    const { code, said } = await run(`
      it('runs', () => {});
      it.skipIf(true)('skipped', () => {});
      it('planned');
      it('gives up', ({ skip }) => skip('why'));
      describe.skipIf(true)('suite', () => { it('inside', () => {}); });
    `);
    expect(said.split('\n').slice(1, -1)).toEqual(
      ['skipped', 'planned', 'gives up', 'suite > inside'].map((name) => `some.test.mjs > ${name}`),
    );
    expect(code).toBe(1);
  });

  it('a run in which every test ran is good', async () => {
    expect(await run(`it('runs', () => {});`)).toEqual({ code: 0, said: '' });
  });

  it('a missing part of the world is an error that says what is missing', () => {
    const before = process.env.REQUIRE_ALL;
    onTestFinished(() => {
      if (before === undefined) delete process.env.REQUIRE_ALL;
      else process.env.REQUIRE_ALL = before;
    });
    process.env.REQUIRE_ALL = '1';
    expect(() => available(false, 'no PostgreSQL at 127.0.0.1')).toThrow('no PostgreSQL at 127.0.0.1');
    expect(available(true, 'nothing')).toBe(true);
  });
});
