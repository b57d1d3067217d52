import { IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import {
  ContractCodeField,
  DropPathField,
  IdempotencyKeyField,
  LocationField,
  OzmapIdField,
  PortField,
  SplitterIdField,
  TextField,
} from '../command-fields.js';
import type { CoordinatesInput } from '../geo/geo.input.js';

/** The same home, another box or port. */
@InputType({ description: 'Moves a client to another box or port at the same property.' })
export class ChangePortInput {
  @ContractCodeField()
  contractCode!: string;

  @MaxLength(64)
  @Field(() => ID, { description: 'The box to move to; may be the present one.' })
  boxId!: string;

  @SplitterIdField()
  splitterId?: string | null;

  @PortField()
  port?: number | null;

  @DropPathField()
  dropPath?: CoordinatesInput[] | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Another home. */
@InputType({ description: 'Moves a client to another property: the change of address.' })
export class RelocateClientInput {
  @ContractCodeField()
  contractCode!: string;

  @OzmapIdField('Take over this property without client, with its drop and port.')
  propertyId?: string | null;

  @OzmapIdField('The box at the new address.')
  boxId?: string | null;

  @LocationField("Location of the client's new property.")
  location?: CoordinatesInput | null;

  @TextField(500, 'The new address.')
  address?: string | null;

  @DropPathField()
  dropPath?: CoordinatesInput[] | null;

  @SplitterIdField()
  splitterId?: string | null;

  @PortField()
  port?: number | null;

  @IsOptional()
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'For an active contract: whether the old property is kept, with the code in its observation.',
  })
  keepOldProperty?: boolean | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Which cancellation is taken back. */
@InputType({ description: 'The cancellation to undo.' })
export class UndoCancellationInput {
  @MaxLength(64)
  @Field(() => ID, { description: "Id of the cancellation's operation." })
  operationId!: string;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
