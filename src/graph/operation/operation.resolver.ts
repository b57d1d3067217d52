import { ArrayMaxSize, IsOptional, Length, MaxLength } from 'class-validator';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  GraphQLISODateTime,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { changesOf } from '../../commands/kit/records.js';
import { parseContractCode } from '../../domain/contract-code.js';
import type { OperationState } from '../../domain/operation.js';
import { toProblem } from '../../errors/messages.js';
import type { Viewer } from '../../store/tokens/token-memory.js';
import { Client } from '../client/client.type.js';
import type { RequestContext } from '../context.js';
import { INTERNAL } from '../enum.js';
import { IntegrationProblem } from '../problem/problem.type.js';
import {
  AfterArg,
  connectionOf,
  FirstArg,
  IntegrationOperation,
  IntegrationOperationChange,
  IntegrationOperationConnection,
  IntegrationOperationStep,
  OperationStateEnum,
  operationFrom,
  PAGE,
  PAGED,
  stepFrom,
} from './operation.type.js';

/** The most clients by one property whose operations are listed. */
const MOST_FOUND = 100;
const SEARCH =
  'Each page searches a part of the journal: it may hold less than `first`, or nothing, while `hasNextPage` is true.';

/** Which operations. */
@InputType({ description: 'Which operations to list; all given conditions must hold.' })
export class IntegrationOperationFilter {
  @IsOptional()
  @Field(() => ID, { nullable: true, description: "CNT's contract code." })
  contractCode?: string | null;

  @IsOptional()
  @Length(2, 120)
  @Field(() => String, {
    nullable: true,
    description: `Part of CNT's contract code, in letters of either case. ${SEARCH}`,
  })
  contractCodePart?: string | null;

  @IsOptional()
  @Length(3, 120)
  @Field(() => String, {
    nullable: true,
    description: `Part of a client's name, code or ONU serial as OZmap has them now, or of the name or telephone number that a client or a lead was asked for with, as long as it is kept. Words of a name in any order. Of many, ${MOST_FOUND} by each.`,
  })
  client?: string | null;

  @IsOptional()
  @MaxLength(200)
  @Field(() => String, {
    nullable: true,
    description: `Words of the name of the person in CNT, as \`X-CNT-User\` said, or parts of them; accents and capitals do not matter. ${SEARCH}`,
  })
  @Directive(INTERNAL)
  cntUser?: string | null;

  @IsOptional()
  @ArrayMaxSize(20)
  @Field(() => [OperationStateEnum], { nullable: true, description: 'Only operations in one of these states.' })
  states?: OperationState[] | null;

  @IsOptional()
  @ArrayMaxSize(20)
  @MaxLength(60, { each: true })
  @Field(() => [String], { nullable: true, description: 'Only these kinds of command, e.g. `client.activate`.' })
  actions?: string[] | null;

  @IsOptional()
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Received at or after this instant.' })
  from?: Date | null;

  @IsOptional()
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Received before this instant.' })
  to?: Date | null;
}

/** Which operation to try again. */
@InputType({ description: 'The operation to retry.' })
@Directive(INTERNAL)
export class RetryOperationInput {
  @MaxLength(64)
  @Field(() => ID, { description: 'Id of a FAILED operation.' })
  operationId!: string;
}

/** Result of a retry. */
@ObjectType({ description: 'Result of a retry.' })
@Directive(INTERNAL)
export class RetryOperationPayload {
  @Field(() => IntegrationProblem, { nullable: true, description: 'Why it was not carried out; null if it was.' })
  problem!: IntegrationProblem | null;

  @Field(() => IntegrationOperation, { nullable: true, description: 'The operation after the retry.' })
  operation!: IntegrationOperation | Promise<IntegrationOperation | null> | null;
}

/** The filter as the journal takes it: a client by the codes that it has in OZmap, and by what the journal was asked with. */
async function known(filter: IntegrationOperationFilter | null, { ozmap, journal }: RequestContext, viewer: Viewer) {
  const { client, ...others } = filter ?? {};
  // An empty code is none, as a caller's unset variable: it must not list everybody's operations.
  const contractCode = others.contractCode == null ? null : parseContractCode(others.contractCode);
  if (!client) return { ...others, contractCode };
  const [clients, { codes, ids }] = await Promise.all([
    ozmap.searchClients(client, MOST_FOUND),
    journal.findNamed(client, MOST_FOUND, viewer),
  ]);
  return {
    ...others,
    contractCode,
    named: { codes: [client.trim(), ...clients.map(({ code }) => code), ...codes], ids },
  };
}

/** How many operations stand in a state. */
@ObjectType({ description: 'How many operations stand in a state.' })
@Directive(INTERNAL)
class IntegrationOperationCount {
  @Field(() => OperationStateEnum, { description: 'The state.' })
  state!: OperationState;

