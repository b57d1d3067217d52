import { readSecretFiles } from '../config/secret-files.js';
import { ConfigError } from '../config.js';
import { heldCommand } from '../saga/held.js';

try {
  const { env, faults } = readSecretFiles(process.env, ['DATABASE_URL']);
  if (faults.size > 0) throw new ConfigError([...faults.values()]);
  process.exitCode = await heldCommand(process.argv.slice(2), env, process.stdout);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
