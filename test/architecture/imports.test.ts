import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../../src');
const TEST = resolve(import.meta.dirname, '..');

/** Room → rooms that it may import from, types included. A room may always import from itself. Drawn in docs/architecture.md. */
const ALLOWED: Record<string, readonly string[] | 'everything'> = {
  main: ['app', 'config', 'errors'],
  app: 'everything',
  config: ['errors', 'domain'],
  http: ['graph', 'commands', 'saga', 'store', 'config', 'city', 'budget', 'domain', 'errors', 'generated', 'sketch'],
  graph: ['commands', 'saga', 'store', 'ozmap', 'geocoding', 'budget', 'domain', 'errors'],
  commands: ['saga', 'ozmap', 'geocoding', 'domain', 'errors'],
  saga: ['store', 'domain', 'errors'],
  store: ['domain', 'errors'],
  ozmap: ['budget', 'domain', 'errors'],
  geocoding: ['budget', 'domain', 'errors', 'city'],
  budget: ['errors'],
  domain: ['errors'],
  errors: [],
  city: ['errors'],
  emulator: ['city'],
  probe: ['config', 'ozmap', 'geocoding', 'domain', 'errors'],
  web: ['generated', 'domain', 'errors', 'sketch'],
  sketch: [],
  generated: [],
};

/** A graph is circular by nature. */
const CIRCULAR: ReadonlySet<string> = new Set(['graph']);

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

/** The source file that a specifier means; null when there is none. */
function fileOf(path: string): string | null {
  const base = path.replace(/\.js$/, '');
  return [`${base}.ts`, `${base}.tsx`, path].find(existsSync) ?? null;
}

/** The groups of files that reach each other by imports (Tarjan's strongly connected components of two or more). */
function circles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) found.push(circle);
  };
  for (const node of edges.keys()) if (!index.has(node)) visit(node);
  return found;
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

  it('hold no two files that import each other, but for the types of the graph', () => {
    const byFile = new Map<string, string[]>();
    for (const { from, to } of imports) {
      const target = fileOf(to);
      if (target === null || (CIRCULAR.has(roomOf(from)) && roomOf(from) === roomOf(to))) continue;
      byFile.set(from, [...(byFile.get(from) ?? []), target]);
    }
    expect(circles(byFile).map((circle) => circle.map((path) => relative(SRC, path)).sort())).toEqual([]);
  });

  it('are drawn in docs/architecture.md with the arrows that hold here', () => {
    const page = readFileSync(resolve(SRC, '../docs/architecture.md'), 'utf8');
    const drawn = Object.entries(ALLOWED)
      .filter(([, to]) => to !== 'everything')
      .filter(([room, to]) => !page.includes(`| ${[...to].join(', ') || 'nothing'} |`) || !page.includes(`\`${room}`));
    expect(drawn.map(([room]) => room)).toEqual([]);
  });

  it('name only files that exist', () => {
    const missing = imports.filter(({ to }) => fileOf(to) === null);
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
