import { Directive, Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import type { RefusalReason } from '../../domain/refusal.js';
import type { Search, Verdict, ViabilityMode, ViabilityReason } from '../../domain/viability.js';
import { Box, OzmapBuilding } from '../box/box.type.js';
import { graphqlEnum } from '../common.type.js';
import { IntegrationProblem } from '../problem/problem.type.js';
import { GeocodedLocation } from './geocoded-location.type.js';
import type { OfferedWay } from './viability.service.js';

export const ViabilityModeEnum = graphqlEnum<ViabilityMode>('ViabilityMode', 'How boxes are searched.', {
  RADIUS: 'By straight-line distance.',
  POLES: 'By distance along the poles.',
});

const VerdictEnum = graphqlEnum<Verdict>('ViabilityVerdict', 'The verdict.', {
  VIABLE: "Can be served from every point of the location's error circle.",
  NEEDS_PIN: "The verdict changes within the location's error circle: place the client on the map.",
  NOT_VIABLE: "Can be served from no point of the location's error circle.",
  UNKNOWN: 'There is no usable location.',
});

const ViabilityReasonEnum = graphqlEnum<ViabilityReason>('ViabilityReason', 'Why a verdict is not a plain yes.', {
  NO_BOX_IN_RANGE: 'No box within the search radius.',
  ALL_BOXES_REFUSED: 'There are boxes, and each was refused: see `refusedBoxes`.',
  ADDRESS_NOT_FOUND: 'The address was not found.',
  ADDRESS_AMBIGUOUS: 'Several places match the address: see `candidates`.',
  OUTSIDE_SERVICE_AREA: 'The place lies outside the service area: see `candidates`.',
  LOCATION_IMPRECISE: 'The location is not exact enough for a verdict.',
  LIST_TRUNCATED: "OZmap's list was as long as it can be: there may be more boxes.",
  OTHER: 'OZmap says no, for a reason that this service does not know.',
});

const RefusalReasonEnum = graphqlEnum<RefusalReason>('RefusalReason', 'Why a box cannot serve a location.', {
  NO_FREE_PORT: 'All ports are in use.',
  DRAFT: 'In project: never sold.',
  NO_SERVICE_EQUIPMENT: 'It holds no equipment that can serve a client.',
  DROP_TOO_LONG: 'The drop would be longer than the project allows.',
  TAG_MISMATCH: 'It lacks the requested tags.',
  OUTSIDE_CONDOMINIUM: 'Box and location are not in the same gated community.',
  OUT_OF_RANGE: 'It is outside the search radius.',
  OTHER: "Another reason: see OZmap's message.",
});

/** A box that may be sold. */
@ObjectType({ description: 'A box that can serve the location.' })
export class BoxOffer {
  @Field(() => Box, { description: 'The box itself.' })
  box!: Box;

  @Field(() => Float, { description: 'Distance in metres: straight line, or along the poles in POLES mode.' })
  distanceM!: number;

  @Field(() => Int, {
    description: "Free ports by OZmap's viability answer; `box.freePorts` is counted from the ports and may differ.",
  })
  freePorts!: number;

  @Field(() => Boolean, { description: "True if in range from every point of the location's error circle." })
  certain!: boolean;

  /** The way that a reservation lays, as OZmap names it; resolved in viability.resolver.ts. */
  way!: OfferedWay;
}

/** A building whose flats may be sold. */
@ObjectType({
  description:
    'A building near the location with free ports of its own: its flats are sold by `buildingId` and `apartment`.',
})
export class BuildingOffer {
  @Field(() => OzmapBuilding, { description: 'The building itself.' })
  building!: OzmapBuilding;

  @Field(() => Float, { description: 'Straight-line distance in metres.' })
  distanceM!: number;

  @Field(() => Int, { description: "Free ports by OZmap's viability answer." })
  freePorts!: number;
}

/** A gated community at the place, or near it. */
@ObjectType({
  description:
    "A gated community (OZmap's horizontal condominium) that the location lies in, or that reaches into the search radius. Where OZmap considers them, its own boxes serve it and no others.",
})
export class ViabilityCondominium {
  @Field(() => ID, { description: "OZmap's id." })
  ozmapId!: string;

  @Field(() => String, { description: 'Its name in OZmap.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Its address as one line of text.' })
  address!: string | null;

  @Field(() => String, { nullable: true, description: 'Free text on it in OZmap, e.g. what its gate asks for.' })
  observation!: string | null;

  @Field(() => Float, { description: 'Metres from the location to its edge; 0 inside.' })
  distanceM!: number;
}

/** One reason against a box. */
@ObjectType({ description: 'One reason why a box cannot serve a location.' })
export class RefusalDetail {
  @Field(() => RefusalReasonEnum, { description: 'Stable code of the reason.' })
  code!: RefusalReason;

  @Field(() => String, { nullable: true, description: "OZmap's own text, if any." })
  message!: string | null;

  @Field(() => Float, { nullable: true, description: 'The limit in metres.' })
  limitM!: number | null;

  @Field(() => Float, { nullable: true, description: 'The measured value in metres.' })
  actualM!: number | null;
}

/** A box that may not be sold. */
@ObjectType({ description: 'A box near the location that cannot serve it, and why.' })
export class BoxRefusal {
  @Field(() => Box, { description: 'The box itself.' })
  box!: Box;

  @Field(() => Float, { description: 'Straight-line distance in metres.' })
  distanceM!: number;

  @Field(() => [RefusalDetail], { description: 'Why the box cannot serve the location.' })
  reasons!: RefusalDetail[];
}

/** The answer to one address. Homes that may be used again are resolved in viability.resolver.ts. */
@ObjectType({ description: 'Whether an address can be served, by the parameters set in OZmap.' })
export class Viability {
  @Field(() => Boolean, { description: "True exactly when the verdict is VIABLE; never without OZmap's own yes." })
  viable!: boolean;

  @Field(() => VerdictEnum, { description: 'The verdict.' })
  verdict!: Verdict;

  @Field(() => [ViabilityReasonEnum], { description: 'Why the verdict is not a plain yes.' })
  reasons!: ViabilityReason[];

  @Field(() => ViabilityModeEnum, {
    nullable: true,
    description: 'How boxes were searched: in a straight line or along the poles.',
  })
  mode!: ViabilityMode | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Within how many metres of the location boxes were searched: OZmap's own radius, narrowed by the input's `radiusM`. Null where nobody knows it, and where OZmap was not asked.",
  })
  searchRadiusM!: number | null;

  @Field(() => GeocodedLocation, { nullable: true, description: 'Where the address is.' })
  location!: GeocodedLocation | null;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [GeocodedLocation], { description: 'The possible places, if several match the address.' })
  candidates!: GeocodedLocation[];

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [BoxOffer], { description: 'Boxes that can serve the location, nearest first.' })
  boxes!: BoxOffer[];

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [BoxRefusal], { description: 'Boxes near the location that cannot serve it, nearest first.' })
  refusedBoxes!: BoxRefusal[];

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [BuildingOffer], { description: 'Buildings nearby whose flats can be served, nearest first.' })
  buildings!: BuildingOffer[];

  @Field(() => GraphQLISODateTime, { description: 'When OZmap was asked.' })
  checkedAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'Until when the answer may be relied upon.' })
  validUntil!: Date;

  reusablePropertyIds!: string[];
  search!: Search | null;
}

/** One answer of many. */
@ObjectType({ description: 'One of several answers: a viability, or the problem that prevented it.' })
export class ViabilityOutcome {
  @Field(() => Viability, { nullable: true, description: 'The viability, if it could be determined.' })
  viability!: Viability | null;

  @Field(() => IntegrationProblem, { nullable: true, description: 'Why there is no viability.' })
  problem!: IntegrationProblem | null;
}
