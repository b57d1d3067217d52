import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { type CreateProspectCommandInput, createProspect } from '../../commands/create-prospect.saga.js';
import { parseContractCode } from '../../domain/contract-code.js';
import type { RequestContext } from '../context.js';
import { carryOut, plain, withoutKey } from '../mutation.js';
import { CreateProspectInput } from './prospect.input.js';
import { CreateProspectPayload } from './prospect.type.js';

/** Keeps a refused address as a lead. */
@Resolver()
export class ProspectResolver {
  @Mutation(() => CreateProspectPayload, {
    nullable: true,
    description: 'Stores an address that cannot be served as a lead (prospect) in OZmap.',
  })
  createProspect(
    @Arg('input', () => CreateProspectInput, { description: 'The stored lead.' }) input: CreateProspectInput,
    @Ctx() context: RequestContext,
  ): Promise<CreateProspectPayload> {
    const contractCode = input.contractCode ? parseContractCode(input.contractCode) : null;
    return carryOut(context, {
      command: createProspect,
      input: { ...plain<CreateProspectCommandInput>(withoutKey(input)), contractCode },
      // A lead is no command on a contract: it waits for none, and none waits for it.
      contractCode: null,
      idempotencyKey: input.idempotencyKey,
      show: ({ prospect: { id, name, location } }) => ({
        prospect: { id, name, lat: location?.lat ?? null, lng: location?.lng ?? null },
      }),
    });
  }
}
