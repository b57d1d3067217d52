import { IsOptional } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { ContractCodeField, IdempotencyKeyField, TextField } from '../command-fields.js';

/** Which contract became active. */
@InputType({ description: 'Which contract became active.' })
export class ActivateClientInput {
  @ContractCodeField()
  contractCode!: string;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** What to change. */
@InputType({ description: 'What to change: null clears, absence leaves.' })
export class UpdateClientInput {
  @ContractCodeField()
  contractCode!: string;

  @TextField(200, 'The new name; null clears it.')
  name?: string | null;

  @TextField(5_000, 'The new observation; null clears it.')
  observation?: string | null;

  @TextField(5_000, "What the caller believes stands there; when OZmap's differs nothing is written.")
  expectedObservation?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** What to cancel. */
@InputType({ description: 'Which contract is cancelled, and how.' })
export class CancelClientInput {
  @ContractCodeField()
  contractCode!: string;

  @IsOptional()
  @Field(() => Boolean, { nullable: true, description: 'Overrides the configured default.' })
  disconnectDrop?: boolean | null;

  @IsOptional()
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'The contract was active in CNT although OZmap never learned it.',
  })
  contractWasActive?: boolean | null;

  @TextField(200, "A plan's fingerprint: when it no longer holds, nothing is done.")
  planFingerprint?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
