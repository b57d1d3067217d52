import { Ctx, Directive, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../context.js';
import { Coordinates } from '../geo/geo.type.js';
import { Drop } from './property.type.js';

/** How long a drop is and where it runs. */
@Resolver(() => Drop)
export class DropResolver {
  @FieldResolver(() => Float, { nullable: true, description: 'Metres, as OZmap measures it.' })
  async lengthM(@Root() { id }: Drop, @Ctx() { loaders }: RequestContext): Promise<number | null> {
    return (await loaders.drops.load(id))?.lengthM ?? null;
  }

  @Directive('@listSize(assumedSize: 8)')
  @FieldResolver(() => [Coordinates], {
    nullable: true,
    description: 'From the client over the poles to the box, as `ReservePortInput.dropPath` takes it.',
  })
  path(@Root() { id }: Drop, @Ctx() { loaders }: RequestContext): Promise<Coordinates[] | null> {
    return loaders.dropPaths.load(id);
  }
}
