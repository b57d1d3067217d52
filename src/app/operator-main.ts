import { needsNode } from '../errors/node-version.js';

needsNode();
const [{ readEnvFile }, { readSecretFiles }, { ConfigError }, operator, { demoResetCommand }] = await Promise.all([
  import('../config/env-file.js'),
  import('../config/secrets.js'),
  import('../config.js'),
  import('../saga/operator.js'),
  import('./data-folder.js'),
]);

/** What runs beside the service, by the word that follows the file: `npm run journal:erase` and its neighbours. */
const COMMANDS = new Map([
  ['erase', operator.eraseCommand],
  ['deadletters', operator.deadLettersCommand],
  ['held', operator.heldCommand],
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
