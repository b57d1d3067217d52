import { Field, Float, ID, ObjectType } from 'type-graphql';

/** A pole that a drop may pass. */
@ObjectType({ description: 'A pole that a drop may use.' })
export class Pole {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => Float, { description: 'Degrees north.' })
  lat!: number;

  @Field(() => Float, { description: 'Degrees east.' })
  lng!: number;
}
