import { Field, ObjectType } from 'type-graphql';
import { Problem } from '../problem/problem.type.js';
import { IntegrationOperation } from './operation.type.js';

/** What came of trying again. */
@ObjectType({ description: 'What came of trying again.' })
export class RetryOperationPayload {
  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem!: Problem | null;

  @Field(() => IntegrationOperation, { nullable: true, description: 'The operation as it stands now.' })
  operation!: IntegrationOperation | Promise<IntegrationOperation | null> | null;
}
