import { probeCommand } from './command.js';

process.exitCode = await probeCommand(process.env, process.stdout);
