import { readEnvFile } from '../config/env-file.js';
import { probeCommand } from './command.js';

readEnvFile(process.env);
process.exitCode = await probeCommand(process.argv.slice(2), process.env, process.stdout);
