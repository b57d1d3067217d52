import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { toProblem } from '../../errors/problem.js';
import type { RequestContext } from '../context.js';
import { CreateOzlocLinkInput } from './ozloc.input.js';
import { CreateOzlocLinkPayload } from './ozloc-payload.type.js';

/** Opens the map page for one sale. Writes nothing in OZmap, so there is nothing for the journal. */
@Resolver()
export class OzlocResolver {
  @Mutation(() => CreateOzlocLinkPayload, {
    nullable: true,
    description: 'A link that opens the map page for one contract: short-lived, for one use, without showing a token.',
  })
  async createOzlocLink(
    @Arg('input', () => CreateOzlocLinkInput, { description: 'The sale to open.' }) input: CreateOzlocLinkInput,
    @Ctx() context: RequestContext,
  ): Promise<CreateOzlocLinkPayload> {
    try {
      const { cntUser } = await context.actor();
      const { contractCode, name, address, location, tags, relocate } = input;
      const link = await context.ozlocLinks.issue(
        {
          contractCode: parseContractCode(contractCode),
          name: name ?? null,
          address: address ?? null,
          location: location ? { lat: location.lat, lng: location.lng } : null,
          tags: tags ?? [],
          relocate: relocate ?? false,
        },
        { token: context.token, cntUser },
      );
      return { ...link, problem: null };
    } catch (error) {
      const problem = toProblem(error);
      if (!problem) throw error;
      return { url: null, expiresAt: null, problem };
    }
  }
}
