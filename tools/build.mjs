// Builds the service (tsc) and, once there are pages, the pages (Vite), side by side, into dist/.
// --if-changed: does nothing when no source changed since the last good build, so that a second `npm start` is quick.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STAMP = 'dist/.built';
const inputs = [
  'src',
  'schema/operations',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.ts',
  'package-lock.json',
  'tools/build.mjs',
  'tools/vite',
  'examples/cnt-page',
];

function* files(path) {
  if (!existsSync(path)) return;
  const stat = statSync(path);
  if (!stat.isDirectory()) yield [path, stat];
  else for (const name of readdirSync(path).sort()) yield* files(join(path, name));
}

function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs)
    for (const [path, { size, mtimeMs }] of files(input)) hash.update(`${path} ${size} ${mtimeMs}\n`);
  return hash.digest('hex');
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args], { stdio: 'inherit' });
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
  });
}

const before = fingerprint();
const current = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === before;
if (process.argv.includes('--if-changed') && current) process.exit(0);

process.stdout.write(
  'Building the service and its pages; this takes some 10 to 40 seconds, and only after a change …\n',
);
rmSync(STAMP, { force: true });
const jobs = [run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json'])];
if (existsSync('vite.config.ts')) jobs.push(run('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn']));
try {
  await Promise.all(jobs);
  mkdirSync('dist', { recursive: true });
  writeFileSync(STAMP, before);
} catch (error) {
  process.stderr.write(`build failed: ${error.message}\n`);
  process.exit(1);
}
