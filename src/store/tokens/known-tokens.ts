import { hash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Tables } from '../tables.js';

/** A request needs the hash of its token several times, and most requests come with one of few tokens. */
const hashes = new LRUCache<string, string>({ max: 1_000, memoMethod: (token) => hash('sha256', token) });

/** How a token is known wherever it must not be kept itself: its SHA-256, hex. */
export function tokenHash(token: string): string {
  return hashes.memo(token);
}

/** What OZmap said of a token when it verified it. */
export interface RememberedToken {
  ownerId: string;
  ownerName: string;
  /** Projects that the token saw. */
  projectIds: string[];
}

/** Keeps what OZmap just said of a token, under the token's hash. */
export async function rememberToken(
  db: Kysely<Tables>,
  tokenHash: string,
  { ownerId, ownerName, projectIds }: RememberedToken,
): Promise<void> {
  await sql`
    insert into known_token (token_hash, owner_id, owner_name, project_ids)
    values (${tokenHash}, ${ownerId}, ${ownerName}, ${JSON.stringify(projectIds)}::json)
    on conflict (token_hash) do update set owner_id = excluded.owner_id, owner_name = excluded.owner_name,
      project_ids = excluded.project_ids, verified_at = clock_timestamp()`.execute(db);
}

/** What OZmap said of a token, no longer ago than this. */
export async function findRememberedToken(
  db: Kysely<Tables>,
  tokenHash: string,
  withinHours: number,
): Promise<RememberedToken | null> {
  const row = await db
    .selectFrom('known_token')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('verified_at', '>', sql<Date>`clock_timestamp() - ${withinHours}::float8 * interval '1 hour'`)
    .executeTakeFirst();
  return row ? { ownerId: row.owner_id, ownerName: row.owner_name, projectIds: row.project_ids } : null;
}

/** Projects that a token saw when OZmap last verified it; none for a token that it never did. */
export async function projectIdsOf(db: Kysely<Tables>, tokenHash: string): Promise<string[]> {
  const known = db.selectFrom('known_token').select('project_ids').where('token_hash', '=', tokenHash);
  return (await known.executeTakeFirst())?.project_ids ?? [];
}

/** OZmap does not accept this token any more: nothing that waits for its owner is carried out. */
export async function forgetToken(db: Kysely<Tables>, tokenHash: string): Promise<void> {
  await db.deleteFrom('known_token').where('token_hash', '=', tokenHash).execute();
}

/** False once OZmap refused the token. */
export async function isTokenKnown(db: Kysely<Tables>, tokenHash: string): Promise<boolean> {
  const known = db.selectFrom('known_token').select('token_hash').where('token_hash', '=', tokenHash);
  return (await known.executeTakeFirst()) !== undefined;
}
