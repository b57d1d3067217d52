import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { Client, clientFrom } from '../client/client.type.js';
import type { RequestContext } from '../context.js';
import { Property, propertyFrom } from '../property/property.type.js';
import { holdersOf } from './port-holders.js';
import { Splitter, SplitterPort } from './splitter.type.js';

/** The ports of a splitter. */
@Resolver(() => Splitter)
export class SplitterResolver {
  @Directive('@listSize(assumedSize: 16)')
  @FieldResolver(() => [SplitterPort], { description: 'Ports in order of their numbers.' })
  async ports(@Root() { record }: Splitter, @Ctx() { loaders }: RequestContext): Promise<SplitterPort[]> {
    return holdersOf(record, loaders);
  }
}

/** Who holds a port. */
@Resolver(() => SplitterPort)
export class SplitterPortResolver {
  @FieldResolver(() => Client, { nullable: true, description: 'The client connected to it, if any.' })
  async client(@Root() { clientId }: SplitterPort, @Ctx() { loaders }: RequestContext): Promise<Client | null> {
    const record = clientId === null ? null : await loaders.clients.load(clientId);
    return record && clientFrom(record);
  }

  @FieldResolver(() => Property, { nullable: true, description: 'The property whose drop is connected to it, if any.' })
  async property(@Root() { propertyId }: SplitterPort, @Ctx() { loaders }: RequestContext): Promise<Property | null> {
    const record = propertyId === null ? null : await loaders.properties.load(propertyId);
    return record && propertyFrom(record);
  }
}
