import { Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { type EQUIPMENT_KINDS, equipmentKind, type EquipmentKind as Kind } from '../../domain/equipment.js';
import type { Connection, Property as OzmapProperty } from '../../ozmap/types.js';
import { Box, Building, boxFrom, buildingFrom } from '../box/box.type.js';
import type { RequestContext } from '../context.js';
import { graphqlEnum } from '../enum.js';
import { Splitter, splitterFrom } from '../splitter/splitter.resolver.js';

/** What serves a client. */
const EquipmentKindEnum = graphqlEnum<Kind>('EquipmentKind', 'Kinds of equipment that can serve a client.', {
  SPLITTER: 'A service splitter.',
  CONNECTOR: 'A fibre connector.',
  FUSION: 'A fibre fusion.',
  SWITCH: 'A network switch.',
  OTHER: 'Anything else that OZmap may add.',
} satisfies Record<(typeof EQUIPMENT_KINDS)[number], string>);

/** What a drop's fibre is on. */
@ObjectType({ description: "The equipment to which a drop's fibre is connected." })
export class Equipment {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => EquipmentKindEnum, { description: 'Kind of equipment.' })
  kind!: Kind;

  @Field(() => String, { nullable: true, description: 'Its name in OZmap.' })
  name!: string | null;
}

/** Where a property is connected to the network. Splitter, box and building are resolved in connection.resolver.ts. */
@ObjectType({ description: 'Where a property is connected to the network.' })
export class PortConnection {
  @Field(() => Equipment, { description: 'The equipment that serves the property.' })
  equipment!: Equipment;

  @Field(() => Int, { nullable: true, description: 'Port number, counted from 1; null if the equipment has no ports.' })
  port!: number | null;

  property!: OzmapProperty;
}

/** Where a home is connected, or null. Of several connections the one on a splitter counts. */
export function connectionOf(property: OzmapProperty): PortConnection | null {
  const { connections } = property;
  const chosen = connections.find(isSplitter) ?? connections[0];
  if (!chosen) return null;
  const { id, kind, name, port } = chosen;
  return { equipment: { id, kind: equipmentKind(kind), name }, port, property };
}

function isSplitter({ kind }: Connection): boolean {
  return equipmentKind(kind) === 'SPLITTER';
}

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
