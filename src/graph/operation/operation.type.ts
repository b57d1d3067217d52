import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import { problemOf } from '../../errors/problem.js';
import { StoredProblemError } from '../../saga/problem.js';
import type { OperationPage, OperationRecord } from '../../saga/reads/records.js';
import type { OperationState } from '../../store/operation-state.js';
import { graphqlEnum } from '../enum.js';
import { Problem } from '../problem/problem.type.js';

export const OperationStateEnum = graphqlEnum<OperationState>('OperationState', 'Where a command stands.', {
  PENDING: 'Running.',
  QUEUED: 'Accepted while OZmap was away; will be carried out.',
  APPLIED: 'Done.',
  REFUSED: 'Refused: nothing was changed.',
  UNKNOWN: "OZmap's answer to a write was lost; being found out by reading.",
  FAILED: 'Not done, and given up; may be tried again.',
});

/** One write towards OZmap. */
@ObjectType({ description: 'One write towards OZmap.' })
export class OperationStep {
  @Field(() => String, { description: 'HTTP method.' })
  method!: string;

  @Field(() => String, { description: 'Path without secrets.' })
  path!: string;

  @Field(() => Int, { nullable: true, description: "OZmap's status; null where no answer came." })
  status!: number | null;

  @Field(() => Int, { nullable: true, description: 'Milliseconds.' })
  durationMs!: number | null;

  @Field(() => String, { description: 'SENT, DONE, REFUSED, NOT_SENT or UNKNOWN.' })
  outcome!: string;

  @Field(() => GraphQLISODateTime, { description: 'When its intent was written down.' })
  at!: Date;
}

/** One command as the journal holds it. */
@ObjectType({ description: 'One command as the journal holds it, with every write towards OZmap.' })
@Directive('@key(fields: "id")')
export class IntegrationOperation {
  @Field(() => ID, { description: 'Sorts by time.' })
  id!: string;

  @Field(() => String, { description: 'Noun and verb, e.g. `client.activate`; never changed once written.' })
  action!: string;

  @Field(() => ID, { nullable: true, description: "CNT's contract code." })
  contractCode!: string | null;

  @Field(() => ID, { nullable: true, description: 'The project it turned out to touch.' })
  projectId!: string | null;

  @Field(() => OperationStateEnum, { description: 'Where it stands.' })
  state!: OperationState;

  @Field(() => String, {
    description: "The token's owner, and the person in CNT: `api-cnt (maria)`. After a comma, who had it tried again.",
  })
  actor!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was asked for.' })
  requestedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ended.' })
  finishedAt!: Date | null;

  @Field(() => [OperationStep], { description: 'Its writes, in order.' })
  steps!: OperationStep[];

  @Field(() => Problem, { nullable: true, description: 'Why it was not done.' })
  problem!: Problem | null;
}

/** Where a list goes on. */
@ObjectType({ description: 'Where a list goes on.' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'There is more after `endCursor`.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'There is something before `startCursor`.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last.' })
  endCursor!: string | null;
}

/** An operation in a list. */
@ObjectType({ description: 'An operation in a list.' })
export class IntegrationOperationEdge {
  @Field(() => String, { description: 'For `after`.' })
  cursor!: string;

  @Field(() => IntegrationOperation, { description: 'The operation.' })
  node!: IntegrationOperation;
}

/** A page of operations. */
@ObjectType({ description: 'A page of operations, newest first.' })
export class IntegrationOperationConnection {
  @Field(() => [IntegrationOperationEdge], { description: 'The operations.' })
  edges!: IntegrationOperationEdge[];

  @Field(() => PageInfo, { description: 'Where it goes on.' })
  pageInfo!: PageInfo;
}

/** The operation as the API shows it: its problem in words for people. */
export function operationFrom({ problem, ...record }: OperationRecord): IntegrationOperation {
  return { ...record, problem: problem && problemOf(new StoredProblemError(problem, record.id)) };
}

/** A page as the API shows it. */
export function connectionFrom({ edges, hasNextPage, hasPreviousPage }: OperationPage): IntegrationOperationConnection {
  return {
    edges: edges.map(({ cursor, node }) => ({ cursor, node: operationFrom(node) })),
    pageInfo: {
      hasNextPage,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
