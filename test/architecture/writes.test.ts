import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../src');

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path: relative('.', path), text: readFileSync(join(SRC, path), 'utf8') }));

describe('Writes towards OZmap', () => {
  it('are sent by the saga engine alone, whatever a command would like', () => {
    const senders = sources.filter(({ text }) => /\bwrite\.send\(|\)\.send\(\)/.test(text)).map(({ path }) => path);
    expect(senders.length).toBeGreaterThan(0);
    expect(senders.filter((path) => !path.startsWith('saga/') && path !== 'ozmap/circuit.ts')).toEqual([]);
  });
});

describe('The environment', () => {
  it('is read in config.ts, and by entry points that hand it on', () => {
    const readers = sources.filter(({ text }) => /process\.env\b/.test(text)).map(({ path }) => path);
    expect(readers.filter((path) => path !== 'config.ts' && !/(^|[-/])main\.ts$/.test(path))).toEqual([]);
  });
});
