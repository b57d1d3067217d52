import { BadUserInputError } from '../../errors/app-error.js';
import type { FtthClient } from '../../ozmap/types.js';
import { assertAtMost } from '../arguments.js';
import { connectionOf } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { type ClientConnection, clientFrom } from './client.type.js';

const SHORTEST = 2;
const LONGEST = 100;
const MAX_FIRST = 50;
/** Whoever has not found it by then asks for more of its text. */
const FARTHEST = 500;

/**
 * Looks for clients by code, name, ONU serial or address: four requests at once, and one more for the clients of homes that came without them.
 * A cursor is a place in the list, so that a page is asked for with all before it.
 *
 * Errors: BAD_USER_INPUT (text too short or too long, no cursor) · LIMIT_EXCEEDED (`first`).
 */
export async function searchClients(
  { ozmap, loaders }: Pick<RequestContext, 'ozmap' | 'loaders'>,
  { text: given, first, after }: { text: string; first: number; after: string | null | undefined },
): Promise<ClientConnection> {
  assertAtMost('first', first, MAX_FIRST);
  const text = given.trim();
  if (text.length < SHORTEST || text.length > LONGEST) {
    throw new BadUserInputError(`a search takes ${SHORTEST} to ${LONGEST} characters`, [
      { field: 'text', limit: text.length < SHORTEST ? SHORTEST : LONGEST, actual: text.length },
    ]);
  }
  const from = after ? placeOf(after) : 0;
  const limit = from + first + 1;
  const [clients, homes] = await Promise.all([ozmap.searchClients(text, limit), ozmap.searchProperties(text, limit)]);
  const livesThere = homes.flatMap(
    ({ client, clientId }) => client ?? (clientId ? loaders.clients.load(clientId) : []),
  );
  const found = new Map<string, FtthClient>();
  for (const client of [...clients, ...(await Promise.all(livesThere))]) if (client) found.set(client.id, client);
  const ranked = [...found.values()].sort(
    (a, b) => rankOf(a, text) - rankOf(b, text) || a.code.localeCompare(b.code, 'pt', { numeric: true }),
  );
  const edges = ranked.slice(from, from + first).map((client, at) => ({
    cursor: Buffer.from(String(from + at + 1)).toString('base64url'),
    node: client,
  }));
  const more = { hasNextPage: ranked.length > from + first, hasPreviousPage: from > 0 };
  return connectionOf({ edges, ...more, endCursor: edges.at(-1)?.cursor ?? null }, clientFrom);
}

/** The code itself, codes and names that begin with the text, then the others. */
function rankOf({ code, name }: FtthClient, text: string): number {
  const begins = (field: string | null) => field?.toLowerCase().startsWith(text.toLowerCase()) ?? false;
  if (code === text) return 0;
  if (begins(code)) return 1;
  return begins(name) ? 2 : 3;
}

function placeOf(cursor: string): number {
  const place = Number(Buffer.from(cursor, 'base64url').toString());
  if (Number.isInteger(place) && place > 0 && place <= FARTHEST) return place;
  throw new BadUserInputError('after is not a cursor of this list', [{ field: 'after' }]);
}
