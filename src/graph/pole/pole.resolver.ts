import { Arg, Ctx, Directive, Field, Float, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { distanceM } from '../../domain/geo.js';
import { BadUserInputError } from '../../errors/app-error.js';
import type { Pole } from '../../ozmap/types.js';
import { assertAtMost } from '../arguments.js';
import type { RequestContext } from '../context.js';
import { MapBoundsInput } from '../geo.type.js';

/** A pole that a drop may pass. */
@ObjectType({ description: 'A pole that a drop may use.' })
@Directive('@key(fields: "id")')
export class OzmapPole {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it is called in OZmap; null where it has no name.' })
  name!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north.' })
  lat!: number;

  @Field(() => Float, { nullable: true, description: 'Degrees east.' })
  lng!: number;
}

/** A pole as callers see it. */
export function poleFrom({ id, name, location }: Pole): OzmapPole {
  return { id, name, lat: location.lat, lng: location.lng };
}

const DEFAULT_POLES = 500;
const MAX_POLES = 5_000;

/** Poles for drawing a drop. */
@Resolver()
export class PoleResolver {
  @Directive('@listSize(slicingArguments: ["limit"], requireOneSlicingArgument: false)')
  @Query(() => [OzmapPole], {
    nullable: true,
    description: `Poles for drawing a drop. \`limit\` at most ${MAX_POLES}.`,
  })
  async poles(
    @Arg('within', () => MapBoundsInput, { description: 'The part of the map to look at.' }) within: MapBoundsInput,
    @Arg('limit', () => Int, { nullable: true, defaultValue: DEFAULT_POLES, description: 'Maximum number of results.' })
    limit: number | null,
    @Ctx() { ozmap, sale }: RequestContext,
  ): Promise<OzmapPole[]> {
    const atMost = limit ?? DEFAULT_POLES;
    assertAtMost('poles', atMost, MAX_POLES, 'limit');
    if (within.south >= within.north || within.west >= within.east) {
      throw new BadUserInputError('south must lie south of north, west must lie west of east', [{ field: 'within' }]);
    }
    const { south, west, north, east } = within;
    const center = { lat: (south + north) / 2, lng: (west + east) / 2 };
    sale?.assertTouches(center, distanceM(center, { lat: north, lng: east }));
    const poles = await ozmap.findPolesWithin({ ...within }, atMost);
    const shown = sale ? poles.filter(({ location }) => sale.covers(location)) : poles;
    return shown.map(poleFrom);
  }
}
