import { parseArgs } from 'node:util';
import { isId } from '../store/ids.js';
import { openExistingDatabase } from '../store/open-database.js';
import { dropHeld, holdOpen, listHeld, releaseHeld } from './sql/held.js';

const USAGE = `usage: npm run journal:held                            lists the operations that wait for a person
       npm run journal:held -- hold                    holds all open operations
       npm run journal:held -- release <number>|all    lets them go on
       npm run journal:held -- drop <number>|all       ends those that wait, as FAILED
`;

type Decision = { verb: 'list' | 'hold' } | { verb: 'release' | 'drop' /** Null: all. */; id: string | null };

/** Null: not as in the usage. */
function parse(args: readonly string[]): Decision | null {
  const [verb = 'list', which, ...more] = parseArgs({ args: [...args], allowPositionals: true }).positionals;
  if (more.length > 0) return null;
  if (verb === 'list' || verb === 'hold') return which === undefined ? { verb } : null;
  if ((verb !== 'release' && verb !== 'drop') || which === undefined) return null;
  if (which === 'all') return { verb, id: null };
  return isId(which) ? { verb, id: which } : null;
}

/**
 * Decides on operations of a restored journal. Answers the exit code. The embedded database has one owner: stop the service first.
 */
export async function heldCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  out: { write(text: string): unknown },
): Promise<number> {
  const decision = parse(args);
  if (!decision) {
    out.write(USAGE);
    return 2;
  }
  const database = await openExistingDatabase(env);
  const { db } = database;
  try {
    if (decision.verb === 'hold') out.write(`held: ${await holdOpen(db)}\n`);
    if (decision.verb === 'release') out.write(`released: ${await releaseHeld(db, decision.id)}\n`);
    if (decision.verb === 'drop') out.write(`dropped: ${await dropHeld(db, decision.id)}\n`);
    for (const { id, action, contract_code, state, requested_at } of await listHeld(db))
      out.write(`${id}  ${requested_at.toISOString()}  ${state}  ${action}  ${contract_code ?? '-'}\n`);
    return 0;
  } finally {
    await database.close();
  }
}
