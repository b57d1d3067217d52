import { parseArgs } from 'node:util';
import { parseContractCode } from '../domain/contract-code.js';
import { openExistingDatabase } from '../store/open-database.js';
import { eraseContract } from './sql/retention.js';

/**
 * `npm run journal:erase -- <contract code>`: erases a person's data from the journal and leaves the trail. A lead that has no contract is
 * erased by the number of its operation.
 * Answers the exit code. The embedded database has one owner: stop the service first.
 */
export async function eraseCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  out: { write(text: string): unknown },
): Promise<number> {
  const [given, ...more] = parseArgs({ args: [...args], allowPositionals: true }).positionals;
  if (!given || more.length > 0) {
    out.write('usage: npm run journal:erase -- <contract code, or number of an operation>\n');
    return 2;
  }
  const contractCode = parseContractCode(given);
  const database = await openExistingDatabase(env);
  try {
    const { known, erased, pending } = await eraseContract(database.db, contractCode);
    if (!known) {
      out.write(`${contractCode}: the journal has no such contract, and no operation of that number\n`);
      return 1;
    }
    out.write(`${contractCode}: erased in ${erased} operations, ${pending} more as soon as they are finished\n`);
    return 0;
  } finally {
    await database.close();
  }
}
