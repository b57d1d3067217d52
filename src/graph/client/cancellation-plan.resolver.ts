import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { showCancellation } from '../../commands/cancel-client.saga.js';
import { parseContractCode } from '../../domain/contract-code.js';
import { toProblem } from '../../errors/problem.js';
import type { RequestContext } from '../context.js';
import { CancellationPlan } from './cancellation-plan.type.js';

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
      if (!problem || problem.code === 'UPSTREAM_UNAVAILABLE') throw error;
      return problem.code === 'NOT_FOUND' ? null : { fingerprint: '', contractCode, steps: [], problem };
    }
  }
}
