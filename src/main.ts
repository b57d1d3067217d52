import { refuseOldNode } from './app/node-version.js';

refuseOldNode(process.version);
// Only now: on an older Node the rest would not even load.
const { failureText, readyText } = await import('./app/words.js');
try {
  const [{ startApp }, { readConfig }] = await Promise.all([import('./app.js'), import('./config.js')]);
  const app = await startApp(readConfig());
  process.stdout.write(readyText(app));
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
