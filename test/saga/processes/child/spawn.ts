import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DatabaseOptions } from '../../../../src/store/database.js';
import type { Order, Told } from './child.js';

/** A journal in a process of its own. */
export interface Child {
  /** Contract → how it ended, as far as the child told. */
  told: Map<string, string>;
  send(order: Order): void;
  finished: Promise<void>;
  kill(): Promise<void>;
}

/** Starts one and waits until it is ready. */
export async function startChild(database: DatabaseOptions, plantUrl: string): Promise<Child> {
  const process_: ChildProcess = fork(join(import.meta.dirname, 'child.ts'), [JSON.stringify({ database, plantUrl })], {
    execArgv: ['--experimental-transform-types', '--no-warnings', '--import', join(import.meta.dirname, 'hooks.mjs')],
  });
  const told = new Map<string, string>();
  let ready = () => {};
  let finish = () => {};
  const isReady = new Promise<void>((resolve, reject) => {
    ready = resolve;
    process_.once('exit', (code) => reject(new Error(`the child ended with ${code} before it was ready`)));
  });
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  process_.on('message', (message: Told) => {
    if ('ready' in message) ready();
    else if ('finished' in message) finish();
    else told.set(message.done, message.as);
  });
  await isReady;
  return {
    told,
    finished,
    send: (order) => process_.send(order),
    kill: async () => {
      const gone = once(process_, 'exit');
      process_.kill('SIGKILL');
      await gone;
    },
  };
}
