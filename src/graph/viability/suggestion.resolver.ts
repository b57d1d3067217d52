import { Arg, Ctx, Directive, Field, Float, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { distanceM } from '../../domain/geo.js';
import { BadUserInputError } from '../../errors/app-error.js';
import type { SUGGESTION_KINDS, SuggestionKind } from '../../geocoding/geocoder.js';
import { assertAtMost } from '../arguments.js';
import type { RequestContext } from '../context.js';
import { graphqlEnum, MAY_GROW } from '../enum.js';
import { MapPointInput } from '../geo.type.js';
import { GeocodedLocation } from './viability.type.js';

const SuggestionKindEnum = graphqlEnum<SuggestionKind>(
  'ViabilityAddressSuggestionKind',
  `What an address that is being typed may become. ${MAY_GROW}`,
  {
    DOOR: 'A house number of a street: the search may begin.',
    STREET: 'A street, as far as it lies in one neighbourhood: a house number may follow.',
    NEIGHBOURHOOD: 'A neighbourhood.',
  } satisfies Record<(typeof SUGGESTION_KINDS)[number], string>,
);

/** A place that an unfinished address may mean. */
@ObjectType({ description: 'A place that an address may mean while it is being typed.' })
export class ViabilityAddressSuggestion {
  @Field(() => SuggestionKindEnum, { description: 'What it is.' })
  kind!: SuggestionKind;

  @Field(() => String, { description: 'What a search box holds once it is taken, e.g. `Rua das Flores, 12`.' })
  text!: string;

  @Field(() => GeocodedLocation, {
    description: 'The place, with its error: `viability(location, accuracyM)` takes it without another search.',
  })
  location!: GeocodedLocation;

  @Field(() => Float, { nullable: true, description: 'Metres from `near`; null without it.' })
  distanceM!: number | null;
}

const LONGEST = 300;
const DEFAULT_FIRST = 8;
const MAX_FIRST = 20;

/** What a search box offers while somebody types into it. */
@Resolver()
export class SuggestionResolver {
  @Directive('@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)')
  @Query(() => [ViabilityAddressSuggestion], {
    nullable: true,
    description: `Streets, doors and neighbourhoods that an address may mean while it is typed, likeliest first. From this service's own gazetteer only, whichever geocoder is set; empty without one and for fewer than three letters. \`text\` at most ${LONGEST} characters, \`first\` at most ${MAX_FIRST}.`,
  })
  addressSuggestions(
    @Arg('text', () => String, { description: 'What has been typed so far.' }) text: string,
    @Arg('near', () => MapPointInput, {
      nullable: true,
      description: 'Where the caller looks: what is near comes first.',
    })
    near: MapPointInput | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: DEFAULT_FIRST, description: 'Maximum number of results.' })
    first: number | null,
    @Ctx() { suggest }: RequestContext,
  ): ViabilityAddressSuggestion[] {
    const atMost = first ?? DEFAULT_FIRST;
    assertAtMost('first', atMost, MAX_FIRST);
    if (text.length > LONGEST) {
      throw new BadUserInputError(`an address takes at most ${LONGEST} characters`, [
        { field: 'text', limit: LONGEST, actual: text.length },
      ]);
    }
    const from = near ?? null;
    return suggest(text, from, atMost).map(({ kind, text: written, location }) => ({
      kind,
      text: written,
      location: { ...location, crossStreet: location.crossStreet ?? null },
      distanceM: from && Math.round(distanceM(from, location)),
    }));
  }
}