  @Field(() => Int, { description: 'So many stand in it.' })
  count!: number;
}

/** Reads the journal, as far as the caller's token reaches. */
@Resolver(() => IntegrationOperation)
export class OperationResolver {
  @Query(() => IntegrationOperation, { nullable: true, description: 'One command and its outcome.' })
  async integrationOperation(
    @Arg('id', () => ID, { description: 'Id as given by a payload or problem.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<IntegrationOperation | null> {
    const record = await context.journal.findOperation(id, await context.viewer());
    const { sale } = context;
    // A sale's bearer sees its own contract, whatever else the token behind it may see.
    if (!record || (sale && record.contractCode !== sale.contractCode)) return null;
    return operationFrom(record);
  }

  @Directive(PAGED)
  @Query(() => IntegrationOperationConnection, {
    nullable: true,
    description: 'Operations of the journal that this token may see, newest first.',
  })
  async integrationOperations(
    @Arg('filter', () => IntegrationOperationFilter, { nullable: true, description: 'Which operations to list.' })
    filter: IntegrationOperationFilter | null,
    @FirstArg() first: number | null,
    @AfterArg() after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<IntegrationOperationConnection> {
    const viewer = await context.viewer();
    const page = { first: first ?? PAGE, after };
    const wanted = await known(filter, context, viewer);
    return connectionOf(await context.journal.listOperations(wanted, page, viewer), operationFrom);
  }

  @Directive(INTERNAL)
  @Directive('@listSize(assumedSize: 6)')
  @Query(() => [IntegrationOperationCount], {
    nullable: true,
    description:
      'How many operations that this token may see stand in each state, of the newest 10,000 at most; a state without any is left out.',
  })
  async integrationOperationCounts(
    @Arg('filter', () => IntegrationOperationFilter, { nullable: true, description: 'Which operations to count.' })
    filter: IntegrationOperationFilter | null,
    @Ctx() context: RequestContext,
  ): Promise<IntegrationOperationCount[]> {
    const viewer = await context.viewer();
    return context.journal.countOperations(await known(filter, context, viewer), viewer);
  }

  @Directive(INTERNAL)
  @Directive('@listSize(assumedSize: 4)')
  @FieldResolver(() => [IntegrationOperationChange], {
    nullable: true,
    description: 'What was asked for, beside how it stood before; null once it was erased or its retention is over.',
  })
  async changes(
    @Root() { id }: IntegrationOperation,
    @Ctx() { operationLoaders }: RequestContext,
  ): Promise<IntegrationOperationChange[] | null> {
    const kept = await operationLoaders.snapshots.load(id);
    return kept && changesOf(kept);
  }

  /** Read where it is asked for: a list without steps costs the journal half. */
  @Directive(INTERNAL)
  @FieldResolver(() => [IntegrationOperationStep], { description: 'Writes sent to OZmap, in order.' })
  async steps(
    @Root() { id }: IntegrationOperation,
    @Ctx() { operationLoaders }: RequestContext,
  ): Promise<IntegrationOperationStep[]> {
    return (await operationLoaders.steps.load(id))?.map(stepFrom) ?? [];
  }

  @Directive(INTERNAL)
  @Mutation(() => RetryOperationPayload, { nullable: true, description: 'Retries a FAILED operation.' })
  async retryOperation(
    @Arg('input', () => RetryOperationInput, { description: 'The operation to retry.' }) input: RetryOperationInput,
    @Ctx() context: RequestContext,
  ): Promise<RetryOperationPayload> {
    context.forget();
    const shown = (problem: RetryOperationPayload['problem']) => ({
      problem,
      // Read where it is asked for: a promise that nobody waits for would end the process if it failed.
      get operation() {
        return context.operation(input.operationId);
      },
    });
    try {
      const { journal, session, token } = context;
      const by = { session, token, actor: await context.actor(), viewer: await context.viewer() };
      await journal.retry(input.operationId, by);
      return shown(null);
    } catch (error) {
      return shown(toProblem(error));
    }
  }
}

/** The operations of a contract, under its client. */
@Resolver(() => Client)
export class ClientOperationsResolver {
  @Directive(PAGED)
  @FieldResolver(() => IntegrationOperationConnection, {
    nullable: true,
    description: 'Operations on this contract, newest first.',
  })
  async integrationOperations(
    @Root() { contractCode }: Client,
    @FirstArg() first: number | null,
    @AfterArg() after: string | null,
    @Ctx() { operationLoaders }: RequestContext,
  ): Promise<IntegrationOperationConnection | null> {
    const page = await operationLoaders.of({ first: first ?? PAGE, after }).load(contractCode);
    return page && connectionOf(page, operationFrom);
  }
}
