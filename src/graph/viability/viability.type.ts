import { Directive, Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import type { REFUSAL_REASONS, RefusalReason } from '../../domain/refusal.js';
import type {
  VERDICTS,
  Verdict,
  VIABILITY_MODES,
  VIABILITY_REASONS,
  ViabilityMode,
  ViabilityReason,
} from '../../domain/viability.js';
import type { GEOCODE_PRECISIONS, GeocodePrecision } from '../../geocoding/geocoder.js';
import { Box } from '../box/box.type.js';
import { graphqlEnum } from '../enum.js';
import { Problem } from '../problem/problem.type.js';

/** How boxes are searched. */
export const ViabilityModeEnum = graphqlEnum<ViabilityMode>('ViabilityMode', 'How boxes are searched.', {
  RADIUS: 'In a straight line.',
  POLES: 'Along the poles.',
} satisfies Record<(typeof VIABILITY_MODES)[number], string>);

/** The answer in one word. */
const VerdictEnum = graphqlEnum<Verdict>('Verdict', 'The answer in one word.', {
  VIABLE: 'Can be served, from every point of the circle of error.',
  NEEDS_PIN: "The answer changes within the location's error: place the client on the map.",
  NOT_VIABLE: 'Cannot be served, from no point of the circle of error.',
  UNKNOWN: 'There is no usable location.',
} satisfies Record<(typeof VERDICTS)[number], string>);

/** Why a verdict is not a plain yes. */
const ViabilityReasonEnum = graphqlEnum<ViabilityReason>('ViabilityReason', 'Why a verdict is not a plain yes.', {
  NO_BOX_IN_RANGE: 'No box within the search radius.',
  ALL_BOXES_REFUSED: 'There are boxes, and each was refused: see `refusedBoxes`.',
  ADDRESS_NOT_FOUND: 'The address was not found.',
  ADDRESS_AMBIGUOUS: 'Several places answer to the address: see `candidates`.',
  LOCATION_IMPRECISE: 'The location is not exact enough for a verdict.',
  LIST_TRUNCATED: "OZmap's list was as long as it can be: there may be more boxes.",
  OTHER: 'OZmap says no without a reason that we know.',
} satisfies Record<(typeof VIABILITY_REASONS)[number], string>);

/** How well an address was found. */
const GeocodePrecisionEnum = graphqlEnum<GeocodePrecision>(
  'GeocodePrecision',
  'How well an address was found, best first.',
  {
    PIN: 'A point that a person set.',
    NUMBER: 'The very door.',
    NUMBER_APPROXIMATE: 'Between two known doors.',
    STREET: 'Somewhere on the street.',
    POSTAL_CODE: "The postal code's area.",
    LOCALITY: 'A neighbourhood or locality.',
    MUNICIPALITY: 'Only the town.',
  } satisfies Record<(typeof GEOCODE_PRECISIONS)[number], string>,
);

/** Why OZmap does not offer a box. */
const RefusalReasonEnum = graphqlEnum<RefusalReason>('RefusalReason', 'Why OZmap does not offer a box.', {
  NO_FREE_PORT: 'All ports are held.',
  DRAFT: 'In project: not sold yet.',
  NO_SERVICE_EQUIPMENT: 'Nothing in it can serve a client.',
  DROP_TOO_LONG: "Farther than the project's longest drop.",
  TAG_MISMATCH: 'Lacks the tags asked for.',
  OUTSIDE_CONDOMINIUM: 'On the other side of a gated community.',
  OUT_OF_RANGE: 'Outside the search radius.',
  OTHER: "Anything else: see OZmap's message.",
} satisfies Record<(typeof REFUSAL_REASONS)[number], string>);

/** A place with its error. */
@ObjectType({ description: 'Where an address lies, and how far off that may be.' })
export class GeocodedLocation {
  @Field(() => Float, { description: 'Degrees north.' })
  lat!: number;

  @Field(() => Float, { description: 'Degrees east.' })
  lng!: number;

  @Field(() => Float, {
    description: 'Radius in metres of the circle that holds the true point in at least 93 of 100 cases.',
  })
  accuracyM!: number;

  @Field(() => GeocodePrecisionEnum, { description: 'How well it was found.' })
  precision!: GeocodePrecision;

  @Field(() => String, { nullable: true, description: 'The address as the geocoder writes it.' })
  formattedAddress!: string | null;

  @Field(() => String, { nullable: true, description: 'Tells places with the same street and number apart.' })
  neighbourhood!: string | null;

  @Field(() => String, {
    description: '`google`, `nominatim`, `gazetteer`, or `caller` for a location that came with the question.',
  })
  provider!: string;
}

/** A box that may be sold. */
@ObjectType({ description: 'A box that OZmap offers.' })
export class BoxOffer {
  @Field(() => Box, { description: 'The box.' })
  box!: Box;

  @Field(() => Float, { description: 'Metres; in a straight line, or along the poles in POLES mode.' })
  distanceM!: number;

  @Field(() => Int, {
    description: 'As the viability answer says; `box.freePorts` is counted from ports and may differ.',
  })
  freePorts!: number;

  @Field(() => Float, { nullable: true, description: 'Length along the poles, metres, where OZmap tells.' })
  dropLengthM!: number | null;

  @Field(() => Boolean, { description: "In range from every point of the location's error circle." })
  certain!: boolean;
}

/** One reason against a box. */
@ObjectType({ description: 'One reason why OZmap does not offer a box.' })
export class RefusalDetail {
  @Field(() => RefusalReasonEnum, { description: 'Stable.' })
  code!: RefusalReason;

  @Field(() => String, { nullable: true, description: "OZmap's own text." })
  message!: string | null;

  @Field(() => Float, { nullable: true, description: 'The limit, metres.' })
  limitM!: number | null;

  @Field(() => Float, { nullable: true, description: 'What was measured, metres.' })
  actualM!: number | null;
}

/** A box that may not be sold. */
@ObjectType({ description: 'A box near the location that OZmap does not offer, and why.' })
export class BoxRefusal {
  @Field(() => Box, { description: 'The box.' })
  box!: Box;

  @Field(() => Float, { description: 'Metres, straight line.' })
  distanceM!: number;

  @Field(() => [RefusalDetail], { description: 'Why.' })
  reasons!: RefusalDetail[];
}

/** The answer to one address. Homes that may be used again are resolved in viability.resolver.ts. */
@ObjectType({ description: 'Whether an address can be served, by the parameters set in OZmap.' })
export class Viability {
  @Field(() => Boolean, { description: "True exactly when the verdict is VIABLE; never without OZmap's own yes." })
  viable!: boolean;

  @Field(() => VerdictEnum, { description: 'The answer in one word.' })
  verdict!: Verdict;

  @Field(() => [ViabilityReasonEnum], { description: 'Why it is not a plain yes.' })
  reasons!: ViabilityReason[];

  @Field(() => ViabilityModeEnum, { nullable: true, description: 'How boxes were searched.' })
  mode!: ViabilityMode | null;

  @Field(() => GeocodedLocation, { nullable: true, description: 'Where the address lies.' })
  location!: GeocodedLocation | null;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [GeocodedLocation], { description: 'Where it may lie, when several places answer to the address.' })
  candidates!: GeocodedLocation[];

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [BoxOffer], { description: 'Boxes that may be sold, nearest first.' })
  boxes!: BoxOffer[];

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [BoxRefusal], { description: 'Boxes near the location that may not be sold, nearest first.' })
  refusedBoxes!: BoxRefusal[];

  @Field(() => GraphQLISODateTime, { description: 'When OZmap was asked.' })
  checkedAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'Until when the answer may be relied upon.' })
  validUntil!: Date;

  reusablePropertyIds!: string[];
}

/** One answer of many. */
@ObjectType({ description: 'One answer of many: a viability, or the problem that came instead.' })
export class ViabilityOutcome {
  @Field(() => Viability, { nullable: true, description: 'The answer.' })
  viability!: Viability | null;

  @Field(() => Problem, { nullable: true, description: 'Why there is none.' })
  problem!: Problem | null;
}
