import { readEnvFile } from '../config/env-file.js';
import { readSecretFiles } from '../config/secrets.js';
import { ConfigError } from '../config.js';
import { deadLettersCommand, eraseCommand, heldCommand } from '../saga/operator.js';
import { demoResetCommand } from './demo-reset.js';

/** What runs beside the service, by the word that follows the file: `npm run journal:erase` and its neighbours. */
const COMMANDS = new Map([
  ['erase', eraseCommand],
  ['deadletters', deadLettersCommand],
  ['held', heldCommand],
  ['demo-reset', demoResetCommand],
]);

try {
  for (const warning of readEnvFile(process.env)) process.stderr.write(`warning: ${warning}\n`);
  const [word = '', ...args] = process.argv.slice(2);
  const command = COMMANDS.get(word);
  if (!command) throw new Error(`one of ${[...COMMANDS.keys()].join(', ')} is wanted, not ${JSON.stringify(word)}`);
  const { env, faults } = readSecretFiles(process.env, ['DATABASE_URL']);
  if (faults.size > 0) throw new ConfigError([...faults.values()]);
  process.exitCode = await command(args, env, process.stdout);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
