import { Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { equipmentKind, type EquipmentKind as Kind } from '../../domain/connection.js';
import type { Connection, Equipment, Property as PropertyRecord } from '../../ozmap/types.js';
import { Box, boxFrom, buildingFrom, OzmapBuilding } from '../box/box.type.js';
import { graphqlEnum, shown } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { Splitter, splitterFrom } from '../splitter/splitter.resolver.js';

/** What serves a client. */
const EquipmentKindEnum = graphqlEnum<Kind>('OzmapEquipmentKind', 'Kinds of equipment that can serve a client.', {
  SPLITTER: 'A service splitter.',
  CONNECTOR: 'A fibre connector.',
  FUSION: 'A fibre fusion.',
  SWITCH: 'A network switch.',
  OTHER: 'Anything else that OZmap may add.',
});

/** What a drop's fibre is on. */
@ObjectType({ description: "The equipment to which a drop's fibre is connected." })
@Directive('@key(fields: "id")')
export class OzmapEquipment {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => EquipmentKindEnum, { nullable: true, description: 'Kind of equipment.' })
  kind!: Kind;

  @Field(() => String, { nullable: true, description: 'Its name in OZmap.' })
  name!: string | null;
}

/** Equipment as callers see it. */
export function equipmentFrom({ id, kind, name }: Equipment): OzmapEquipment {
  return { id, kind: equipmentKind(kind), name };
}

/** Where a property is connected to the network. Splitter, box and building are resolved in connection.resolver.ts. */
@ObjectType({ description: 'Where a property is connected to the network.' })
export class NetworkAttachment {
  @Field(() => OzmapEquipment, { description: 'The equipment that serves the property.' })
  equipment!: OzmapEquipment;

  @Field(() => Int, { nullable: true, description: 'Port number, counted from 1; null if the equipment has no ports.' })
  port!: number | null;

  property!: PropertyRecord;
}

/** Where a home is connected, or null. Of several connections the one on a splitter counts. */
export function connectionOf(property: PropertyRecord): NetworkAttachment | null {
  const { connections } = property;
  const chosen = connections.find(isSplitter) ?? connections[0];
  if (!chosen) return null;
  return { equipment: equipmentFrom(chosen), port: chosen.port, property };
}

function isSplitter({ kind }: Connection): boolean {
  return equipmentKind(kind) === 'SPLITTER';
}

/** What a connection leads to. */
@Resolver(() => NetworkAttachment)
export class PortConnectionResolver {
  @FieldResolver(() => Splitter, { nullable: true, description: 'The splitter, if the equipment is one.' })
  splitter(@Root() { equipment }: NetworkAttachment, @Ctx() { loaders }: RequestContext): Promise<Splitter | null> {
    return shown(loaders.splitters, equipment.kind === 'SPLITTER' ? equipment.id : null, splitterFrom);
  }

  @FieldResolver(() => Box, { nullable: true, description: 'The box that holds the equipment.' })
  box(@Root() { property }: NetworkAttachment, @Ctx() { loaders }: RequestContext): Promise<Box | null> {
    return shown(loaders.boxes, property.boxId, boxFrom);
  }

  @FieldResolver(() => OzmapBuilding, { nullable: true, description: 'The building that holds the equipment.' })
  building(@Root() { property }: NetworkAttachment, @Ctx() { loaders }: RequestContext): Promise<OzmapBuilding | null> {
    return shown(loaders.buildings, property.buildingId, buildingFrom);
  }
}
