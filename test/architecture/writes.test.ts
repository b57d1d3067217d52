import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { SEND, Write } from '../../src/domain/write.js';

const SRC = resolve(import.meta.dirname, '../../src');

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path: relative('.', path), text: readFileSync(join(SRC, path), 'utf8') }));

describe('Writes towards OZmap', () => {
  it('are sent by who imports the key to them: the saga engine, and no command', () => {
    const holders = sources.filter(({ text }) => /\bSEND\b/.test(text)).map(({ path }) => path);
    expect(holders.sort()).toEqual(['domain/write.ts', 'ozmap/api.ts', 'saga/runs/run.ts']);
  });

  it('have no other way to be sent', () => {
    expectTypeOf<keyof Write<undefined>>().toEqualTypeOf<'method' | 'path' | typeof SEND>();
  });
});

describe('The environment', () => {
  it('is read in config.ts, and by entry points that hand it on', () => {
    const readers = sources.filter(({ text }) => /process\.env\b/.test(text)).map(({ path }) => path);
    expect(readers.filter((path) => path !== 'config.ts' && !/(^|[-/])main\.ts$/.test(path))).toEqual([]);
  });
});
