import { IsOptional, ValidateNested } from 'class-validator';
import { Arg, Ctx, Directive, Field, Float, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import {
  type CreateProspectCommandInput,
  createProspect,
  type LeadMatch,
} from '../../commands/create-prospect.saga.js';
import { parseContractCode } from '../../domain/contract-code.js';
import type { Prospect as ProspectRecord } from '../../ozmap/types.js';
import { IdempotencyKeyField, TextField } from '../command-fields.js';
import { graphqlEnum } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { MapPointInput } from '../geo.type.js';
import { carryOut, withoutBlanks } from '../mutation.js';
import { IntegrationOperation } from '../operation/operation.type.js';
import { IntegrationProblem } from '../problem/problem.type.js';

/** An address that could not be served, kept as a lead. */
@ObjectType({ description: 'An address that could not be served, kept in OZmap as a lead.' })
@Directive('@key(fields: "id")')
export class OzmapProspect {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the interested person.' })
  name!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north.' })
  lat!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east.' })
  lng!: number | null;
}

/** A lead as callers see it. */
export function prospectFrom({ id, name, location }: ProspectRecord): OzmapProspect {
  return { id, name, lat: location?.lat ?? null, lng: location?.lng ?? null };
}

/** What two leads have in common. */
const LeadMatchEnum = graphqlEnum<LeadMatch>('OzmapProspectMatch', 'What makes two leads the same person.', {
  PHONE: 'The telephone number, however written.',
  NAME: 'The name, but for accents and capitals; the telephone number is another, or one of them has none.',
});

/** Result of creating a lead. */
@ObjectType({ description: 'Result of storing a lead.' })
export class CreateProspectPayload {
  @Field(() => OzmapProspect, { nullable: true, description: 'The stored lead.' })
  prospect?: OzmapProspect | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Asked for by `unlessKnown`: the lead within 100 m that has the same telephone number, however written, or the same name; the new one was not stored. As far as the token sees.',
  })
  knownProspectId?: string | null;

  @Field(() => LeadMatchEnum, {
    nullable: true,
    description: 'What makes the lead of `knownProspectId` the same person.',
  })
  knownBy?: LeadMatch | null;

  @Field(() => IntegrationProblem, { nullable: true, description: 'Why it was not carried out; null if it was.' })
  problem!: IntegrationProblem | null;

  @Field(() => IntegrationOperation, { nullable: true, description: 'The operation in the journal.' })
  operation!: IntegrationOperation | Promise<IntegrationOperation | null> | null;
}

/** Who asked, and where. */
@InputType({ description: 'Who is interested, and where.' })
export class CreateProspectInput {
  @TextField(200, 'Name of the interested person.')
  name?: string | null;

  @TextField(60, 'Telephone number.')
  phone?: string | null;

  @TextField(500, 'The address as it was given.')
  address?: string | null;

  @ValidateNested()
  @Field(() => MapPointInput, { description: 'The place in question.' })
  location!: MapPointInput;

  @TextField(5_000, 'Note for the sales team.')
  observation?: string | null;

  @IsOptional()
  @Field(() => ID, { nullable: true, description: "CNT's contract code, if there is one." })
  contractCode?: string | null;

  @IsOptional()
  @Field(() => Boolean, {
    nullable: true,
    description: 'Store nothing if a lead of the same person is there already: the answer is its `knownProspectId`.',
  })
  unlessKnown?: boolean | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Keeps a refused address as a lead. */
@Resolver()
export class ProspectResolver {
  @Mutation(() => CreateProspectPayload, {
    nullable: true,
    description: 'Stores an address that cannot be served as a lead (prospect) in OZmap.',
  })
  createProspect(
    @Arg('input', () => CreateProspectInput, { description: 'The lead to store.' }) input: CreateProspectInput,
    @Ctx() context: RequestContext,
  ): Promise<CreateProspectPayload> {
    const contractCode = input.contractCode ? parseContractCode(input.contractCode) : null;
    return carryOut(context, input, {
      command: createProspect,
      input: { ...withoutBlanks<CreateProspectCommandInput>(input), contractCode },
      // A lead is no command on a contract: it waits for none, and none waits for it.
      contractCode: null,
      show: ({ prospect, isKnown, knownBy = null }) =>
        isKnown ? { knownProspectId: prospect.id, knownBy } : { prospect: prospectFrom(prospect) },
    });
  }
}
