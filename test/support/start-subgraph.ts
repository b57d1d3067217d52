import { type AppOptions, startApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { type AskGraphql, askAt } from './ask-graphql.js';
import { giveBack, keptDataDir } from './kept-pglite.js';
import { type OzmapFromOutside, ozmapFromOutside } from './ozmap-from-outside.js';

/** The service, running on free ports with its own embedded OZmap. */
export interface TestSubgraph {
  /** With base path. */
  url: string;
  /** Without. */
  root: string;
  /** Where health and metrics are. */
  opsUrl: string;
  emulator: OzmapFromOutside;
  query: AskGraphql;
  stop(): Promise<void>;
}

/** Starts the whole service over real HTTP. `env` is what a provider would set. */
export async function startTestSubgraph({
  env = {},
  onStatement,
  logger,
}: {
  env?: NodeJS.ProcessEnv;
  /** Told every SQL statement of the journal. */
  onStatement?: (sql: string) => void;
  logger?: AppOptions['logger'];
} = {}): Promise<TestSubgraph> {
  const dataDir = await keptDataDir();
  const app = await startApp(
    readConfig({
      HOST: '127.0.0.1',
      PORT: '0',
      EMULATOR_PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'fatal',
      SHUTDOWN_GRACE_MS: '0',
      ...env,
    }),
    { onStatement, ...(logger && { logger }) },
  );
  const { url, opsUrl } = app;
  return {
    url,
    root: new URL(url).origin,
    opsUrl,
    emulator: ozmapFromOutside(app.ozmapUrl),
    query: (document, variables, options) => askAt(url, document, variables, options),
    async stop() {
      await app.stop();
      await giveBack(dataDir);
    },
  };
}
