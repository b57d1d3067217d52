import { parseArgs } from 'node:util';
import { openDatabase } from './database/database.js';
import { eraseContract } from './sql/retention.js';

/** `npm run journal:erase -- <contract code>`: erases a person's data from the journal and leaves the trail. */
async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [contractCode, ...more] = positionals;
  if (!contractCode || more.length > 0) {
    process.stderr.write('usage: npm run journal:erase -- <contract code>\n');
    return 2;
  }
  const database = await openDatabase({
    dataDir: process.env.DATA_DIR ?? './data',
    databaseUrl: process.env.DATABASE_URL || undefined,
  });
  try {
    const { erased, pending } = await eraseContract(database.db, contractCode);
    process.stdout.write(
      `${contractCode}: erased in ${erased} operations, ${pending} more as soon as they are finished\n`,
    );
    return 0;
  } finally {
    await database.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
