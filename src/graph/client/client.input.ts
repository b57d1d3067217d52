import { IsOptional } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { ContractCodeField, IdempotencyKeyField, TextField } from '../command-fields.js';

/** Which contract became active. */
@InputType({ description: 'The contract to activate.' })
export class ActivateClientInput {
  @ContractCodeField()
  contractCode!: string;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** What to change. */
@InputType({ description: 'The changes: null clears a field, absence leaves it.' })
export class UpdateClientInput {
  @ContractCodeField()
  contractCode!: string;

  @TextField(200, 'The new name; null clears it.')
  name?: string | null;

  @TextField(5_000, 'The new observation; null clears it.')
  observation?: string | null;

  @TextField(5_000, "The observation that the caller expects; if OZmap's differs, nothing is written.")
  expectedObservation?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** What to cancel. */
@InputType({ description: 'The contract to cancel, and how.' })
export class CancelClientInput {
  @ContractCodeField()
  contractCode!: string;

  @IsOptional()
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether to disconnect the drop from its port; by configuration if absent.',
  })
  disconnectDrop?: boolean | null;

  @IsOptional()
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'The contract was active in CNT although OZmap holds the client as not implanted.',
  })
  contractWasActive?: boolean | null;

  @TextField(200, 'Fingerprint of a plan: if it no longer holds, nothing is done.')
  planFingerprint?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}
