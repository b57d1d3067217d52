import { generateTown } from '../../src/city/generate.js';
import { startEmulator } from '../../src/emulator/start.js';

// Started by kill.test.ts: an emulator in a process of its own that can be killed.
const { url } = await startEmulator({ city: generateTown(), dataDir: process.argv[2] ?? null });
process.stdout.write(`${url}\n`);
