import { parseArgs } from 'node:util';
import { isId } from '../store/ids.js';
import { openDatabase } from '../store/open-database.js';
import { dropHeld, holdOpen, listHeld, releaseHeld } from './sql/held.js';

const USAGE = `usage: npm run journal:held                            lists the operations that wait for a person
       npm run journal:held -- hold                    holds all open operations
       npm run journal:held -- release <number>|all    lets them go on
       npm run journal:held -- drop <number>|all       ends those that wait, as FAILED
`;

/**
 * Decides on operations of a restored journal. Answers the exit code. The embedded database has one owner: stop the service first.
 */
export async function heldCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  out: { write(text: string): unknown },
): Promise<number> {
  const [verb = 'list', which, ...more] = parseArgs({ args: [...args], allowPositionals: true }).positionals;
  const id = which === 'all' ? null : which;
  const chooses = verb === 'release' || verb === 'drop';
  const fits = chooses ? id === null || (id !== undefined && isId(id)) : which === undefined;
  if (!fits || more.length > 0 || !['list', 'hold', 'release', 'drop'].includes(verb)) {
    out.write(USAGE);
    return 2;
  }
  const database = await openDatabase({
    dataDir: env.DATA_DIR || './data',
    databaseUrl: env.DATABASE_URL || undefined,
  });
  const { db } = database;
  try {
    if (verb === 'hold') out.write(`held: ${await holdOpen(db)}\n`);
    if (verb === 'release') out.write(`released: ${await releaseHeld(db, id ?? null)}\n`);
    if (verb === 'drop') out.write(`dropped: ${await dropHeld(db, id ?? null)}\n`);
    for (const { id: number, action, contract_code, state, requested_at } of await listHeld(db))
      out.write(`${number}  ${requested_at.toISOString()}  ${state}  ${action}  ${contract_code ?? '-'}\n`);
    return 0;
  } finally {
    await database.close();
  }
}
