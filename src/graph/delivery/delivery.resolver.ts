import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { toProblem } from '../../errors/messages.js';
import { AfterArg, connectionOf, FirstArg, INTERNAL, PAGE, PAGED } from '../common.type.js';
import type { RequestContext } from '../context.js';
import {
  IntegrationEventDelivery,
  IntegrationEventDeliveryConnection,
  IntegrationEventDeliveryFilter,
  RedeliverEventInput,
  RedeliverEventPayload,
} from './delivery.type.js';

/** Looks after what receivers are told, as far as the caller's token reaches. */
@Resolver(() => IntegrationEventDelivery)
export class DeliveryResolver {
  @Directive(INTERNAL)
  @Directive(PAGED)
  @Query(() => IntegrationEventDeliveryConnection, {
    nullable: true,
    description:
      'Events for receivers (WEBHOOK_URLS) about operations that this token may see, newest first. A page may hold less than `first`, or nothing, while `hasNextPage` is true.',
  })
  async integrationEventDeliveries(
    @Arg('filter', () => IntegrationEventDeliveryFilter, { nullable: true, description: 'Which deliveries to list.' })
    filter: IntegrationEventDeliveryFilter | null,
    @FirstArg() first: number | null,
    @AfterArg() after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<IntegrationEventDeliveryConnection> {
    const { states, contractCode: code } = filter ?? {};
    // An empty one is refused: it must not list everybody's.
    const contractCode = code == null ? null : parseContractCode(code);
    const page = { first: first ?? PAGE, after };
    const viewer = await context.viewer();
    return connectionOf(await context.journal.listDeliveries({ states, contractCode }, page, viewer), (node) => node);
  }

  @Directive(INTERNAL)
  @Mutation(() => RedeliverEventPayload, {
    nullable: true,
    description:
      'Sends an event again to its receiver, under its old `webhook-id`. One that waits stays as it is: it is sent when it is due.',
  })
  async redeliverEvent(
    @Arg('input', () => RedeliverEventInput, { description: 'The delivery to send again.' })
    { deliveryId }: RedeliverEventInput,
    @Ctx() context: RequestContext,
  ): Promise<RedeliverEventPayload> {
    try {
      const viewer = await context.viewer();
      await context.journal.sendAgain(deliveryId, viewer);
      return { problem: null, delivery: await context.journal.findDelivery(deliveryId, viewer) };
    } catch (error) {
      return { problem: toProblem(error), delivery: null };
    }
  }
}
