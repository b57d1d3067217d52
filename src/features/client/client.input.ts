import { IsOptional, Length, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';

/** Which contract became active. */
@InputType({ description: 'Which contract became active.' })
export class ActivateClientInput {
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

/** What to change. */
@InputType({ description: 'What to change: null clears, absence leaves.' })
export class UpdateClientInput {
  @Field(() => ID, { description: "CNT's contract code." })
  contractCode!: string;

  @IsOptional()
  @MaxLength(200)
  @Field(() => String, { nullable: true, description: 'The new name; null clears it.' })
  name?: string | null;

  @IsOptional()
  @MaxLength(5_000)
  @Field(() => String, { nullable: true, description: 'The new observation; null clears it.' })
  observation?: string | null;

  @IsOptional()
  @MaxLength(5_000)
  @Field(() => String, {
    nullable: true,
    description: "What the caller believes stands there; when OZmap's differs nothing is written.",
  })
  expectedObservation?: string | null;

  @IsOptional()
  @Length(1, 200)
  @Field(() => String, {
    nullable: true,
    description: "The caller's own name for this command: repeated with the same input it is answered, not done again.",
  })
  idempotencyKey?: string | null;
}

/** What to cancel. */
@InputType({ description: 'Which contract is cancelled, and how.' })
export class CancelClientInput {
  @Field(() => ID, { description: "CNT's contract code." })
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

  @IsOptional()
  @MaxLength(200)
  @Field(() => String, {
    nullable: true,
    description: "A plan's fingerprint: when it no longer holds, nothing is done.",
  })
  planFingerprint?: string | null;

  @IsOptional()
  @Length(1, 200)
  @Field(() => String, {
    nullable: true,
    description: "The caller's own name for this command: repeated with the same input it is answered, not done again.",
  })
  idempotencyKey?: string | null;
}
