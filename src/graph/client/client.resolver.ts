import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { assertListAtMost } from '../arguments.js';
import { AfterArg, FirstArg, PAGE, PAGED } from '../common.type.js';
import { connectionOf, NetworkAttachment } from '../connection/connection.resolver.js';
import type { RequestContext } from '../context.js';
import { findClient } from '../loaders.js';
import { lastChanged, newestFirst, OzmapProperty, propertyFrom } from '../property/property.resolver.js';
import { Reservation, reservationOf } from '../reservation/reservation.type.js';
import { Client, ClientConnection, clientFrom } from './client.type.js';
import { searchClients } from './search-clients.js';

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
      "Clients that this token sees with a text in their contract code, name, address or ONU's serial number, whatever its case.",
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
