import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { bashOf } from '../support/run-recipe.js';
import { startTestSubgraph } from '../support/start-subgraph.js';

const ROOT = resolve(import.meta.dirname, '../..');
const RECIPE = join(ROOT, 'docs/recipes/call-from-javascript.md');
/** Where `npm ci` has put what the recipe installs; the first that has a package counts. */
const MODULES = [join(ROOT, 'tools/client-kit/node_modules'), join(ROOT, 'node_modules')];

interface Manifest {
  version: string;
  bin?: string | Record<string, string>;
}

/** The folder of a package in the version that the recipe names. */
function folderOf(name: string, version: string): string {
  const found = MODULES.map((modules) => join(modules, name)).find((folder) => manifestOf(folder)?.version === version);
  if (!found) throw new Error(`${name} ${version} of the recipe is not what package-lock.json has`);
  return found;
}

function manifestOf(folder: string): Manifest | null {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return null;
  }
}

/** Lays `node_modules` as the recipe's lines `npm install …` would: the same packages and versions, without asking a registry. */
function install(script: string, into: string): void {
  for (const [, packages = ''] of script.matchAll(/^npm install (.+)$/gm))
    for (const [, name = '', version = ''] of packages.matchAll(/(\S+)@(\d\S*)/g)) {
      const folder = folderOf(name, version);
      link(folder, join(into, 'node_modules', name));
      const { bin } = manifestOf(folder) ?? {};
      const bins = typeof bin === 'string' ? { [name]: bin } : (bin ?? {});
      for (const [command, file] of Object.entries(bins))
        link(join(folder, file), join(into, 'node_modules/.bin', command));
    }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

it('docs/recipes/call-from-javascript.md can be pasted: both clients are generated, compile, and sell and end a contract', async () => {
  const subgraph = await startTestSubgraph();
  onTestFinished(() => subgraph.stop());
  const folder = mkdtempSync(join(tmpdir(), 'javascript-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = bashOf(RECIPE, subgraph.url);
  install(script, join(folder, 'cnt-ozmap'));
  // The folder is there already, with what the lines `npm install` would put into it.
  writeFileSync(join(folder, 'shell'), 'mkdir() { :; }\nnpm() { [ "$1" = install ] || command npm "$@"; }\n');
  const run = promisify(execFile)('bash', ['-euc', `source ./shell\n${script}`], {
    cwd: folder,
    env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
  });
  const { stdout } = await run.catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${error.stdout}\n${error.stderr}`);
  });
  expect(stdout.trim().split('\n').slice(-6)).toEqual([
    expect.stringMatching(/^AWAITING_ACTIVATION CTO \S+ \d+$/),
    'ACTIVE José Conceição',
    'APPLIED',
    expect.stringMatching(/^CTO \S+ \d+$/),
    "[ 'client.activate' ] Inês Ávila",
    "[ 'client.cancel' ] undefined",
  ]);
  // The types are worth something: what no route takes does not compile.
  const typed = readFileSync(join(folder, 'cnt-ozmap/http.ts'), 'utf8');
  writeFileSync(join(folder, 'cnt-ozmap/http.ts'), typed.replace('state: 200', 'stato: 200'));
  const [compile = ''] = /^npx tsc .* http\.ts$/m.exec(script) ?? [];
  const wrong = promisify(execFile)('bash', ['-euc', compile], { cwd: join(folder, 'cnt-ozmap') });
  await expect(wrong).rejects.toMatchObject({ stdout: expect.stringContaining("'stato' does not exist") });
}, 180_000);
