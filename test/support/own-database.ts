import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of a test's own on a server: what `DATABASE_URL` names. */
export interface OwnDatabase {
  url: string;
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>;
  /** Also ends whoever is still connected. */
  remove(): Promise<void>;
}

/** Makes an empty database on the server of this address. */
export async function makeDatabase(serverUrl: string): Promise<OwnDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await queryAt(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    query: (text) => queryAt(url.href, text),
    remove: async () => void (await queryAt(serverUrl, `drop database if exists ${name} with (force)`)),
  };
}

/** One statement on a connection of its own. */
export async function queryAt<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
