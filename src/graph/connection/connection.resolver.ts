import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Box, Building, boxFrom, buildingFrom } from '../box/box.type.js';
import type { RequestContext } from '../context.js';
import { Splitter, splitterFrom } from '../splitter/splitter.type.js';
import { PortConnection } from './connection.type.js';

/** What a connection leads to. */
@Resolver(() => PortConnection)
export class PortConnectionResolver {
  @FieldResolver(() => Splitter, { nullable: true, description: 'The splitter, if the equipment is one.' })
  async splitter(@Root() { equipment }: PortConnection, @Ctx() { loaders }: RequestContext): Promise<Splitter | null> {
    const record = equipment.kind === 'SPLITTER' ? await loaders.splitters.load(equipment.id) : null;
    return record && splitterFrom(record);
  }

  @FieldResolver(() => Box, { nullable: true, description: 'The box that holds the equipment.' })
  async box(@Root() { property }: PortConnection, @Ctx() { loaders }: RequestContext): Promise<Box | null> {
    const record = property.boxId === null ? null : await loaders.boxes.load(property.boxId);
    return record && boxFrom(record);
  }

  @FieldResolver(() => Building, { nullable: true, description: 'The building that holds the equipment.' })
  async building(@Root() { property }: PortConnection, @Ctx() { loaders }: RequestContext): Promise<Building | null> {
    const record = property.buildingId === null ? null : await loaders.buildings.load(property.buildingId);
    return record && buildingFrom(record);
  }
}
