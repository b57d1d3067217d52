import { IsOptional, MaxLength } from 'class-validator';
import { Arg, Ctx, Field, GraphQLISODateTime, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { type DeclareContractCommandInput, declareContract } from '../../commands/declare-contract.saga.js';
import { parseContractCode } from '../../domain/contract-code.js';
import { assertNotAhead, declaredState } from '../../domain/declared-state.js';
import { ContractCodeField, IdempotencyKeyField, TextField } from '../command-fields.js';
import type { RequestContext } from '../context.js';
import { asChanges, carryOut, MutationPayload } from '../mutation.js';
import { Client, clientFrom } from './client.type.js';

/** Result of a declaration. */
@ObjectType({ description: 'Result of a declaration.' })
export class DeclareContractPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap; null where there is none.' })
  client?: Client | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The commands that were carried out, e.g. `client.activate`; empty where it was so already.',
  })
  carriedOut?: string[] | null;
}

/** What a contract is now. */
@InputType({ description: 'What a contract is now.' })
export class DeclareContractInput {
  @ContractCodeField()
  contractCode!: string;

  @MaxLength(100)
  @Field(() => ID, {
    description:
      "`AWAITING_ACTIVATION`, `ACTIVE`, `BLOCKED`, `CANCELLED`, `WITHDRAWN`, `ENDED` (cancelled or withdrawn, whichever fits), or CNT's own number.",
  })
  state!: string;

  @IsOptional()
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was so; now if absent. An older declaration that arrives late changes nothing.',
  })
  at?: Date | null;

  @TextField(200, "The client's name; null clears it.")
  name?: string | null;

  @TextField(5_000, "The client's observation; null clears it.")
  observation?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** Takes the word of the ERP for what a contract is, and has the map follow. */
@Resolver()
export class DeclareContractResolver {
  @Mutation(() => DeclareContractPayload, {
    nullable: true,
    description:
      'Declares what a contract is now; what is missing in OZmap is done: activation, cancellation, withdrawal, or nothing. May be repeated without a key. It waits its turn where another command of the contract is not finished, and while OZmap is unavailable.',
  })
  declareContract(
    @Arg('input', () => DeclareContractInput, { description: 'The contract and its state.' })
    input: DeclareContractInput,
    @Ctx() context: RequestContext,
  ): Promise<DeclareContractPayload> {
    const contractCode = parseContractCode(input.contractCode);
    const { policy, now } = context.session;
    const state = declaredState(input.state, policy.cntStates);
    const { at = null } = input;
    if (at) assertNotAhead(at, now());
    return carryOut(context, input, {
      command: declareContract,
      input: { ...asChanges<DeclareContractCommandInput>(input), contractCode, state },
      declaredAt: at,
      show: ({ client, carriedOut }) => ({ client: client && clientFrom(client), carriedOut }),
    });
  }
}
