import { Arg, Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import { showCancellation } from '../../commands/cancel-client.saga.js';
import type { PlannedStep as Planned } from '../../domain/cancellation-plan.js';
import { parseContractCode } from '../../domain/contract-code.js';
import { toProblem } from '../../errors/messages.js';
import { graphqlEnum } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { IntegrationProblem } from '../problem/problem.type.js';

const PlannedEffectEnum = graphqlEnum<Planned['effect']>('PlannedEffect', 'What would happen to a record.', {
  DELETED: 'It would be deleted.',
  KEPT: 'It would stay as it is.',
  WRITTEN: 'A text in it would change.',
  DISCONNECTED: 'It would stay, and its port would become free.',
});

/** One thing that a cancellation touches. */
@ObjectType({ description: 'One record that a cancellation changes or keeps.' })
export class PlannedStep {
  @Field(() => PlannedEffectEnum, { description: 'What would happen to the record.' })
  effect!: Planned['effect'];

  @Field(() => String, {
    description:
      'Kind of record, e.g. `client`, `property`, `drop`; `client.<field>`: a field of the client that an undo cannot restore.',
  })
  what!: string;

  @Field(() => ID, { nullable: true, description: "OZmap's id." })
  id!: string | null;

  @Field(() => String, { nullable: true, description: 'The code, address or text concerned.' })
  detail!: string | null;
}

/** A cancellation before it runs. */
@ObjectType({ description: 'What a cancellation would delete, keep, change and disconnect.' })
export class CancellationPlan {
  @Field(() => String, {
    description: 'Hash of the plan, which changes with any part of it; empty if there is a problem.',
  })
  fingerprint!: string;

  @Field(() => ID, { description: "CNT's contract code." })
  contractCode!: string;

  @Field(() => [PlannedStep], { description: 'The records concerned, in the order in which they would be dealt with.' })
  steps!: PlannedStep[];

  @Field(() => IntegrationProblem, { nullable: true, description: 'Why the cancellation would be refused.' })
  problem!: IntegrationProblem | null;
}

/** Shows a cancellation before it runs. */
@Resolver()
export class CancellationPlanResolver {
  @Query(() => CancellationPlan, {
    nullable: true,
    description: 'What a cancellation would do; null if there is no such client.',
  })
  async cancellationPlan(
    @Arg('contractCode', () => ID, { description: "CNT's contract code." }) code: string,
    @Arg('disconnectDrop', () => Boolean, {
      nullable: true,
      description: 'Whether to disconnect the drop from its port; by configuration if absent.',
    })
    disconnectDrop: boolean | null,
    @Arg('contractWasActive', () => Boolean, {
      nullable: true,
      defaultValue: false,
      description: 'The contract was active in CNT although OZmap holds the client as not implanted.',
    })
    contractWasActive: boolean | null,
    @Ctx() { session }: RequestContext,
  ): Promise<CancellationPlan | null> {
    const contractCode = parseContractCode(code);
    try {
      const request = { contractCode, disconnectDrop, contractWasActive };
      return { ...(await showCancellation(request, session)), problem: null };
    } catch (error) {
      const problem = toProblem(error);
      if (problem.code === 'UPSTREAM_UNAVAILABLE') throw error;
      return problem.code === 'NOT_FOUND' ? null : { fingerprint: '', contractCode, steps: [], problem };
    }
  }
}
