import { IsOptional, ValidateNested } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { IdempotencyKeyField, TextField } from '../command-fields.js';
import { CoordinatesInput } from '../geo/geo.input.js';

/** Who asked, and where. */
@InputType({ description: 'Who asked, and where.' })
export class CreateProspectInput {
  @TextField(200, 'Who asked.')
  name?: string | null;

  @TextField(60, 'How to call back.')
  phone?: string | null;

  @TextField(500, 'The address as it was asked for.')
  address?: string | null;

  @ValidateNested()
  @Field(() => CoordinatesInput, { description: 'Where.' })
  location!: CoordinatesInput;

  @TextField(5_000, 'A note for whoever calls back.')
  observation?: string | null;

  @IsOptional()
  @Field(() => ID, { nullable: true, description: "CNT's contract code, where there is one." })
  contractCode?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
