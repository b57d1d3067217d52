import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { toProblem } from '../../errors/problem.js';
import { Client } from '../client/client.type.js';
import type { RequestContext } from '../context.js';
import { OperationFilter, RetryOperationInput } from './operation.input.js';
import {
  connectionFrom,
  IntegrationOperation,
  IntegrationOperationConnection,
  operationFrom,
} from './operation.type.js';
import { RetryOperationPayload } from './retry-payload.type.js';

const PAGE = 20;

/** Reads the journal, as far as the caller's token reaches. */
@Resolver()
export class OperationResolver {
  @Query(() => IntegrationOperation, { nullable: true, description: 'One command and what came of it.' })
  async integrationOperation(
    @Arg('id', () => ID, { description: 'As a payload or problem names it.' }) id: string,
    @Ctx() { operations, sale }: RequestContext,
  ): Promise<IntegrationOperation | null> {
    const record = await operations.find(id);
    // A sale's bearer sees its own contract, whatever else the token behind it may see.
    if (!record || (sale && record.contractCode !== sale.contractCode)) return null;
    return operationFrom(record);
  }

  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges"])')
  @Query(() => IntegrationOperationConnection, { nullable: true, description: 'Newest first.' })
  async integrationOperations(
    @Arg('filter', () => OperationFilter, { nullable: true, description: 'Which ones.' })
    filter: OperationFilter | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE, description: 'At most 100.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the list.' }) after: string | null,
    @Ctx() { operations }: RequestContext,
  ): Promise<IntegrationOperationConnection> {
    const contractCode = filter?.contractCode ? parseContractCode(filter.contractCode) : null;
    return connectionFrom(await operations.list({ ...filter, contractCode }, { first: first ?? PAGE, after }));
  }

  @Mutation(() => RetryOperationPayload, { nullable: true, description: 'Tries a FAILED operation again.' })
  async retryOperation(
    @Arg('input', () => RetryOperationInput, { description: 'Which one.' }) input: RetryOperationInput,
    @Ctx() context: RequestContext,
  ): Promise<RetryOperationPayload> {
    context.forget();
    const operation = () => context.operation(input.operationId);
    try {
      await context.operations.retry(input.operationId);
      return { problem: null, operation: operation() };
    } catch (error) {
      const problem = toProblem(error);
      if (!problem) throw error;
      return { problem, operation: operation() };
    }
  }
}

/** The operations of a contract, under its client. */
@Resolver(() => Client)
export class ClientOperationsResolver {
  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges"])')
  @FieldResolver(() => IntegrationOperationConnection, {
    nullable: true,
    description: 'What was asked for this contract, newest first.',
  })
  async integrationOperations(
    @Root() { contractCode }: Client,
    @Arg('first', () => Int, { nullable: true, defaultValue: PAGE, description: 'At most 100.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the list.' }) after: string | null,
    @Ctx() { operationsOf }: RequestContext,
  ): Promise<IntegrationOperationConnection | null> {
    const page = await operationsOf({ first: first ?? PAGE, after }).load(contractCode);
    return page && connectionFrom(page);
  }
}
