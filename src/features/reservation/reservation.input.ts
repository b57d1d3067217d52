import { ArrayMaxSize, IsOptional, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CoordinatesInput } from '../geo/geo.input.js';

/** What to reserve. */
@InputType({ description: 'What to reserve: a box at a location, or a kept home by `propertyId`.' })
export class ReservePortInput {
  @Field(() => ID, { description: "CNT's contract code: becomes the client's code in OZmap." })
  contractCode!: string;

  @IsOptional()
  @MaxLength(64)
  @Field(() => ID, {
    nullable: true,
    description: 'Take over this client-less home, its drop and its port; box and location then come from it.',
  })
  propertyId?: string | null;

  @IsOptional()
  @MaxLength(64)
  @Field(() => ID, { nullable: true, description: 'The box, one of the offers at `location`.' })
  boxId?: string | null;

  @IsOptional()
  @ValidateNested()
  @Field(() => CoordinatesInput, { nullable: true, description: 'Where the client stands.' })
  location?: CoordinatesInput | null;

  @IsOptional()
  @MaxLength(200)
  @Field(() => String, { nullable: true, description: "The client's name." })
  name?: string | null;

  @IsOptional()
  @MaxLength(500)
  @Field(() => String, { nullable: true, description: "The home's address." })
  address?: string | null;

  @IsOptional()
  @MaxLength(5_000)
  @Field(() => String, { nullable: true, description: "The client's observation." })
  observation?: string | null;

  @IsOptional()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Field(() => [CoordinatesInput], {
    nullable: true,
    description: 'From the client to the box; inner points on poles. Straight when absent.',
  })
  dropPath?: CoordinatesInput[] | null;

  @IsOptional()
  @MaxLength(64)
  @Field(() => ID, { nullable: true, description: 'A splitter of the box; the first free port when absent.' })
  splitterId?: string | null;

  @IsOptional()
  @Min(1)
  @Max(1_024)
  @Field(() => Int, { nullable: true, description: 'Counts from 1; needs `splitterId`.' })
  port?: number | null;

  @IsOptional()
  @Length(1, 200)
  @Field(() => String, {
    nullable: true,
    description: "The caller's own name for this command: repeated with the same input it is answered, not done again.",
  })
  idempotencyKey?: string | null;
}

/** Which reservation. */
@InputType({ description: 'Which reservation to give back.' })
export class WithdrawReservationInput {
  @Field(() => ID, { description: "CNT's contract code." })
  contractCode!: string;

  @IsOptional()
  @Length(1, 200)
  @Field(() => String, {
    nullable: true,
    description: "The caller's own name for this command: repeated with the same input it is answered, not done again.",
  })
  idempotencyKey?: string | null;
}
