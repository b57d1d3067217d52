import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { BadUserInputError } from '../../errors/app-error.js';
import type { FtthClient } from '../../ozmap/types.js';
import { assertAtMost, assertListAtMost } from '../arguments.js';
import { AfterArg, FirstArg, PAGE, PAGED, pageFrom } from '../common.type.js';
import { connectionOf, NetworkAttachment } from '../connection/connection.resolver.js';
import type { RequestContext } from '../context.js';
import { findClient } from '../loaders.js';
import { lastChanged, newestFirst, OzmapProperty, propertyFrom } from '../property/property.type.js';
import { Reservation, reservationOf } from '../reservation/reservation.type.js';
import { Client, ClientConnection, clientFrom } from './client.type.js';

const MAX_CLIENTS = 500;

/** Clients by contract code, with their related records. */
@Resolver(() => Client)
export class ClientResolver {
  @Query(() => Client, {
    nullable: true,
    description: 'The client of a contract; null if there is none that this token sees.',
  })
  async client(
    @Arg('contractCode', () => ID, { description: "CNT's contract code." }) contractCode: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Client | null> {
    const record = await findClient(loaders, parseContractCode(contractCode));
    return record && clientFrom(record);
  }

  @Query(() => [Client], {
    nullable: 'itemsAndList',
    description: `At most ${MAX_CLIENTS}, in the given order; null where there is none.`,
  })
  clients(
    @Arg('contractCodes', () => [ID], { description: "CNT's contract codes." }) contractCodes: string[],
    @Ctx() { loaders }: RequestContext,
  ): Promise<Client | null>[] {
    assertListAtMost('clients', contractCodes, MAX_CLIENTS);
    return contractCodes.map(async (code) => {
      const record = await findClient(loaders, parseContractCode(code));
      return record && clientFrom(record);
    });
  }

  @Directive(PAGED)
  @Query(() => ClientConnection, {
    nullable: true,
    description:
      "Clients that this token sees with a text in their contract code, name, address or ONU's serial number, whatever its case; at most 500 of them.",
  })
  searchClients(
    @Arg('text', () => String, { description: 'At least 2 characters, at most 100.' }) text: string,
    @FirstArg(50) first: number | null,
    @AfterArg() after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<ClientConnection> {
    return searchClients(context, { text, first: first ?? PAGE, after });
  }

  @FieldResolver(() => OzmapProperty, {
    nullable: true,
    description: "The client's property (home); if there are several, the one changed last.",
  })
  async property(@Root() { ozmapId }: Client, @Ctx() { loaders }: RequestContext): Promise<OzmapProperty | null> {
    const home = lastChanged(await loaders.propertiesByClient.load(ozmapId));
    return home && propertyFrom(home);
  }

  @Directive('@listSize(assumedSize: 2)')
  @FieldResolver(() => [OzmapProperty], {
    nullable: true,
    description: 'All properties of the client, the one changed last first.',
  })
  async properties(@Root() { ozmapId }: Client, @Ctx() { loaders }: RequestContext): Promise<OzmapProperty[]> {
    return newestFirst(await loaders.propertiesByClient.load(ozmapId)).map(propertyFrom);
  }

  @FieldResolver(() => NetworkAttachment, {
    nullable: true,
    description: "Where the client's property is connected to the network.",
  })
  async connection(@Root() { ozmapId }: Client, @Ctx() { loaders }: RequestContext): Promise<NetworkAttachment | null> {
    const home = lastChanged(await loaders.propertiesByClient.load(ozmapId));
    return home && connectionOf(home);
  }

  @FieldResolver(() => Reservation, { nullable: true, description: 'The reservation; null once the client is active.' })
  reservation(@Root() { record }: Client): Reservation | null {
    return reservationOf(record);
  }
}

const SHORTEST = 2;
const LONGEST = 100;
const MAX_FIRST = 50;
/** Whoever has not found it by then asks for more of its text. So far each list is read for every page: what comes first hangs on all of them. */
const FARTHEST = 500;

/**
 * Looks for clients by code, name, ONU serial or address: four requests at once, and one more for the clients of homes that came without them.
 * A cursor is a place in the list.
 *
 * Errors: BAD_USER_INPUT (text too short or too long, no cursor) · LIMIT_EXCEEDED (`first`).
 */
async function searchClients(
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
  const to = Math.min(from + first, FARTHEST);
  const [clients, homes] = await Promise.all([
    ozmap.searchClients(text, FARTHEST),
    ozmap.searchProperties(text, FARTHEST),
  ]);
  const livesThere = homes.flatMap(
    ({ client, clientId }) => client ?? (clientId ? loaders.clients.load(clientId) : []),
  );
  const found = new Map<string, FtthClient>();
  for (const client of [...clients, ...(await Promise.all(livesThere))]) if (client) found.set(client.id, client);
  const ranked = [...found.values()].sort(
    (a, b) => rankOf(a, text) - rankOf(b, text) || a.code.localeCompare(b.code, 'pt', { numeric: true }),
  );
  const edges = ranked.slice(from, to).map((client, at) => ({
    cursor: Buffer.from(String(from + at + 1)).toString('base64url'),
    node: client,
  }));
  const more = { hasNextPage: ranked.length > to && to < FARTHEST, hasPreviousPage: from > 0 };
  return pageFrom({ edges, ...more, endCursor: edges.at(-1)?.cursor ?? null }, clientFrom);
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
