import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { toProblem } from '../../errors/problem.js';
import type { RequestContext } from '../context.js';
import { CreateOzlocLinkInput, RevokeOzlocLinksInput } from './ozloc.input.js';
import { CreateOzlocLinkPayload, RevokeOzlocLinksPayload } from './ozloc-payload.type.js';

/** Opens the map page for one sale, and ends such sales. Writes nothing in OZmap, so these are no operations. */
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
      const { cntUser, ownerId } = await context.actor();
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
        { token: context.token, ownerId, cntUser },
      );
      return { ...link, problem: null };
    } catch (error) {
      return { url: null, expiresAt: null, problem: problemOrThrow(error) };
    }
  }

  @Mutation(() => RevokeOzlocLinksPayload, {
    nullable: true,
    description: 'Revokes the links and open sales of a contract that the owner of this token created.',
  })
  async revokeOzlocLinks(
    @Arg('input', () => RevokeOzlocLinksInput, { description: 'The contract.' }) input: RevokeOzlocLinksInput,
    @Ctx() context: RequestContext,
  ): Promise<RevokeOzlocLinksPayload> {
    try {
      const { ownerId } = await context.actor();
      const revoked = await context.ozlocLinks.revoke(ownerId, parseContractCode(input.contractCode));
      return { revoked, problem: null };
    } catch (error) {
      return { revoked: null, problem: problemOrThrow(error) };
    }
  }
}

function problemOrThrow(error: unknown) {
  const problem = toProblem(error);
  if (!problem) throw error;
  return problem;
}
