import { Ctx, Directive, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import { Box, boxFrom, buildingFrom, OzmapBuilding } from '../box/box.type.js';
import { Client, clientFrom } from '../client/client.type.js';
import { shown } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { MapPoint } from '../geo.type.js';
import { OzmapPole, poleFrom } from '../pole/pole.resolver.js';
import { dropOf, OzmapDrop, OzmapProperty } from './property.type.js';

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
