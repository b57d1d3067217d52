import { Directive, Field, Float, ID, ObjectType } from 'type-graphql';
import type { ImplantationStatus as Status } from '../../domain/status.js';
import type { Box as BoxRecord, Building as BuildingRecord, Project } from '../../ozmap/types.js';
import { graphqlEnum } from '../common.type.js';

/** A project of OZmap. */
@ObjectType({ description: "A project of OZmap. A token sees and sells only within its user's projects." })
export class NetworkProject {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { description: 'Its name in OZmap.' })
  name!: string;

  @Field(() => Float, { nullable: true, description: 'Longest drop that may be sold, metres.' })
  dropMaxLengthM!: number | null;
}

/** A project as callers see it. */
export function projectFrom({ id, name, dropMaxLengthM }: Project): NetworkProject {
  return { id, name, dropMaxLengthM };
}

export type ImplantationStatus = Status;

/** How far a box has come. */
export const ImplantationStatusEnum = graphqlEnum<Status>('ImplantationStatus', 'Construction status of a box.', {
  DRAFT: 'In project: never sold.',
  NOT_IMPLANTED: 'Not built yet: may be sold.',
  IMPLANTED: 'Built.',
  CERTIFIED: 'Built and measured.',
});

/** What a box is. */
@ObjectType({ description: 'Type of a box, as the provider defines it in OZmap.' })
export class BoxType {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { description: "The provider's code for this type, e.g. `CTO 16`." })
  code!: string;
}

/** A service box. What is not listed here is resolved in box.resolver.ts. */
@ObjectType({ description: 'A service box (CTO, NAP): where drops start.' })
@Directive('@key(fields: "id")')
export class Box {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: "The box's name in OZmap." })
  name!: string;

  @Field(() => Float, { nullable: true, description: 'Degrees north.' })
  lat!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east.' })
  lng!: number | null;

  projectId!: string | null;
  /** OZmap's whole record, if loaded: a viability answer holds only part of it. */
  record!: BoxRecord | null;
}

/** A building whose flats are served inside. */
@ObjectType({ description: 'A building whose flats are served from inside it; it takes the place of a box.' })
@Directive('@key(fields: "id")')
export class OzmapBuilding {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its name in OZmap.' })
  name!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north.' })
  lat!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east.' })
  lng!: number | null;
}

/** A box at its distance. */
@ObjectType({ description: 'A box and its straight-line distance from a point.' })
export class BoxAtDistance {
  @Field(() => Box, { description: 'The box itself.' })
  box!: Box;

  @Field(() => Float, { description: 'Straight-line distance in metres.' })
  distanceM!: number;
}

/** A box as callers see it. */
export function boxFrom(record: BoxRecord): Box {
  const { id, name, location, projectId } = record;
  return { id, name, lat: location?.lat ?? null, lng: location?.lng ?? null, projectId, record };
}

/** A building as callers see it. */
export function buildingFrom({ id, name, location }: Pick<BuildingRecord, 'id' | 'name' | 'location'>): OzmapBuilding {
  return { id, name, lat: location?.lat ?? null, lng: location?.lng ?? null };
}
