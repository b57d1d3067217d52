import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { type AskGraphql, askAt } from './ask-graphql.js';
import { available } from './available.js';
import { emptyDataDir } from './empty-data-dir.js';

const MAIN = resolve(import.meta.dirname, '../../dist/main.js');

/** False, with the reason printed, where nothing is built: the tests of processes are skipped then. */
export const isBuilt = available(
  existsSync(MAIN),
  `${MAIN} is not built, so the process is not tried (npm test builds it)`,
);

/** The service as a process of its own, as it is deployed. */
export interface SpawnedService {
  /** What it wrote so far. */
  output(): string;
  errors(): string;
  /** Waits until this is so, or the process has ended. */
  until(test: () => boolean): Promise<void>;
  /** The address it prints once it is ready. Errors: what it wrote when it ended instead. */
  ready(): Promise<string>;
  /** Asks the ready service. */
  query: AskGraphql;
  /** The exit code; null after a signal. */
  exited: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  /** Ends the process at once, as a crash does, and waits until it is gone. Its data folder stays. */
  kill(): Promise<void>;
  /** `kill`, and removes the data folder that was made for it. */
  remove(): Promise<void>;
}

/** Starts the built service on free ports, with an empty data folder of its own unless `DATA_DIR` is given. `env` is what a provider would set. */
export async function spawnService(env: NodeJS.ProcessEnv = {}): Promise<SpawnedService> {
  const ownDir = env.DATA_DIR === undefined ? await emptyDataDir() : null;
  const child = spawn(process.execPath, [MAIN], {
    // Away from the `.env` of whoever works on the project.
    cwd: tmpdir(),
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: '0',
      EMULATOR_PORT: '0',
      LOG_LEVEL: 'error',
      ...(ownDir !== null && { DATA_DIR: ownDir }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const exited = new Promise<number | null>((resolve) => child.on('close', resolve));
  const until = async (test: () => boolean) => {
    while (!test() && child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const ready = async () => {
    const line = () => /curl -s (\S+)/.exec(output)?.[1];
    await until(() => line() !== undefined);
    const url = line();
    if (url === undefined) throw new Error(`the service ended before it was ready: ${errors}`);
    return url;
  };
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return {
    output: () => output,
    errors: () => errors,
    until,
    ready,
    query: async (document, variables, options) => askAt(await ready(), document, variables, options),
    exited,
    signal: (signal) => void child.kill(signal),
    kill,
    remove: async () => {
      await kill();
      if (ownDir !== null) await rm(ownDir, { recursive: true, force: true });
    },
  };
}
