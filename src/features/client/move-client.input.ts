import { ArrayMaxSize, IsOptional, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CoordinatesInput } from '../geo/geo.input.js';

const KEY = "The caller's own name for this command: repeated with the same input it is answered, not done again.";

/** The same home, another box or port. */
@InputType({ description: 'The same home, another box or port.' })
export class ChangePortInput {
  @Field(() => ID, { description: "CNT's contract code." })
  contractCode!: string;

  @MaxLength(64)
  @Field(() => ID, { description: 'The box to move to; may be the one it hangs on.' })
  boxId!: string;

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
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Field(() => [CoordinatesInput], {
    nullable: true,
    description: 'From the client to the box; inner points on poles.',
  })
  dropPath?: CoordinatesInput[] | null;

  @IsOptional()
  @Length(1, 200)
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

/** Another home. */
@InputType({ description: 'Another home: the address change.' })
export class RelocateClientInput {
  @Field(() => ID, { description: "CNT's contract code." })
  contractCode!: string;

  @IsOptional()
  @MaxLength(64)
  @Field(() => ID, { nullable: true, description: 'Take over this client-less home, its drop and its port.' })
  propertyId?: string | null;

  @IsOptional()
  @MaxLength(64)
  @Field(() => ID, { nullable: true, description: 'The box at the new place.' })
  boxId?: string | null;

  @IsOptional()
  @ValidateNested()
  @Field(() => CoordinatesInput, { nullable: true, description: 'Where the client stands now.' })
  location?: CoordinatesInput | null;

  @IsOptional()
  @MaxLength(500)
  @Field(() => String, { nullable: true, description: 'The new address.' })
  address?: string | null;

  @IsOptional()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Field(() => [CoordinatesInput], {
    nullable: true,
    description: 'From the client to the box; inner points on poles.',
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
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Of an active contract: whether the old home stays, with the code in its observation.',
  })
  keepOldProperty?: boolean | null;

  @IsOptional()
  @Length(1, 200)
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}

/** Which cancellation is taken back. */
@InputType({ description: 'Which cancellation is taken back.' })
export class UndoCancellationInput {
  @MaxLength(64)
  @Field(() => ID, { description: "The cancellation's operation." })
  operationId!: string;

  @IsOptional()
  @Length(1, 200)
  @Field(() => String, { nullable: true, description: KEY })
  idempotencyKey?: string | null;
}
