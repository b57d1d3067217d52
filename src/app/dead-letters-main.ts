import { readSecretFiles } from '../config/secret-files.js';
import { ConfigError } from '../config.js';
import { deadLettersCommand } from '../saga/dead-letters.js';

try {
  const { env, faults } = readSecretFiles(process.env, ['DATABASE_URL']);
  if (faults.size > 0) throw new ConfigError([...faults.values()]);
  process.exitCode = await deadLettersCommand(process.argv.slice(2), env, process.stdout);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
