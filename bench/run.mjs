// Runs every benchmark of this folder, one after the other.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

for (const file of readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts'))
  .sort()) {
  process.stdout.write(`\n== ${file}\n`);
  const { status } = spawnSync(process.execPath, [`${import.meta.dirname}/${file}`], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
