import { Arg, Ctx, Directive, Int, Query, Resolver } from 'type-graphql';
import { distanceM } from '../../domain/geo.js';
import { BadUserInputError } from '../../errors/app-error.js';
import { assertAtMost } from '../arguments.js';
import type { RequestContext } from '../context.js';
import { MapPointInput } from '../geo.type.js';
import { ViabilityAddressSuggestion } from './geocoded-location.type.js';

const LONGEST_TEXT = 300;
const DEFAULT_SUGGESTIONS = 8;
const MAX_SUGGESTIONS = 20;

/** What a search box offers while somebody types into it. */
@Resolver()
export class SuggestionResolver {
  @Directive('@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)')
  @Query(() => [ViabilityAddressSuggestion], {
    nullable: true,
    description: `Streets, doors and neighbourhoods that an address may mean while it is typed, likeliest first. From this service's own gazetteer only, whichever geocoder is set; empty without one and for fewer than three letters. \`text\` at most ${LONGEST_TEXT} characters, \`first\` at most ${MAX_SUGGESTIONS}.`,
  })
  addressSuggestions(
    @Arg('text', () => String, { description: 'What has been typed so far.' }) text: string,
    @Arg('near', () => MapPointInput, {
      nullable: true,
      description: 'Where the caller looks: what is near comes first.',
    })
    near: MapPointInput | null | undefined,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_SUGGESTIONS,
      description: 'Maximum number of results.',
    })
    first: number | null,
    @Ctx() { suggest }: RequestContext,
  ): ViabilityAddressSuggestion[] {
    const atMost = first ?? DEFAULT_SUGGESTIONS;
    assertAtMost('first', atMost, MAX_SUGGESTIONS);
    if (text.length > LONGEST_TEXT) {
      throw new BadUserInputError(`an address takes at most ${LONGEST_TEXT} characters`, [
        { field: 'text', limit: LONGEST_TEXT, actual: text.length },
      ]);
    }
    const from = near ?? null;
    return suggest(text, from, atMost).map(({ location, ...suggestion }) => ({
      ...suggestion,
      location: { ...location, crossStreet: location.crossStreet ?? null },
      distanceM: from && Math.round(distanceM(from, location)),
    }));
  }
}
