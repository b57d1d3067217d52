import { Field, ObjectType } from 'type-graphql';
import { IntegrationOperation } from '../operation/operation.type.js';
import { Problem, Warning } from './problem.type.js';

/** What every mutation answers besides what it was asked for. */
@ObjectType()
export abstract class MutationPayload {
  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem!: Problem | null;

  @Field(() => [Warning], { description: 'It was done, but look at these.' })
  warnings!: Warning[];

  /** Read only where it is asked for. */
  @Field(() => IntegrationOperation, { nullable: true, description: 'What the journal holds of it.' })
  operation!: IntegrationOperation | Promise<IntegrationOperation | null> | null;
}
