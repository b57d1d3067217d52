import { IsOptional, ValidateNested } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { IdempotencyKeyField, TextField } from '../command-fields.js';
import { CoordinatesInput } from '../geo/geo.input.js';

/** Who asked, and where. */
@InputType({ description: 'Who is interested, and where.' })
export class CreateProspectInput {
  @TextField(200, 'Name of the interested person.')
  name?: string | null;

  @TextField(60, 'Telephone number.')
  phone?: string | null;

  @TextField(500, 'The address as it was given.')
  address?: string | null;

  @ValidateNested()
  @Field(() => CoordinatesInput, { description: 'The place in question.' })
  location!: CoordinatesInput;

  @TextField(5_000, 'Note for the sales team.')
  observation?: string | null;

  @IsOptional()
  @Field(() => ID, { nullable: true, description: "CNT's contract code, if there is one." })
  contractCode?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
