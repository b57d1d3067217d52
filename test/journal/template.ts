import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/** Making an empty database takes seconds, copying one does not: it is made once per machine and version of PGlite. */
async function template(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(join(dirname(main), '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(tmpdir(), `pglite-empty-${version}`);
  if (existsSync(folder)) return folder;
  const made = mkdtempSync(join(tmpdir(), 'pglite-making-'));
  const pglite = await PGlite.create({ dataDir: made });
  await pglite.close();
  try {
    renameSync(made, folder);
  } catch {
    // Another test process was faster.
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}

/** A data folder whose embedded database is already made, but empty: `DATA_DIR` for a test. Remove it afterwards. */
export async function emptyDataDir(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'journal-'));
  cpSync(await template(), join(dataDir, 'journal', 'pgdata'), { recursive: true });
  return dataDir;
}
