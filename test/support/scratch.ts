import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2 ** 30;
/** Where tests make their data folders: in memory where there is a gigabyte, since a disk takes seconds for a thousand files. */
export const SCRATCH = isRoomy() ? MEMORY : tmpdir();

function isRoomy(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ENOUGH_BYTES;
}

/** Data folders of one run lie in one folder, which goes with it: workers are ended without a word, and keep theirs open. */
export default function scratchOfRun(): () => void {
  const folder = mkdtempSync(join(SCRATCH, 'tests-'));
  process.env.SCRATCH_OF_RUN = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
