import { Field, ObjectType } from 'type-graphql';
import { Problem } from '../problem/problem.type.js';
import { IntegrationOperation } from './operation.type.js';

/** What came of trying again. */
@ObjectType({ description: 'Result of a retry.' })
export class RetryOperationPayload {
  @Field(() => Problem, { nullable: true, description: 'Why it was not carried out; null if it was.' })
  problem!: Problem | null;

  @Field(() => IntegrationOperation, { nullable: true, description: 'The operation after the retry.' })
  operation!: IntegrationOperation | Promise<IntegrationOperation | null> | null;
}
