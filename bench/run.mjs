// Runs the benchmarks of this folder, one after the other, or those that are named, with less than all there is where a number says so:
// `npm run bench -- viability start=20000`. Tables are printed, and kept in bench/results.json (BENCH_RESULTS: elsewhere).
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const NOT_BY_THEMSELVES = ['guard'];
const named = process.argv.slice(2).map((argument) => argument.split('='));
const all = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
  .filter((name) => !NOT_BY_THEMSELVES.includes(name))
  .sort();
const wrong = named.map(([name]) => name).filter((name) => !all.includes(name));
if (wrong.length > 0) {
  process.stderr.write(`no such benchmark: ${wrong.join(', ')}; there are ${all.join(', ')}\n`);
  process.exit(1);
}
const typescript = new URL('../test/emulator/run-typescript.mjs', import.meta.url).href;
// A million boxes take some GB.
const memory = ['--expose-gc', '--max-old-space-size=6144'];
const run = ['--experimental-transform-types', '--no-warnings', ...memory, '--import', typescript];
const startedAt = performance.now();
for (const [name, ...size] of named.length > 0 ? named : all.map((one) => [one])) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, [...run, `${import.meta.dirname}/${name}.ts`, ...size], {
    stdio: 'inherit',
    env: { BENCH_RESULTS: `${import.meta.dirname}/results.json`, ...process.env },
  });
  if (status !== 0) process.exit(status ?? 1);
}
process.stdout.write(`\nall of it took ${((performance.now() - startedAt) / 60_000).toFixed(1)} min\n`);
