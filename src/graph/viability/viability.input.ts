import { ArrayMaxSize, IsOptional, IsPositive, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Field, Float, InputType } from 'type-graphql';
import type { ViabilityMode } from '../../domain/viability.js';
import { CoordinatesInput } from '../geo/geo.input.js';
import type { ViabilityRequest } from './viability.service.js';
import { ViabilityModeEnum } from './viability.type.js';

/** An address in parts. */
@InputType({ description: 'An address in parts, as an ERP holds it.' })
export class AddressInput {
  @MaxLength(200)
  @Field(() => String, { description: 'With or without its type, e.g. `Rua das Acácias`.' })
  street!: string;

  @IsOptional()
  @MaxLength(20)
  @Field(() => String, { nullable: true, description: 'House number.' })
  number?: string | null;

  @IsOptional()
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Flat, block; does not move the location.' })
  complement?: string | null;

  @IsOptional()
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Decides between streets of one name.' })
  neighbourhood?: string | null;

  @IsOptional()
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Town.' })
  city?: string | null;

  @IsOptional()
  @MaxLength(50)
  @Field(() => String, { nullable: true, description: 'State, e.g. `MG`.' })
  state?: string | null;

  @IsOptional()
  @MaxLength(20)
  @Field(() => String, { nullable: true, description: 'CEP.' })
  postalCode?: string | null;
}

/** Where, and how to look. */
@InputType({
  description:
    'Where: a location, or an address as text or in parts. With both, the location decides and the address is kept as text.',
})
export class ViabilityInput {
  @IsOptional()
  @MaxLength(500)
  @Field(() => String, { nullable: true, description: 'An address as text.' })
  address?: string | null;

  @IsOptional()
  @ValidateNested()
  @Field(() => AddressInput, { nullable: true, description: 'An address in parts.' })
  addressParts?: AddressInput | null;

  @IsOptional()
  @ValidateNested()
  @Field(() => CoordinatesInput, { nullable: true, description: 'A point, e.g. a pin on the map.' })
  location?: CoordinatesInput | null;

  @IsOptional()
  @Min(0)
  @Max(50_000)
  @Field(() => Float, { nullable: true, description: 'How far off `location` may be, metres; 0 when absent.' })
  accuracyM?: number | null;

  @IsOptional()
  @Field(() => ViabilityModeEnum, {
    nullable: true,
    description: "How to search; as OZmap's configuration says when absent.",
  })
  mode?: ViabilityMode | null;

  @IsOptional()
  @IsPositive()
  @Field(() => Float, { nullable: true, description: "May narrow OZmap's search radius, never widen it. Metres." })
  radiusM?: number | null;

  @IsOptional()
  @ArrayMaxSize(50)
  @MaxLength(100, { each: true })
  @Field(() => [String], { nullable: true, description: 'Only boxes with these tags.' })
  tags?: string[] | null;
}

/** The question as the service takes it. */
export function requestFrom(input: ViabilityInput): ViabilityRequest {
  const { address, addressParts, location, accuracyM, mode, radiusM, tags } = input;
  return {
    ...(addressParts
      ? { address: { parts: withoutNulls(addressParts) } }
      : address
        ? { address: { text: address } }
        : {}),
    ...(location && { location: { lat: location.lat, lng: location.lng } }),
    ...(typeof accuracyM === 'number' && { accuracyM }),
    ...(mode && { mode }),
    ...(typeof radiusM === 'number' && { radiusM }),
    ...(tags && { tags }),
  };
}

function withoutNulls(input: AddressInput): { street: string } & Partial<Record<keyof AddressInput, string>> {
  const present = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present) as { street: string };
}
