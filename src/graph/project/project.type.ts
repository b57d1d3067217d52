import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { Project } from '../../ozmap/types.js';

/** A project of OZmap. */
@ObjectType({ description: 'A project of OZmap: what a token may see and sell is bounded by projects.' })
export class NetworkProject {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { description: 'As OZmap names it.' })
  name!: string;

  @Field(() => Float, { nullable: true, description: 'Longest drop that may be sold, metres.' })
  dropMaxLengthM!: number | null;
}

/** A project as callers see it. */
export function projectFrom({ id, name, dropMaxLengthM }: Project): NetworkProject {
  return { id, name, dropMaxLengthM };
}
