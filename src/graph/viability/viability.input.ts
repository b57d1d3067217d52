import { ArrayMaxSize, IsOptional, IsPositive, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Field, Float, InputType } from 'type-graphql';
import type { ViabilityMode } from '../../domain/viability.js';
import { MapPointInput } from '../geo.type.js';
import type { ViabilityRequest } from './request-location.js';
import { ViabilityModeEnum } from './viability.type.js';

/** An address in parts. */
@InputType({ description: 'An address in parts, as an ERP stores it.' })
export class ViabilityAddressInput {
  @MaxLength(200)
  @Field(() => String, { description: 'Street name, with or without its type, e.g. `Rua das Acácias`.' })
  street!: string;

  @IsOptional()
  @MaxLength(60)
  @Field(() => String, {
    nullable: true,
    description: 'House number; flats, plots and kilometres in it are no number.',
  })
  number?: string | null;

  @IsOptional()
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Flat, block etc.; does not change the location.' })
  complement?: string | null;

  @IsOptional()
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Neighbourhood; decides between streets of the same name.' })
  neighbourhood?: string | null;

  @IsOptional()
  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Town or municipality, or its IBGE code.' })
  city?: string | null;

  @IsOptional()
  @MaxLength(50)
  @Field(() => String, { nullable: true, description: 'State: `MG`, `Minas Gerais`, or its IBGE code.' })
  state?: string | null;

  @IsOptional()
  @MaxLength(20)
  @Field(() => String, { nullable: true, description: 'Brazilian postal code (CEP).' })
  postalCode?: string | null;
}

/** Where, and how to look. */
@InputType({
  description:
    'The place: a location, or an address as text or in parts. If both are given, the location decides and the address is kept as text.',
})
export class ViabilityInput {
  @IsOptional()
  @MaxLength(500)
  @Field(() => String, {
    nullable: true,
    description:
      'Whatever a seller pastes: an address as free text, a postal code (CEP), a position in any usual writing, a link to a map or a plus code.',
  })
  address?: string | null;

  @IsOptional()
  @ValidateNested()
  @Field(() => ViabilityAddressInput, { nullable: true, description: 'Address in parts.' })
  addressParts?: ViabilityAddressInput | null;

  @IsOptional()
  @ValidateNested()
  @Field(() => MapPointInput, { nullable: true, description: 'A point, e.g. a pin on the map.' })
  location?: MapPointInput | null;

  @IsOptional()
  @Min(0)
  @Max(50_000)
  @Field(() => Float, { nullable: true, description: 'Error of `location` in metres; 0 if absent.' })
  accuracyM?: number | null;

  @IsOptional()
  @Field(() => ViabilityModeEnum, {
    nullable: true,
    description: "How to search; by OZmap's configuration if absent.",
  })
  mode?: ViabilityMode | null;

  @IsOptional()
  @IsPositive()
  @Field(() => Float, {
    nullable: true,
    description: "Search radius in metres; narrows OZmap's own radius, never widens it.",
  })
  radiusM?: number | null;

  @IsOptional()
  @ArrayMaxSize(50)
  @MaxLength(100, { each: true })
  @Field(() => [String], {
    nullable: true,
    description: 'Only boxes with one of these tags, each by its id or name in OZmap. Blank ones count for nothing.',
  })
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

function withoutNulls(
  input: ViabilityAddressInput,
): { street: string } & Partial<Record<keyof ViabilityAddressInput, string>> {
  const present = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(present) as { street: string };
}
