import { Field, ID, Int, ObjectType } from 'type-graphql';
import { type EQUIPMENT_KINDS, equipmentKind, type EquipmentKind as Kind } from '../../domain/equipment.js';
import type { Connection, Property as OzmapProperty } from '../../ozmap/types.js';
import { graphqlEnum } from '../enum.js';

/** What serves a client. */
const EquipmentKindEnum = graphqlEnum<Kind>('EquipmentKind', 'What in a box can serve a client.', {
  SPLITTER: 'A splitter.',
  CONNECTOR: 'A connector.',
  FUSION: 'A fusion.',
  SWITCH: 'A switch.',
  OTHER: 'Anything else that OZmap may add.',
} satisfies Record<(typeof EQUIPMENT_KINDS)[number], string>);

/** What a drop's fibre is on. */
@ObjectType({ description: "What a drop's fibre is on." })
export class Equipment {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => EquipmentKindEnum, { description: 'What it is.' })
  kind!: Kind;

  @Field(() => String, { nullable: true, description: 'As OZmap names it.' })
  name!: string | null;
}

/** Where a home hangs on the network. Splitter, box and building are resolved in connection.resolver.ts. */
@ObjectType({ description: 'Where a home hangs on the network.' })
export class PortConnection {
  @Field(() => Equipment, { description: 'What serves it.' })
  equipment!: Equipment;

  @Field(() => Int, { nullable: true, description: 'Counts from 1; null where the equipment has no ports.' })
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
