import { eraseCommand } from './erase.js';

try {
  process.exitCode = await eraseCommand(process.argv.slice(2), process.env, process.stdout);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
