import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Kysely } from 'kysely';
import { parseContractCode } from '../domain/contract-code.js';
import { receiverName } from '../domain/events.js';
import { isId } from '../store/ids.js';
import { openExistingDatabase } from '../store/open-database.js';
import type { Tables } from '../store/tables.js';
import { listDeadLetters, redeliver } from './sql/deliveries.js';
import { dropHeld, holdOpen, listHeld, releaseHeld } from './sql/held.js';
import { eraseContract } from './sql/retention.js';

const HELD_USAGE = `usage: npm run journal:held                            lists the operations that wait for a person
       npm run journal:held -- hold                    holds all open operations
       npm run journal:held -- release <number>|all    lets them go on
       npm run journal:held -- drop <number>|all       ends those that wait, as FAILED
`;

/** Null: an option that there is not, as `--help`: the usage says which there are. */
function parsed<Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch {
    return null;
  }
}

/** What a command beside the service does; answers the exit code. The embedded database has one owner: stop the service first. */
type OperatorCommand = (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  out: { write(text: string): unknown },
) => Promise<number>;

async function withJournal(env: NodeJS.ProcessEnv, work: (db: Kysely<Tables>) => Promise<number>): Promise<number> {
  const database = await openExistingDatabase(env);
  try {
    return await work(database.db);
  } finally {
    await database.close();
  }
}

type Decision = { verb: 'list' | 'hold' } | { verb: 'release' | 'drop' /** Null: all. */; id: string | null };

/** Null: not as in the usage. */
function parseDecision(args: readonly string[]): Decision | null {
  const given = parsed(args, {});
  const [verb = 'list', which, ...more] = given?.positionals ?? [];
  if (!given || more.length > 0) return null;
  if (verb === 'list' || verb === 'hold') return which === undefined ? { verb } : null;
  if ((verb !== 'release' && verb !== 'drop') || which === undefined) return null;
  if (which === 'all') return { verb, id: null };
  return isId(which) ? { verb, id: which } : null;
}

/** Decides on operations of a restored journal. */
export const heldCommand: OperatorCommand = async (args, env, out) => {
  const decision = parseDecision(args);
  if (!decision) {
    out.write(HELD_USAGE);
    return 2;
  }
  return withJournal(env, async (db) => {
    if (decision.verb === 'hold') out.write(`held: ${await holdOpen(db)}\n`);
    if (decision.verb === 'release') out.write(`released: ${await releaseHeld(db, decision.id)}\n`);
    if (decision.verb === 'drop') out.write(`dropped: ${await dropHeld(db, decision.id)}\n`);
    const waiting = await listHeld(db);
    for (const { id, action, contract_code, state, requested_at } of waiting)
      out.write(`${id}  ${requested_at.toISOString()}  ${state}  ${action}  ${contract_code ?? '-'}\n`);
    if (decision.verb === 'list') out.write(`${waiting.length} held operations\n`);
    return 0;
  });
};

const DEAD_LETTERS_USAGE = `usage: npm run journal:deadletters -- [--redeliver <number of an operation> | --redeliver all]\n`;
const MAX_LISTED = 1_000;

/**
 * `npm run journal:deadletters`: lists the events that no receiver took, oldest first, one per line; with `--redeliver`, sends those of one
 * operation, or all, again.
 */
export const deadLettersCommand: OperatorCommand = async (args, env, out) => {
  const given = parsed(args, { redeliver: { type: 'string' } });
  const { values: { redeliver: which } = {}, positionals = [] } = given ?? {};
  if (!given || positionals.length > 0 || (which !== undefined && which !== 'all' && !isId(which))) {
    out.write(DEAD_LETTERS_USAGE);
    return 2;
  }
  return withJournal(env, async (db) => {
    if (which !== undefined) {
      out.write(`${await redeliver(db, which === 'all' ? null : which)} events will be sent again\n`);
      return 0;
    }
    const letters = await listDeadLetters(db, MAX_LISTED);
    for (const { operation_id, order_key, url, dead_at, attempts, last_status } of letters)
      out.write(
        `${dead_at?.toISOString()}  operation ${operation_id}  contract ${order_key}  receiver ${receiverName(url)}  ` +
          `${last_status === null ? 'no answer' : `status ${last_status}`}  ${attempts} attempts\n`,
      );
    out.write(`${letters.length} dead letters\n`);
    return 0;
  });
};

/**
 * `npm run journal:erase -- <contract code>`: erases a person's data from the journal and leaves the trail. A lead that has no contract is
 * erased by the number of its operation.
 */
export const eraseCommand: OperatorCommand = async (args, env, out) => {
  const [given, ...more] = parsed(args, {})?.positionals ?? [];
  if (!given || more.length > 0) {
    out.write('usage: npm run journal:erase -- <contract code, or number of an operation>\n');
    return 2;
  }
  const contractCode = parseContractCode(given);
  return withJournal(env, async (db) => {
    const { known, erased, pending } = await eraseContract(db, contractCode);
    if (!known) {
      out.write(`${contractCode}: the journal has no such contract, and no operation of that number\n`);
      return 1;
    }
    out.write(`${contractCode}: erased in ${erased} operations, ${pending} more as soon as they are finished\n`);
    return 0;
  });
};
