import { Field, ID, ObjectType } from 'type-graphql';
import type { PlannedStep as Planned } from '../../domain/cancellation.js';
import { graphqlEnum } from '../enum.js';
import { Problem } from '../problem/problem.type.js';

const PlannedEffectEnum = graphqlEnum<Planned['effect']>('PlannedEffect', 'What will happen to a thing.', {
  DELETED: 'It goes.',
  KEPT: 'It stays as it is.',
  WRITTEN: 'A text in it changes.',
  DISCONNECTED: 'It stays, and its port becomes free.',
});

/** One thing that a cancellation touches. */
@ObjectType({ description: 'One thing that a cancellation touches, or keeps.' })
export class PlannedStep {
  @Field(() => PlannedEffectEnum, { description: 'What will happen.' })
  effect!: Planned['effect'];

  @Field(() => String, { description: 'To what, e.g. `client`, `property`, `drop`.' })
  what!: string;

  @Field(() => ID, { nullable: true, description: "OZmap's id." })
  id!: string | null;

  @Field(() => String, { nullable: true, description: 'The code, address or text in question.' })
  detail!: string | null;
}

/** A cancellation before it runs. */
@ObjectType({ description: 'Exactly what a cancellation would delete, keep, write and disconnect.' })
export class CancellationPlan {
  @Field(() => String, { description: 'Changes with anything in the plan; empty where there is a problem.' })
  fingerprint!: string;

  @Field(() => ID, { description: "CNT's contract code." })
  contractCode!: string;

  @Field(() => [PlannedStep], { description: 'In the order they would happen.' })
  steps!: PlannedStep[];

  @Field(() => Problem, { nullable: true, description: 'Why it would be refused.' })
  problem!: Problem | null;
}
