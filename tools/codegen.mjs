// Generates src/generated/operations.ts as codegen.yml says; with --check generates in memory, compares, and compiles what is there.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { generate, loadCodegenConfig } from '@graphql-codegen/cli';

const check = process.argv.includes('--check');
const { config } = await loadCodegenConfig({ configFilePath: 'codegen.yml' });
const files = await generate({ ...config, silent: true }, !check);
if (check) {
  const stale = files.filter(({ filename, content }) => !matches(filename, content)).map(({ filename }) => filename);
  if (stale.length > 0) fail(`${stale.join(', ')}: not what the operations give; run npm run codegen`);
  const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'];
  const { stdout } = spawnSync(process.execPath, tsc, { encoding: 'utf8' });
  const faults = stdout.split('\n').filter((line) => files.some(({ filename }) => line.startsWith(filename)));
  if (faults.length > 0) fail(`the generated operations do not compile\n${faults.join('\n')}`);
}

function matches(filename, content) {
  try {
    return readFileSync(filename, 'utf8') === content;
  } catch {
    return false;
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
