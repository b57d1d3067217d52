import { Field, ObjectType } from 'type-graphql';
import { IntegrationOperation } from '../operation/operation.type.js';
import { Problem, Warning } from './problem.type.js';

/** What every mutation answers besides what it was asked for. */
@ObjectType()
export abstract class MutationPayload {
  @Field(() => Problem, { nullable: true, description: 'Why it was not carried out; null if it was.' })
  problem!: Problem | null;

  @Field(() => [Warning], { description: 'Things to look at, although it was carried out.' })
  warnings!: Warning[];

  /** Read only where it is asked for. */
  @Field(() => IntegrationOperation, { nullable: true, description: 'The operation in the journal.' })
  operation!: IntegrationOperation | Promise<IntegrationOperation | null> | null;
}
