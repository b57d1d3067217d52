import { Field, ObjectType } from 'type-graphql';
import { Problem, Warning } from './problem.type.js';

/** What every mutation answers besides what it was asked for. */
@ObjectType()
export abstract class MutationPayload {
  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem!: Problem | null;

  @Field(() => [Warning], { description: 'It was done, but look at these.' })
  warnings!: Warning[];
}
