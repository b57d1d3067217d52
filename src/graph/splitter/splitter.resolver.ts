import type DataLoader from 'dataloader';
import { Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type PortHolder, portsOf, type PortState as State } from '../../domain/ports.js';
import type { Property as PropertyRecord, Splitter as SplitterRecord } from '../../ozmap/types.js';
import { Client, clientFrom } from '../client/client.type.js';
import { graphqlEnum, shown } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { OzmapProperty, propertyFrom } from '../property/property.type.js';

/** Who holds a port. */
const PortStateEnum = graphqlEnum<State>('SplitterPortState', 'Who uses a port of a splitter.', {
  FREE: 'Nobody; the port may be sold.',
  CLIENT: "A client's drop is connected to it.",
  PROPERTY: 'Used by a property without client, or by something that this token does not see.',
  BLOCKED: 'Blocked by the provider.',
});

/** A service splitter. Its ports are resolved in splitter.resolver.ts. */
@ObjectType({ description: 'A service splitter: each of its ports may serve a client.' })
@Directive('@key(fields: "id")')
export class Splitter {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its name in OZmap.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Inputs to outputs, e.g. `1:8`.' })
  ratio!: string | null;

  record!: SplitterRecord;
}

/** One port of a splitter. */
@ObjectType({ description: 'One port of a splitter, and who uses it.' })
export class SplitterPort {
  @Field(() => Int, { description: 'Port number, counted from 1.' })
  number!: number;

  @Field(() => PortStateEnum, { description: 'Who uses the port.' })
  state!: State;

  clientId!: string | null;
  propertyId!: string | null;
}

/** A splitter as callers see it. */
export function splitterFrom(record: SplitterRecord): Splitter {
  const { id, name, ratio } = record;
  return { id, name, ratio: ratio && `${ratio.input}:${ratio.output}`, record };
}

/** Who holds each port of a splitter: from the homes of its box, which come for many boxes at once. */
export async function holdersOf(
  splitter: SplitterRecord,
  loaders: { propertiesByBox: DataLoader<string, PropertyRecord[]> },
): Promise<PortHolder[]> {
  const homes = splitter.parentId === null ? [] : await loaders.propertiesByBox.load(splitter.parentId);
  return portsOf(splitter, homes);
}

/** The ports of a splitter. */
@Resolver(() => Splitter)
export class SplitterResolver {
  @Directive('@listSize(assumedSize: 16)')
  @FieldResolver(() => [SplitterPort], { nullable: true, description: 'Ports in order of their numbers.' })
  async ports(@Root() { record }: Splitter, @Ctx() { loaders }: RequestContext): Promise<SplitterPort[]> {
    return holdersOf(record, loaders);
  }
}

/** Who holds a port. */
@Resolver(() => SplitterPort)
export class SplitterPortResolver {
  @FieldResolver(() => Client, { nullable: true, description: 'The client connected to it, if any.' })
  client(@Root() { clientId }: SplitterPort, @Ctx() { loaders }: RequestContext): Promise<Client | null> {
    return shown(loaders.clients, clientId, clientFrom);
  }

  @FieldResolver(() => OzmapProperty, {
    nullable: true,
    description: 'The property whose drop is connected to it, if any.',
  })
  property(@Root() { propertyId }: SplitterPort, @Ctx() { loaders }: RequestContext): Promise<OzmapProperty | null> {
    return shown(loaders.properties, propertyId, propertyFrom);
  }
}
