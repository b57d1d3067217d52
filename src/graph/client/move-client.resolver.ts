import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { type ChangePortCommandInput, changePort } from '../../commands/change-port.saga.js';
import { type RelocateClientCommandInput, relocateClient } from '../../commands/relocate-client.saga.js';
import { undoCancellation } from '../../commands/undo-cancellation.js';
import { parseContractCode } from '../../domain/contract-code.js';
import type { RequestContext } from '../context.js';
import { carryOut, plain, problemPayload, withoutKey } from '../mutation.js';
import { propertyFrom } from '../property/property.type.js';
import { clientFrom } from './client.type.js';
import { ChangePortInput, RelocateClientInput, UndoCancellationInput } from './move-client.input.js';
import { ChangePortPayload, RelocateClientPayload, UndoCancellationPayload } from './move-client-payload.type.js';

/** Moves clients to other ports and homes, and brings cancelled ones back. */
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
    return carryOut(context, {
      command: changePort,
      input: { ...plain<ChangePortCommandInput>(withoutKey(input)), contractCode },
      contractCode,
      idempotencyKey: input.idempotencyKey,
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
    return carryOut(context, {
      command: relocateClient,
      input: { ...plain<RelocateClientCommandInput>(withoutKey(input)), contractCode },
      contractCode,
      idempotencyKey: input.idempotencyKey,
      boxIds: [input.boxId],
      propertyIds: [input.propertyId],
      show: ({ client, oldProperty }) => ({
        client: clientFrom(client),
        oldProperty: oldProperty && propertyFrom(oldProperty),
      }),
    });
  }

  @Mutation(() => UndoCancellationPayload, {
    nullable: true,
    description:
      'Restores the client of a cancelled contract with its code and connection, while the port is free or still used by its property.',
  })
  async undoCancellation(
    @Arg('input', () => UndoCancellationInput, { description: 'The cancellation to undo.' })
    input: UndoCancellationInput,
    @Ctx() context: RequestContext,
  ): Promise<UndoCancellationPayload> {
    try {
      const wanted = await context.operations.undoInput(input.operationId);
      return await carryOut(context, {
        command: undoCancellation,
        input: wanted,
        contractCode: wanted.contractCode,
        idempotencyKey: input.idempotencyKey,
        boxIds: [wanted.snapshot.boxId],
        propertyIds: [wanted.snapshot.propertyId],
        // Its port is to be the client's again: nobody gets it while that is in doubt.
        keptBoxIds: [wanted.snapshot.boxId],
        show: ({ client }) => ({ client: clientFrom(client) }),
      });
    } catch (error) {
      return problemPayload<object>(error, context);
    }
  }
}
