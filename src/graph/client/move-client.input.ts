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
@InputType({ description: 'The same home, another box or port.' })
export class ChangePortInput {
  @ContractCodeField()
  contractCode!: string;

  @MaxLength(64)
  @Field(() => ID, { description: 'The box to move to; may be the one it hangs on.' })
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
@InputType({ description: 'Another home: the address change.' })
export class RelocateClientInput {
  @ContractCodeField()
  contractCode!: string;

  @OzmapIdField('Take over this client-less home, its drop and its port.')
  propertyId?: string | null;

  @OzmapIdField('The box at the new place.')
  boxId?: string | null;

  @LocationField('Where the client stands now.')
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
    description: 'Of an active contract: whether the old home stays, with the code in its observation.',
  })
  keepOldProperty?: boolean | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Which cancellation is taken back. */
@InputType({ description: 'Which cancellation is taken back.' })
export class UndoCancellationInput {
  @MaxLength(64)
  @Field(() => ID, { description: "The cancellation's operation." })
  operationId!: string;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
