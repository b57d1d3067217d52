import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { activateClient } from '../../commands/activate-client.saga.js';
import { type CancelClientCommandInput, cancelClient } from '../../commands/cancel-client.saga.js';
import { type UpdateClientCommandInput, updateClient } from '../../commands/update-client.saga.js';
import { parseContractCode } from '../../domain/contract-code.js';
import type { RequestContext } from '../context.js';
import { carryOut, plain, withoutKey } from '../mutation.js';
import { propertyFrom } from '../property/property.type.js';
import { ActivateClientInput, CancelClientInput, UpdateClientInput } from './client.input.js';
import { clientFrom } from './client.type.js';
import { ActivateClientPayload, CancelClientPayload, UpdateClientPayload } from './client-payload.type.js';

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
    return carryOut(context, {
      command: activateClient,
      input: { contractCode },
      contractCode,
      idempotencyKey: input.idempotencyKey,
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
    return carryOut(context, {
      command: updateClient,
      input: { ...plain<UpdateClientCommandInput>(withoutKey(input)), contractCode },
      contractCode,
      idempotencyKey: input.idempotencyKey,
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
    return carryOut(context, {
      command: cancelClient,
      input: { ...plain<CancelClientCommandInput>(withoutKey(input)), contractCode },
      contractCode,
      idempotencyKey: input.idempotencyKey,
      show: ({ property }) => ({ property: property && propertyFrom(property) }),
    });
  }
}
