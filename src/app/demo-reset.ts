import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { takeOwnerLock } from '../store/owner-lock.js';

/** Of the data folder: the embedded OZmap's plant, and the journal. */
const FOLDERS = ['emulator', 'journal'];

/**
 * `npm run demo:reset`: the next start is a first start. Deletes the embedded OZmap's plant and the embedded journal, which belong together.
 * Answers the exit code; 1 where there is no demo: a real OZmap, or a journal on a server.
 *
 * Errors: an Error with a plain sentence while a service runs on the folder.
 */
export async function demoResetCommand(
  args: readonly string[],
  { OZMAP_URL, DATABASE_URL, DATA_DIR }: NodeJS.ProcessEnv,
  out: { write(text: string): unknown },
): Promise<number> {
  if (args.length > 0) {
    out.write('usage: npm run demo:reset\n');
    return 2;
  }
  const other = OZMAP_URL ? 'OZMAP_URL' : DATABASE_URL ? 'DATABASE_URL' : null;
  if (other) {
    out.write(`Nothing was deleted: ${other} is set, so this is no demo.\n`);
    return 1;
  }
  const dataDir = DATA_DIR || './data';
  const folders = FOLDERS.map((name) => join(dataDir, name)).filter((folder) => existsSync(folder));
  if (folders.length === 0) {
    out.write(`Nothing to delete: no demo was started in the data folder ${dataDir}.\n`);
    return 0;
  }
  // The journal's lock stands for the whole service.
  const lock = takeOwnerLock(join(dataDir, 'journal'));
  try {
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  } finally {
    lock.release();
  }
  out.write(`Deleted ${folders.join(' and ')}. The next start makes a new network.\n`);
  return 0;
}
