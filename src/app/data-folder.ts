import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { takeOwnerLock } from '../store/owner-lock.js';

const MIB = 1_048_576;
/** A new embedded database is 40 MiB; one that is there already needs room for its next log files. */
const ROOM_FOR_NEW_BYTES = 96 * MIB;
const ROOM_BYTES = 32 * MIB;

/** What is wrong with the folder, in words that help the operator to mend it. */
const TROUBLES: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk quota is used up',
  EROFS: 'it is on a read-only file system',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'it is a file',
  ENOENT: 'it cannot be made there',
};

/**
 * Makes the folder of the embedded data, where it is missing, and tries to write to it: the database itself would end with words of its own
 * depths. Errors: an Error with one sentence that names the folder and what is wrong with it.
 */
export async function prepareDataFolder(folder: string, roomBytes: number = roomFor(folder)): Promise<void> {
  const probe = join(folder, `.probe-${randomUUID()}`);
  try {
    await makeFolder(folder);
    await writeFile(probe, Buffer.alloc(MIB, 1), { flush: true });
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    throw unusable(folder, TROUBLES[code] ?? `it cannot be written to (${code})`);
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < roomBytes)
    throw unusable(
      folder,
      `its disk has ${Math.floor(free / MIB)} MiB left, and ${Math.ceil(roomBytes / MIB)} are needed`,
    );
}

/** As `mkdir` does recursively, which never returns where a folder cannot be made and its parent is there, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

function roomFor(folder: string): number {
  return existsSync(join(folder, 'journal', 'pgdata')) ? ROOM_BYTES : ROOM_FOR_NEW_BYTES;
}

function unusable(folder: string, trouble: string): Error {
  return new Error(`DATA_DIR ${JSON.stringify(folder)} cannot be used: ${trouble}.`);
}

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
  const ended = (code: number, words: string) => {
    out.write(`${words}\n`);
    return code;
  };
  if (args.length > 0) return ended(2, 'usage: npm run demo:reset');
  const other = OZMAP_URL ? 'OZMAP_URL' : DATABASE_URL ? 'DATABASE_URL' : null;
  if (other) return ended(1, `Nothing was deleted: ${other} is set, so this is no demo.`);
  const dataDir = DATA_DIR || './data';
  const folders = FOLDERS.map((name) => join(dataDir, name)).filter((folder) => existsSync(folder));
  if (folders.length === 0) return ended(0, `Nothing to delete: no demo was started in the data folder ${dataDir}.`);
  // The journal's lock stands for the whole service.
  const lock = takeOwnerLock(join(dataDir, 'journal'));
  try {
    await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
  } finally {
    lock.release();
  }
  return ended(0, `Deleted ${folders.join(' and ')}. The next start makes a new network.`);
}
