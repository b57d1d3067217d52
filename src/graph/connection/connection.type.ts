import { Field, ID, Int, ObjectType } from 'type-graphql';
import { type EQUIPMENT_KINDS, equipmentKind, type EquipmentKind as Kind } from '../../domain/equipment.js';
import type { Connection, Property as OzmapProperty } from '../../ozmap/types.js';
import { graphqlEnum } from '../enum.js';

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

/** Where a home hangs on the network. Splitter, box and building are resolved in connection.resolver.ts. */
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
