import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** Says of itself that it is an older Node, before anything else is loaded. */
const OLDER = `data:text/javascript,${encodeURIComponent(
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });
   Object.defineProperty(process, 'version', { value: 'v20.20.2' });`,
)}`;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const entries = new Set(Object.values(scripts).flatMap((script) => /^node dist\/(\S+)\.js/.exec(script)?.[1] ?? []));

describe('On a Node that is too old', () => {
  it.each([...entries])('%s says in a sentence which one it needs', async (entry) => {
    const args = ['--import', OLDER, `dist/${entry}.js`];
    const { code, stderr, stdout } = await promisify(execFile)(process.execPath, args).catch((failure) => failure);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^This service needs Node 22\.15 or newer; this is v20\.20\.2\. .*\n$/);
  });

  it.each([...entries])('%s loads nothing but that before it has looked', (entry) => {
    const source = readFileSync(`src/${entry}.ts`, 'utf8');
    const loaded = [...source.matchAll(/^import (?!type\b)[^;]*?'([^']+)';$/gm)].map(([, from = '']) => from);
    expect(loaded.filter((from) => !/^node:|\/errors\/node-version\.js$/.test(from))).toEqual([]);
  });
});
