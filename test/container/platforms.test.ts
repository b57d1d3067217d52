import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CARRIED, findChromium } from '../support/find-chromium.js';

interface Lock {
  packages: Record<string, { os?: string; cpu?: string; bin?: Record<string, string>; optional?: boolean }>;
}

const { packages }: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const { optionalDependencies }: { optionalDependencies: Record<string, string> } = JSON.parse(
  readFileSync('tools/node24/package.json', 'utf8'),
);

describe('Node 24 from npm', () => {
  it('is for one system each, optional elsewhere, and the command node there', () => {
    const runtimes = Object.keys(optionalDependencies).map((name) => packages[`node_modules/${name}`]);
    expect(runtimes.map((each) => `${each?.os} ${each?.cpu}`)).toEqual([
      'darwin x64',
      'linux arm64',
      'linux x64',
      'win32 x64',
    ]);
    for (const runtime of runtimes)
      expect(runtime).toMatchObject({ optional: true, bin: { node: expect.stringMatching(/^bin\/node/) } });
  });
});

describe('The Chromium of the tests', () => {
  const here = import.meta.filename;
  const machine = { env: {}, platform: 'darwin', arch: 'arm64', installed: '/none' };

  it.each([
    ['the carried one on Linux with x64', { platform: 'linux', arch: 'x64' }, CARRIED],
    ["Playwright's own elsewhere", { installed: here }, here],
    ['none where there is neither', {}, null],
    ['that of CHROMIUM_PATH before any other', { platform: 'linux', arch: 'x64', env: { CHROMIUM_PATH: here } }, here],
  ])('is %s', (_, differently, found) => {
    expect(findChromium({ ...machine, ...differently })).toBe(found);
  });

  it('is refused where CHROMIUM_PATH names no file', () => {
    expect(() => findChromium({ ...machine, env: { CHROMIUM_PATH: '/none' } })).toThrow('CHROMIUM_PATH names /none');
  });
});
