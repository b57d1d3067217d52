import { parseArgs } from 'node:util';
import { isId } from '../store/ids.js';
import { openExistingDatabase } from '../store/open-database.js';
import { hostOf } from './outbox/sender.js';
import { listDeadLetters, redeliver } from './sql/deliveries.js';

const USAGE = `usage: npm run journal:deadletters -- [--redeliver <number of an operation> | --redeliver all]\n`;
const MAX_LISTED = 1_000;

/**
 * `npm run journal:deadletters`: lists the events that no receiver took, oldest first, one per line; with `--redeliver`, sends those of one
 * operation, or all, again. Answers the exit code. The embedded database has one owner: stop the service first.
 */
export async function deadLettersCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  out: { write(text: string): unknown },
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { redeliver: { type: 'string' } },
  });
  const { redeliver: which } = values;
  if (positionals.length > 0 || (which !== undefined && which !== 'all' && !isId(which))) {
    out.write(USAGE);
    return 2;
  }
  const database = await openExistingDatabase(env);
  try {
    if (which !== undefined) {
      out.write(`${await redeliver(database.db, which === 'all' ? null : which)} events will be sent again\n`);
      return 0;
    }
    const letters = await listDeadLetters(database.db, MAX_LISTED);
    for (const { operation_id, order_key, url, dead_at, attempts, last_status } of letters)
      out.write(
        `${dead_at?.toISOString()}  operation ${operation_id}  contract ${order_key}  receiver ${hostOf(url)}  ` +
          `${last_status === null ? 'no answer' : `status ${last_status}`}  ${attempts} attempts\n`,
      );
    out.write(`${letters.length} dead letters\n`);
    return 0;
  } finally {
    await database.close();
  }
}
