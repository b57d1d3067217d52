import pg from 'pg';
import { available } from './available.js';

const server = new URL(process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test');
// No test ends the server, so nothing waits for its disk.
if (!server.searchParams.has('options')) server.searchParams.set('options', '-c synchronous_commit=off');
const url = server.href;

async function isUp(): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Address of the PostgreSQL server that tests may use (`TEST_DATABASE_URL`). Null, with the reason printed, where none answers. */
export const serverUrl: string | null = available(
  await isUp(),
  `no PostgreSQL answers at ${server.host} (TEST_DATABASE_URL), so the journal is tried on PGlite only`,
)
  ? url
  : null;
