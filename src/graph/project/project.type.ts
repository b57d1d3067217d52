import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { Project } from '../../ozmap/types.js';

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
