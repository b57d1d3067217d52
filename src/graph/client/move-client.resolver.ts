import { IsOptional, MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { type ChangePortCommandInput, changePort } from '../../commands/change-port.saga.js';
import { type RelocateClientCommandInput, relocateClient } from '../../commands/relocate-client.saga.js';
import { type TransferClientCommandInput, transferClient } from '../../commands/transfer-client.saga.js';
import { parseContractCode } from '../../domain/contract-code.js';
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
import type { RequestContext } from '../context.js';
import type { MapPointInput } from '../geo.type.js';
import { carryOut, MutationPayload, withoutBlanks } from '../mutation.js';
import { OzmapProperty, propertyFrom } from '../property/property.type.js';
import { Client, clientFrom } from './client.type.js';

/** Result of a port change. */
@ObjectType({ description: 'Result of a change of port.' })
export class ChangePortPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap.' })
  client?: Client | null;
}

/** Result of a relocation. */
@ObjectType({ description: 'Result of a relocation.' })
export class RelocateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client at its new property.' })
  client?: Client | null;

  @Field(() => OzmapProperty, { nullable: true, description: 'The former property, if it was kept.' })
  oldProperty?: OzmapProperty | null;
}

/** Result of a transfer. */
@ObjectType({ description: 'Result of a transfer.' })
export class TransferClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client under its new contract.' })
  client?: Client | null;
}

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
  dropPath?: MapPointInput[] | null;

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
  location?: MapPointInput | null;

  @TextField(500, 'The new address.')
  address?: string | null;

  @DropPathField()
  dropPath?: MapPointInput[] | null;

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

  @IsOptional()
  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether the drop of an old property that is kept is disconnected from its port. If absent: as configured for cancellations; false where the contract is not active.',
  })
  disconnectDrop?: boolean | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** The same home, another account holder. */
@InputType({ description: 'Hands a client over to another contract: the change of account holder.' })
export class TransferClientInput {
  @ContractCodeField()
  contractCode!: string;

  @ContractCodeField("The new holder's contract code; no client may carry it.")
  newContractCode!: string;

  @TextField(200, "The new holder's name; without it the client has none.")
  name?: string | null;

  @TextField(5_000, "The client's new observation; without it there is none, since the old one was on the old holder.")
  observation?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Moves clients to other ports and homes. */
@Resolver()
export class MoveClientResolver {
  @Mutation(() => ChangePortPayload, {
    nullable: true,
    description: 'Moves a client to another box or port at the same property.',
  })
  changePort(
    @Arg('input', () => ChangePortInput, { description: 'The destination.' }) input: ChangePortInput,
    @Ctx() context: RequestContext,
  ): Promise<ChangePortPayload> {
    const contractCode = parseContractCode(input.contractCode);
    return carryOut(context, input, {
      command: changePort,
      input: { ...withoutBlanks<ChangePortCommandInput>(input), contractCode },
      boxIds: [input.boxId],
      show: ({ client }) => ({ client: clientFrom(client) }),
    });
  }

  @Mutation(() => RelocateClientPayload, {
    nullable: true,
    description: 'Moves a client to another property: the change of address.',
  })
  relocateClient(
    @Arg('input', () => RelocateClientInput, { description: 'The destination.' }) input: RelocateClientInput,
    @Ctx() context: RequestContext,
  ): Promise<RelocateClientPayload> {
    const contractCode = parseContractCode(input.contractCode);
    return carryOut(context, input, {
      command: relocateClient,
      input: {
        ...withoutBlanks<RelocateClientCommandInput>(input),
        contractCode,
        keepOldProperty: input.keepOldProperty ?? true,
      },
      boxIds: [input.boxId],
      propertyIds: [input.propertyId],
      show: ({ client, oldProperty }) => ({
        client: clientFrom(client),
        oldProperty: oldProperty && propertyFrom(oldProperty),
      }),
    });
  }

  @Mutation(() => TransferClientPayload, {
    nullable: true,
    description:
      'Changes the account holder: the client gets the code, name and observation of another contract, at the same property and port.',
  })
  transferClient(
    @Arg('input', () => TransferClientInput, { description: 'The contract and its new holder.' })
    input: TransferClientInput,
    @Ctx() context: RequestContext,
  ): Promise<TransferClientPayload> {
    const contractCode = parseContractCode(input.contractCode);
    const newContractCode = parseContractCode(input.newContractCode, 'newContractCode');
    return carryOut(context, input, {
      command: transferClient,
      input: { ...withoutBlanks<TransferClientCommandInput>(input), contractCode, newContractCode },
      show: ({ client }) => ({ client: clientFrom(client) }),
    });
  }
}
