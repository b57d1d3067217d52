import { Directive, Field, Float, ID, ObjectType } from 'type-graphql';
import type { Property as PropertyRecord } from '../../ozmap/types.js';

/** A home. Its box, building, drop and client are resolved in property.resolver.ts. */
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

/** The drop cable of a home. Length and path are resolved in property.resolver.ts. */
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
