import module from 'node:module';
import { join } from 'node:path';
import { needsNode } from './errors/node-version.js';

needsNode();
// Compiled code is kept for the next start, where the folder can be written.
module.enableCompileCache(join(import.meta.dirname, '.compiled'));
// Only now: on an older Node the rest would not even load.
const { failureText, readyText, startingText } = await import('./app/words.js');
try {
  const [{ startApp }, { readConfig }, { readEnvFile }] = await Promise.all([
    import('./app.js'),
    import('./config.js'),
    import('./config/env-file.js'),
  ]);
  for (const warning of readEnvFile(process.env)) process.stderr.write(`warning: ${warning}\n`);
  const config = readConfig();
  process.stdout.write(startingText(config));
  const app = await startApp(config);
  process.stdout.write(readyText(app, config));
  module.flushCompileCache();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // A second signal ends the process at once.
      process.once(signal, () => process.exit(1));
      app.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  process.stderr.write(`${failureText(error)}\n`);
  process.exit(1);
}
