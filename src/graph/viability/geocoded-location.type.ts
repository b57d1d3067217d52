import { Field, Float, ObjectType } from 'type-graphql';
import type { GeocodePrecision, SuggestionKind } from '../../geocoding/geocoder.js';
import { graphqlEnum, MAY_GROW } from '../common.type.js';

/** How well an address was found. */
const GeocodePrecisionEnum = graphqlEnum<GeocodePrecision>(
  'GeocodePrecision',
  'How exactly an address was found, best first.',
  {
    PIN: 'A point that a person placed.',
    NUMBER: 'Exact house number.',
    NUMBER_APPROXIMATE: 'Between two known house numbers.',
    STREET: 'The street, without house number.',
    POSTAL_CODE: 'The area of the postal code.',
    LOCALITY: 'A neighbourhood or locality.',
    MUNICIPALITY: 'Only the town.',
  },
);

/** A place with its error. */
@ObjectType({ description: 'Where an address is, and by how much that may be wrong.' })
export class GeocodedLocation {
  @Field(() => Float, { description: 'Degrees north.' })
  lat!: number;

  @Field(() => Float, { description: 'Degrees east.' })
  lng!: number;

  @Field(() => Float, {
    description: 'Radius in metres of the circle that holds the true point in at least 93 of 100 cases.',
  })
  accuracyM!: number;

  @Field(() => GeocodePrecisionEnum, { description: 'How exactly the address was found.' })
  precision!: GeocodePrecision;

  @Field(() => String, { nullable: true, description: 'The address as the geocoder writes it.' })
  formattedAddress!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Neighbourhood; tells apart places with the same street and number.',
  })
  neighbourhood!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The street at the nearest corner; tells apart places of one address in one neighbourhood. Only the gazetteer knows it.',
  })
  crossStreet?: string | null;

  @Field(() => String, {
    description: '`google`, `nominatim`, `gazetteer`, or `caller` for a location that came with the question.',
  })
  provider!: string;
}

/** What an unfinished address may become. */
const SuggestionKindEnum = graphqlEnum<SuggestionKind>(
  'ViabilityAddressSuggestionKind',
  `What an address that is being typed may become. ${MAY_GROW}`,
  {
    DOOR: 'A house number of a street: the search may begin.',
    STREET: 'A street, as far as it lies in one neighbourhood: a house number may follow.',
    NEIGHBOURHOOD: 'A neighbourhood.',
  },
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
