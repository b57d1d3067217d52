import { IsOptional } from 'class-validator';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { activateClient } from '../../commands/activate-client.saga.js';
import { type CancelClientCommandInput, cancelClient } from '../../commands/cancel-client.saga.js';
import { type UpdateClientCommandInput, updateClient } from '../../commands/update-client.saga.js';
import { parseContractCode } from '../../domain/contract-code.js';
import { ContractCodeField, IdempotencyKeyField, TextField } from '../command-fields.js';
import type { RequestContext } from '../context.js';
import { asChanges, carryOut, MutationPayload, withoutBlanks } from '../mutation.js';
import { OzmapProperty, propertyFrom } from '../property/property.type.js';
import { Client, clientFrom } from './client.type.js';

/** Result of an activation. */
@ObjectType({ description: 'Result of an activation.' })
export class ActivateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap.' })
  client?: Client | null;
}

/** Result of an update. */
@ObjectType({ description: 'Result of an update.' })
export class UpdateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap.' })
  client?: Client | null;
}

/** Result of a cancellation. */
@ObjectType({ description: 'Result of a cancellation.' })
export class CancelClientPayload extends MutationPayload {
  @Field(() => OzmapProperty, { nullable: true, description: 'The property that stays.' })
  property?: OzmapProperty | null;
}

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

/** Takes a contract through its life after the reservation. */
@Resolver()
export class ClientMutationResolver {
  @Mutation(() => ActivateClientPayload, {
    nullable: true,
    description: 'Marks the client of a contract as implanted in OZmap. An active client is left as it is.',
  })
  activateClient(
    @Arg('input', () => ActivateClientInput, { description: 'The contract.' }) input: ActivateClientInput,
    @Ctx() context: RequestContext,
  ): Promise<ActivateClientPayload> {
    const contractCode = parseContractCode(input.contractCode);
    return carryOut(context, input, {
      command: activateClient,
      input: { contractCode },
      show: ({ client }) => ({ client: clientFrom(client) }),
    });
  }

  @Mutation(() => UpdateClientPayload, {
    nullable: true,
    description: "Changes the client's name and observation, as far as the provider's configuration allows.",
  })
  updateClient(
    @Arg('input', () => UpdateClientInput, { description: 'The changes.' }) input: UpdateClientInput,
    @Ctx() context: RequestContext,
  ): Promise<UpdateClientPayload> {
    const contractCode = parseContractCode(input.contractCode);
    return carryOut(context, input, {
      command: updateClient,
      input: { ...asChanges<UpdateClientCommandInput>(input), contractCode },
      show: ({ client }) => ({ client: clientFrom(client) }),
    });
  }

  @Mutation(() => CancelClientPayload, {
    nullable: true,
    description:
      "Removes the client of an active contract from OZmap; the property stays, with the contract's code in its observation.",
  })
  cancelClient(
    @Arg('input', () => CancelClientInput, { description: 'The contract and the options of its cancellation.' })
    input: CancelClientInput,
    @Ctx() context: RequestContext,
  ): Promise<CancelClientPayload> {
    const contractCode = parseContractCode(input.contractCode);
    return carryOut(context, input, {
      command: cancelClient,
      input: {
        ...withoutBlanks<CancelClientCommandInput>(input),
        contractCode,
        contractWasActive: input.contractWasActive ?? false,
      },
      show: ({ property }) => ({ property: property && propertyFrom(property) }),
    });
  }
}
