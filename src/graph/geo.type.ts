import { ValidateBy } from 'class-validator';
import { Directive, Field, Float, InputType, ObjectType } from 'type-graphql';

// class-validator's own rules of these names read the number as text, and refuse `1e-7`.
const IsLatitude = () => within('isLatitude', 90);
const IsLongitude = () => within('isLongitude', 180);
const within = (name: string, most: number) =>
  ValidateBy({ name, validator: { validate: (value) => typeof value === 'number' && Math.abs(value) <= most } });

/** A point on the earth. */
@ObjectType({ description: 'A point in WGS84 degrees.' })
@Directive('@shareable')
export class MapPoint {
  @Field(() => Float, { description: 'Degrees north, negative in the south.' })
  lat!: number;

  @Field(() => Float, { description: 'Degrees east, negative in the west.' })
  lng!: number;
}

/** A point that a caller names. */
@InputType({ description: 'A point in WGS84 degrees.' })
export class MapPointInput {
  @IsLatitude()
  @Field(() => Float, { description: 'Degrees north, -90 to 90.' })
  lat!: number;

  @IsLongitude()
  @Field(() => Float, { description: 'Degrees east, -180 to 180.' })
  lng!: number;
}

/** A rectangle that a caller looks at. */
@InputType({ description: 'A rectangle on the map in WGS84 degrees.' })
export class MapBoundsInput {
  @IsLatitude()
  @Field(() => Float, { description: 'Southern edge.' })
  south!: number;

  @IsLongitude()
  @Field(() => Float, { description: 'Western edge.' })
  west!: number;

  @IsLatitude()
  @Field(() => Float, { description: 'Northern edge, north of `south`.' })
  north!: number;

  @IsLongitude()
  @Field(() => Float, { description: 'Eastern edge, east of `west`.' })
  east!: number;
}
