import { Directive, Field, Float, ObjectType } from 'type-graphql';

/** A point on the earth. */
@ObjectType({ description: 'A point in WGS84 degrees.' })
@Directive('@shareable')
export class Coordinates {
  @Field(() => Float, { description: 'Degrees north, negative in the south.' })
  lat!: number;

  @Field(() => Float, { description: 'Degrees east, negative in the west.' })
  lng!: number;
}
