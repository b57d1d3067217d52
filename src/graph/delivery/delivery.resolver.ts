import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import {
  Arg,
  Ctx,
  Directive,
  Field,
  GraphQLISODateTime,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { parseContractCode } from '../../domain/contract-code.js';
import { toProblem } from '../../errors/messages.js';
import type { DeliveryRecord, DeliveryState } from '../../saga/reads/records.js';
import { AfterArg, FirstArg, graphqlEnum, INTERNAL, PAGE, PAGED, PageInfo, pageFrom } from '../common.type.js';
import type { RequestContext } from '../context.js';
import { IntegrationProblem } from '../problem/problem.type.js';

const DeliveryStateEnum = graphqlEnum<DeliveryState>('IntegrationEventDeliveryState', 'State of a delivery.', {
  WAITING: 'On its way: to be sent, or to be sent again.',
  DELIVERED: 'The receiver took it. Kept for 7 days.',
  DEAD_LETTER: 'Set aside, because the receiver did not take it. Kept for 30 days.',
});

/** Which deliveries. */
@InputType({ description: 'Which deliveries to list; all given conditions must hold.' })
@Directive(INTERNAL)
export class IntegrationEventDeliveryFilter {
  @IsOptional()
  @ArrayMaxSize(3)
  @Field(() => [DeliveryStateEnum], { nullable: true, description: 'Only deliveries in one of these states.' })
  states?: DeliveryState[] | null;

  @IsOptional()
  @Field(() => ID, { nullable: true, description: "CNT's contract code." })
  contractCode?: string | null;
}

/** One event for one receiver. */
@ObjectType({ description: 'One event on its way to one receiver, or delivered.' })
@Directive(INTERNAL)
export class IntegrationEventDelivery implements DeliveryRecord {
  @Field(() => ID, { description: 'Id of the delivery.' })
  id!: string;

  @Field(() => ID, { description: 'The `webhook-id` that the receiver sees: the same on every attempt.' })
  webhookId!: string;

  @Field(() => String, { description: 'Type of the event, e.g. `client.activated`. New ones may be added.' })
  type!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name of the receiver; of one that has only an address, its host.',
  })
  receiver!: string | null;

  @Field(() => ID, { nullable: true, description: "CNT's contract code." })
  contractCode!: string | null;

  @Field(() => ID, { description: 'The operation that the event tells of.' })
  operationId!: string;

  @Field(() => DeliveryStateEnum, { description: 'State of the delivery.' })
  state!: DeliveryState;

  @Field(() => Int, { description: 'How often it was sent, since it was last asked for.' })
  attempts!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'HTTP status of the last attempt; null if none was made yet or no answer came.',
  })
  lastStatus!: number | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the last attempt ended.' })
  lastAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'Duration of the last attempt in milliseconds.' })
  lastMs!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Why no answer came, e.g. `ECONNREFUSED` or `TIMEOUT`; `NO_RECEIVER`: the receiver is not configured any more.',
  })
  lastError!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it is sent next; null unless it waits.' })
  nextAt!: Date | null;

  @Field(() => GraphQLISODateTime, { description: 'When the event was written down, or asked to be sent again.' })
  createdAt!: Date;
}

/** A delivery in a list. */
@ObjectType({ description: 'A delivery in a list.' })
@Directive(INTERNAL)
export class IntegrationEventDeliveryEdge {
  @Field(() => String, { description: 'Cursor of this delivery, for `after`.' })
  cursor!: string;

  @Field(() => IntegrationEventDelivery, { description: 'The delivery itself.' })
  node!: IntegrationEventDelivery;
}

/** A page of deliveries. */
@ObjectType({ description: 'A page of deliveries, newest first.' })
@Directive(INTERNAL)
export class IntegrationEventDeliveryConnection {
  @Field(() => [IntegrationEventDeliveryEdge], { description: 'The deliveries of this page.' })
  edges!: IntegrationEventDeliveryEdge[];

  @Field(() => PageInfo, { description: 'Cursors and whether there are more.' })
  pageInfo!: PageInfo;
}

/** Which delivery to send again. */
@InputType({ description: 'The delivery to send again.' })
@Directive(INTERNAL)
export class RedeliverEventInput {
  @MaxLength(64)
  @Field(() => ID, { description: 'Id of a delivery that is a dead letter or was delivered.' })
  deliveryId!: string;
}

/** Result of sending again. */
@ObjectType({ description: 'Result of sending an event again.' })
@Directive(INTERNAL)
export class RedeliverEventPayload {
  @Field(() => IntegrationProblem, { nullable: true, description: 'Why it will not be sent; null if it will.' })
  problem!: IntegrationProblem | null;

  @Field(() => IntegrationEventDelivery, { nullable: true, description: 'The delivery as it is now.' })
  delivery!: IntegrationEventDelivery | null;
}

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
    return pageFrom(await context.journal.listDeliveries({ states, contractCode }, page, viewer), (node) => node);
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
