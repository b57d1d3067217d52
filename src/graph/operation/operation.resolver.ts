import { MaxLength } from 'class-validator';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
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
import type { OperationState } from '../../domain/operation.js';
import { toProblem } from '../../errors/messages.js';
import { Client } from '../client/client.type.js';
import { AfterArg, FirstArg, INTERNAL, PAGE, PAGED, pageFrom } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { IntegrationProblem } from '../problem/problem.type.js';
import { IntegrationOperationFilter, known } from './operation.filter.js';
import {
  IntegrationOperation,
  IntegrationOperationChange,
  IntegrationOperationConnection,
  IntegrationOperationStep,
  OperationStateEnum,
  operationFrom,
  stepFrom,
} from './operation.type.js';

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

/** How many operations stand in a state. */
@ObjectType({ description: 'How many operations stand in a state.' })
@Directive(INTERNAL)
class IntegrationOperationCount {
  @Field(() => OperationStateEnum, { description: 'The state.' })
  state!: OperationState;

  @Field(() => Int, { description: 'How many operations stand in it.' })
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
    const page = { first: first ?? PAGE, after };
    const wanted = await known(filter, context);
    return pageFrom(await context.journal.listOperations(wanted, page, await context.viewer()), operationFrom);
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
    const wanted = await known(filter, context);
    return context.journal.countOperations(wanted, await context.viewer());
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
  @FieldResolver(() => [IntegrationOperationStep], { description: 'Writes towards OZmap, in order.' })
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
    return page && pageFrom(page, operationFrom);
  }
}
