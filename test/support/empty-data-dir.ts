import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createJournal } from '../../src/saga/create-journal.js';
import { migrations } from '../../src/store/migrations/index.js';
import { SCRATCH } from './scratch.js';

const MIGRATIONS = resolve(import.meta.dirname, '../../src/store/migrations');

/** Another version of any of these makes another empty database. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  hash.update(readFileSync(join(dirname(pglite), '..', 'package.json')));
  for (const file of readdirSync(MIGRATIONS).sort()) hash.update(readFileSync(join(MIGRATIONS, file)));
  // The files may have changed since this process has loaded them.
  hash.update(Object.keys(migrations).join());
  return hash.digest('hex').slice(0, 16);
}

/** Making a database and its tables takes seconds, copying one does not: it is made once per machine and version. */
async function template(): Promise<string> {
  const folder = join(SCRATCH, `empty-journal-${fingerprint()}`);
  if (existsSync(folder)) return folder;
  const made = mkdtempSync(join(SCRATCH, 'making-journal-'));
  const journal = await createJournal({
    database: { dataDir: made },
    commands: [],
    backgroundSession: () => null,
    backgroundProjectIds: async () => [],
  });
  await journal.stop();
  try {
    renameSync(made, folder);
  } catch {
    // Another test process was faster.
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}

/** A `DATA_DIR` whose embedded database is already made, but empty. Remove it afterwards. */
export async function emptyDataDir(): Promise<string> {
  const dataDir = mkdtempSync(join(process.env.SCRATCH_OF_RUN ?? SCRATCH, 'journal-'));
  cpSync(await template(), dataDir, { recursive: true });
  return dataDir;
}
