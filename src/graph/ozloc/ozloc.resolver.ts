import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { toProblem } from '../../errors/messages.js';
import { ContractCodeField, LocationField, TextField } from '../command-fields.js';
import type { RequestContext } from '../context.js';
import type { MapPointInput } from '../geo.type.js';
import { IntegrationProblem } from '../problem/problem.type.js';
import { assertScopes, SCOPE_RULES } from '../scopes.js';

/** A link to the map page. */
@ObjectType({ description: 'A link to the map page.' })
export class CreateOzlocLinkPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'Opens the sale once. The ticket is in its fragment, so that it reaches no server log and no referrer.',
  })
  url?: string | null;

  @Field(() => Date, { nullable: true, description: 'Until when the link may be opened.' })
  expiresAt?: Date | null;

  @Field(() => IntegrationProblem, { nullable: true, description: 'Why there is no link; null if there is one.' })
  problem!: IntegrationProblem | null;
}

/** What was taken back. */
@ObjectType({ description: 'Result of a revocation.' })
export class RevokeOzlocLinksPayload {
  @Field(() => Int, {
    nullable: true,
    description: 'Number of links and open sales that were revoked; null if unknown.',
  })
  revoked?: number | null;

  @Field(() => IntegrationProblem, { nullable: true, description: 'Why nothing was revoked; null if it was.' })
  problem!: IntegrationProblem | null;
}

/** Which sale a link opens. */
@InputType({ description: 'The sale that a link opens, and what the page shows first.' })
export class CreateOzlocLinkInput {
  @ContractCodeField("CNT's contract code: the only one that the link gives access to.")
  contractCode!: string;

  @TextField(500, 'Address to search first, if there is no location.')
  address?: string | null;

  @LocationField('Location of the client.')
  location?: MapPointInput | null;

  @TextField(200, "The client's name.")
  name?: string | null;

  @IsOptional()
  @ArrayMaxSize(50)
  @MaxLength(100, { each: true })
  @Field(() => [String], {
    nullable: true,
    description: 'Only boxes with one of these tags, as `ViabilityInput.tags` takes them.',
  })
  tags?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'The client exists and moves to another property.',
  })
  relocate?: boolean | null;

  @TextField(
    300,
    'Origin of the page that opens or embeds the map page, one of OZLOC_ORIGINS: it is told by `postMessage` what becomes of the sale.',
  )
  openerOrigin?: string | null;

  @TextField(
    2_000,
    'Address that the map page goes to in the end, if there is no page to tell; its origin is one of OZLOC_ORIGINS.',
  )
  returnUrl?: string | null;

  @TextField(500, "The caller's own word for this sale, given back in every message and to `returnUrl`.")
  state?: string | null;
}

/** Whose links end. */
@InputType({ description: 'The contract whose links to revoke.' })
export class RevokeOzlocLinksInput {
  @ContractCodeField("CNT's contract code.")
  contractCode!: string;
}

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
      const { contractCode, name, address, location, tags, relocate, openerOrigin, returnUrl, state } = input;
      // Whoever opens the link brings no scopes of its own: it may do what its maker may.
      if (relocate) assertScopes(context, SCOPE_RULES.fields['Mutation.relocateClient']);
      const { cntUser, ownerId } = await context.actor();
      const link = await context.ozlocLinks.issue(
        {
          contractCode: parseContractCode(contractCode),
          name: name ?? null,
          address: address ?? null,
          location: location ? { lat: location.lat, lng: location.lng } : null,
          tags: tags ?? [],
          relocate: relocate ?? false,
          openerOrigin: openerOrigin ?? undefined,
          returnUrl: returnUrl ?? undefined,
          state: state ?? undefined,
        },
        { token: context.token, ownerId, cntUser },
      );
      return { ...link, problem: null };
    } catch (error) {
      return { url: null, expiresAt: null, problem: toProblem(error) };
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
      return { revoked: null, problem: toProblem(error) };
    }
  }
}
