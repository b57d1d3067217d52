import { Arg, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { toProblem } from '../../errors/problem.js';
import type { RefusedViabilityBox, ViabilityBox } from '../../ozmap/types.js';
import { assertListAtMost } from '../arguments.js';
import type { Box } from '../box/box.type.js';
import type { RequestContext } from '../context.js';
import { OzmapProperty, propertyFrom } from '../property/property.type.js';
import { requestFrom, ViabilityInput } from './viability.input.js';
import type { ViabilityResult } from './viability.service.js';
import { Viability, ViabilityOutcome } from './viability.type.js';

const MAX_INPUTS = 100;

/** Whether addresses can be served. */
@Resolver(() => Viability)
export class ViabilityResolver {
  @Query(() => Viability, {
    nullable: true,
    description: 'Whether an address can be served, by the parameters set in OZmap.',
  })
  async viability(
    @Arg('input', () => ViabilityInput, { description: 'The place in question.' }) input: ViabilityInput,
    @Ctx() { viability }: RequestContext,
  ): Promise<Viability> {
    return viabilityFrom(await viability.check(requestFrom(input)));
  }

  @Query(() => [ViabilityOutcome], {
    nullable: true,
    description: `At most ${MAX_INPUTS}, in the given order, each with its own answer or problem.`,
  })
  async viabilities(
    @Arg('inputs', () => [ViabilityInput], { description: 'The place in question.' }) inputs: ViabilityInput[],
    @Ctx() { viability }: RequestContext,
  ): Promise<ViabilityOutcome[]> {
    assertListAtMost('viabilities', inputs, MAX_INPUTS);
    return Promise.all(
      inputs.map(async (input) => {
        try {
          return { viability: viabilityFrom(await viability.check(requestFrom(input))), problem: null };
        } catch (error) {
          const problem = toProblem(error);
          if (!problem) throw error;
          return { viability: null, problem };
        }
      }),
    );
  }

  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [OzmapProperty], {
    description: 'Properties nearby without client, whose drop and port can be reused.',
  })
  async reusableProperties(
    @Root() { reusablePropertyIds }: Viability,
    @Ctx() { loaders, keptHomes }: RequestContext,
  ): Promise<OzmapProperty[]> {
    if (reusablePropertyIds.length === 0) return [];
    const [kept, ...found] = await Promise.all([
      keptHomes,
      ...reusablePropertyIds.map((id) => loaders.properties.load(id)),
    ]);
    const isFree = ({ id, externalId }: { id: string; externalId: string | null }) =>
      kept !== null && !kept.has(id) && !(externalId !== null && kept.has(externalId));
    return found.flatMap((record) =>
      record && record.clientId === null && isFree(record) ? [propertyFrom(record)] : [],
    );
  }
}

function viabilityFrom({ boxes, refusedBoxes, ...answer }: ViabilityResult): Viability {
  return {
    ...answer,
    boxes: boxes.map(({ boxId: _id, box, ...offer }) => ({ ...offer, box: boxOf(box) })),
    refusedBoxes: refusedBoxes.map(({ boxId: _id, box, ...refusal }) => ({ ...refusal, box: boxOf(box) })),
  };
}

/** A viability answer holds part of a box; the rest is read when asked for, for all boxes at once. */
function boxOf({ id, name, location, projectId }: ViabilityBox | RefusedViabilityBox): Box {
  return { id, name, lat: location?.lat ?? null, lng: location?.lng ?? null, projectId, record: null };
}
