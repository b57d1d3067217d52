import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../src');
const TEST = resolve(import.meta.dirname, '..');

/** Room → rooms that it may import from. A room may always import from itself. */
const ALLOWED: Record<string, readonly string[] | 'everything'> = {
  main: ['app', 'config'],
  app: 'everything',
  config: ['errors', 'domain'],
  context: ['features', 'domain', 'errors', 'ozmap', 'geocoding', 'journal', 'config'],
  schema: ['features', 'context', 'domain', 'errors'],
  errors: [],
  domain: ['errors'],
  features: ['domain', 'errors', 'ozmap', 'geocoding', 'journal', 'context'],
  ozmap: ['domain', 'errors'],
  geocoding: ['domain', 'errors', 'city'],
  journal: ['domain', 'errors'],
  http: ['features', 'errors', 'config', 'domain', 'city', 'context'],
  city: [],
  emulator: ['city'],
  probe: ['config', 'ozmap', 'domain', 'errors'],
  web: ['generated'],
  generated: [],
};

/** Every way a module can be named: static, re-export, side effect, dynamic, import type. */
const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)(['"])([^'"]+)\1/g;

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.(ts|tsx)$/.test(entry.name) ? [path] : [];
  });
}

interface Import {
  from: string;
  to: string;
}

function importsUnder(folder: string): Import[] {
  return filesUnder(folder).flatMap((from) =>
    [...readFileSync(from, 'utf8').matchAll(SPECIFIER)]
      .map(([, , specifier = '']) => specifier)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => ({ from, to: resolve(dirname(from), specifier.replace(/\?.*$/, '')) })),
  );
}

/** The file or folder below `top` that a path lies in, without an ending; `..` for what lies elsewhere. */
function roomOf(path: string, top = SRC): string {
  const [first = ''] = relative(top, path).split(sep);
  return first.replace(/\.(ts|tsx|js)$/, '');
}

const imports = importsUnder(SRC);
const shown = ({ from, to }: Import) => `${relative(SRC, from)} → ${relative(SRC, to)}`;

describe('The rooms of src/', () => {
  it('all have a rule here', () => {
    const rooms = new Set(filesUnder(SRC).map((path) => roomOf(path)));
    expect([...rooms].filter((room) => !(room in ALLOWED))).toEqual([]);
  });

  it('import only from the rooms that house rules allow', () => {
    const wrong = imports.filter(({ from, to }) => {
      const room = roomOf(from);
      const target = roomOf(to);
      const allowed = ALLOWED[room] ?? [];
      return target !== room && allowed !== 'everything' && !allowed.includes(target);
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  it('let a feature see of another feature only its types and its services', () => {
    const inFeature = (path: string) => relative(join(SRC, 'features'), path).split(sep);
    const wrong = imports.filter(({ from, to }) => {
      if (roomOf(from) !== 'features' || roomOf(to) !== 'features') return false;
      const [own, ...rest] = inFeature(from);
      const [other, ...file] = inFeature(to);
      if (rest.length === 0 || file.length === 0 || own === other) return false;
      return !/\.(type|service|input)\.js$/.test(to);
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  it('name only files that exist', () => {
    const missing = imports.filter(({ to }) => {
      const base = to.replace(/\.js$/, '');
      return ![to, `${base}.ts`, `${base}.tsx`].some(existsSync);
    });
    expect(missing.map(shown)).toEqual([]);
  });

  it('found imports to judge', () => {
    expect(imports.length).toBeGreaterThan(20);
  });
});

describe('The rooms of test/', () => {
  const across = importsUnder(TEST)
    .map(({ from, to }) => ({ from: roomOf(from, TEST), to: roomOf(to, TEST), shown: shown({ from, to }) }))
    .filter(({ from, to }) => from !== to && to !== '..');

  it('share only what lies in support, which knows no other room', () => {
    expect(across.length).toBeGreaterThan(20);
    expect(across.filter(({ to }) => to !== 'support').map((wrong) => wrong.shown)).toEqual([]);
  });
});
