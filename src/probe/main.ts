import { needsNode } from '../errors/node-version.js';

needsNode();
const [{ readEnvFile }, { probeCommand }] = await Promise.all([
  import('../config/env-file.js'),
  import('./command.js'),
]);
readEnvFile(process.env);
process.exitCode = await probeCommand(process.argv.slice(2), process.env, process.stdout);
