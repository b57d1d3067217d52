import { Ctx, Directive, Field, FieldResolver, Float, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { Property as PropertyRecord } from '../../ozmap/types.js';
import { Box, boxFrom, buildingFrom, OzmapBuilding } from '../box/box.type.js';
import { Client, clientFrom } from '../client/client.type.js';
import type { RequestContext } from '../context.js';
import { MapPoint } from '../geo.type.js';
import { shown } from '../loaders.js';
import { OzmapPole, poleFrom } from '../pole/pole.resolver.js';

/** A home. */
@ObjectType({
  description:
    "A property in OZmap: the subscriber's home. When a contract is cancelled, the property stays without its client.",
})
@Directive('@key(fields: "id")')
export class OzmapProperty {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Postal address as one line of text.' })
  address!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north; a flat may have none.' })
  lat!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east; a flat may have none.' })
  lng!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Free text; a cancellation leaves `[CNT <code>] cancelado <date>` here.',
  })
  observation!: string | null;

  record!: PropertyRecord;
}

/** The drop cable of a home. */
@ObjectType({ description: 'The drop cable between a property and its box.' })
@Directive('@key(fields: "id")')
export class OzmapDrop {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => Boolean, { nullable: true, description: 'True if one of its fibres is connected to a port.' })
  connected!: boolean | null;
}

/** A home as callers see it. */
export function propertyFrom(record: PropertyRecord): OzmapProperty {
  const { id, address, observation, location } = record;
  return { id, address, observation, lat: location?.lat ?? null, lng: location?.lng ?? null, record };
}

/** The drop of a home, or null. */
export function dropOf({ dropId, connections }: PropertyRecord): OzmapDrop | null {
  return dropId === null ? null : { id: dropId, connected: connections.length > 0 };
}

/** Of several homes the one last changed, or null. */
export function lastChanged(properties: readonly PropertyRecord[]): PropertyRecord | null {
  return newestFirst(properties)[0] ?? null;
}

/** Homes, the one last changed first. */
export function newestFirst(properties: readonly PropertyRecord[]): PropertyRecord[] {
  return properties.toSorted((a, b) => (b.updatedAt ?? '').localeCompare(a.updatedAt ?? ''));
}

/** Fields of a property that are looked up. */
@Resolver(() => OzmapProperty)
export class PropertyResolver {
  @FieldResolver(() => OzmapDrop, { nullable: true, description: "The property's drop cable." })
  drop(@Root() { record }: OzmapProperty): OzmapDrop | null {
    return dropOf(record);
  }

  @FieldResolver(() => Box, { nullable: true, description: 'The box that serves it; null for a flat.' })
  box(@Root() { record }: OzmapProperty, @Ctx() { loaders }: RequestContext): Promise<Box | null> {
    return shown(loaders.boxes, record.boxId, boxFrom);
  }

  @FieldResolver(() => OzmapBuilding, { nullable: true, description: 'The building, if the property is a flat.' })
  building(@Root() { record }: OzmapProperty, @Ctx() { loaders }: RequestContext): Promise<OzmapBuilding | null> {
    return shown(loaders.buildings, record.buildingId, buildingFrom);
  }

  @FieldResolver(() => Client, {
    nullable: true,
    description: 'The client at this property; null after a cancellation.',
  })
  async client(@Root() { record }: OzmapProperty, @Ctx() { loaders }: RequestContext): Promise<Client | null> {
    return record.client ? clientFrom(record.client) : shown(loaders.clients, record.clientId, clientFrom);
  }
}

/** How long a drop is and where it runs. */
@Resolver(() => OzmapDrop)
export class DropResolver {
  @FieldResolver(() => Float, { nullable: true, description: 'Metres, as OZmap measures it.' })
  async lengthM(@Root() { id }: OzmapDrop, @Ctx() { loaders }: RequestContext): Promise<number | null> {
    return (await loaders.drops.load(id))?.lengthM ?? null;
  }

  @Directive('@listSize(assumedSize: 8)')
  @FieldResolver(() => [MapPoint], {
    nullable: true,
    description: 'From the client over the poles to the box, as `ReservePortInput.dropPath` takes it.',
  })
  async path(@Root() { id }: OzmapDrop, @Ctx() { loaders }: RequestContext): Promise<MapPoint[] | null> {
    return (await loaders.dropPaths.load(id))?.path ?? null;
  }

  @Directive('@listSize(assumedSize: 8)')
  @FieldResolver(() => [OzmapPole], {
    nullable: true,
    description: 'The poles that it passes, from the client to the box.',
  })
  async poles(@Root() { id }: OzmapDrop, @Ctx() { loaders }: RequestContext): Promise<OzmapPole[] | null> {
    return (await loaders.dropPaths.load(id))?.poles.map(poleFrom) ?? null;
  }
}
