import { Directive, Field, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';
import type { OperationState } from '../../domain/operation.js';
import { problemOf } from '../../errors/messages.js';
import { StoredProblemError } from '../../saga/problem.js';
import type { OperationRecord, StepRecord } from '../../saga/reads/records.js';
import { graphqlEnum, INTERNAL, MAY_GROW, PageInfo } from '../common.type.js';
import { IntegrationProblem } from '../problem/problem.type.js';

export const OperationStateEnum = graphqlEnum<OperationState>('IntegrationOperationState', 'State of an operation.', {
  PENDING: 'Running now.',
  QUEUED: 'Accepted; waits for OZmap, or for what comes before it on its contract.',
  APPLIED: 'Carried out.',
  REFUSED: 'Refused; nothing was changed, or all of it was taken back.',
  UNKNOWN:
    "In doubt: OZmap's answer to a write was lost, or the command was cut short between two writes; the outcome is being determined by reading.",
  FAILED: 'Ended without success, possibly part-way; may be retried.',
});

const STEP_OUTCOMES = {
  SENT: 'Recorded and perhaps sent; no answer yet.',
  DONE: 'OZmap carried it out.',
  REFUSED: 'OZmap rejected it; nothing changed.',
  NOT_SENT: 'It never left.',
  UNKNOWN: "OZmap's answer was lost.",
};
type StepOutcome = keyof typeof STEP_OUTCOMES;
const StepOutcomeEnum = graphqlEnum<StepOutcome>(
  'IntegrationOperationStepOutcome',
  `What became of a write. ${MAY_GROW}`,
  STEP_OUTCOMES,
);

/** One write towards OZmap. */
@ObjectType({ description: 'One write towards OZmap.' })
@Directive(INTERNAL)
export class IntegrationOperationStep {
  @Field(() => String, { description: 'HTTP method of the request.' })
  method!: string;

  @Field(() => String, { description: 'Path of the request, without secrets.' })
  path!: string;

  @Field(() => Int, { nullable: true, description: 'HTTP status that OZmap answered; null if no answer came.' })
  status!: number | null;

  @Field(() => Int, { nullable: true, description: 'Duration in milliseconds.' })
  durationMs!: number | null;

  @Field(() => StepOutcomeEnum, { description: 'What became of it.' })
  outcome!: StepOutcome;

  @Field(() => GraphQLISODateTime, { description: 'When the intent to send it was recorded.' })
  at!: Date;
}

/** One thing that a command was asked to change. */
@ObjectType({ description: 'One thing that a command was asked to change.' })
@Directive(INTERNAL)
export class IntegrationOperationChange {
  @Field(() => String, {
    description: 'As inputs call it: `name`, `observation`, `address`, `boxId`, `port`, … New ones may be added.',
  })
  field!: string;

  @Field(() => String, {
    nullable: true,
    description: 'How it stood before; null for nothing, and where it is not known.',
  })
  before!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was asked for or, once done, came of it; null for nothing.',
  })
  after!: string | null;
}

/** Who had an operation tried again. */
@ObjectType({ description: 'Who had an operation tried again.' })
@Directive(INTERNAL)
export class IntegrationOperationRetry {
  @Field(() => String, { description: "The token's owner in OZmap." })
  actor!: string;

  @Field(() => String, { nullable: true, description: 'The person in CNT, unverified; null once erased.' })
  cntUser!: string | null;
}

/** One command as the journal holds it. */
@ObjectType({ description: 'One command as recorded in the journal, with every write towards OZmap.' })
@Directive('@key(fields: "id")')
export class IntegrationOperation {
  @Field(() => ID, { description: 'Id of the operation; ids sort by time.' })
  id!: string;

  @Field(() => String, { description: 'The kind of command, e.g. `client.activate`. New ones may be added.' })
  action!: string;

  @Field(() => ID, { nullable: true, description: "CNT's contract code." })
  contractCode!: string | null;

  @Field(() => ID, { nullable: true, description: 'The project of the affected client, once known.' })
  projectId!: string | null;

  @Field(() => OperationStateEnum, { description: 'State of the operation.' })
  state!: OperationState;

  @Directive(INTERNAL)
  @Field(() => String, { description: "The token's owner in OZmap." })
  actor!: string;

  @Directive(INTERNAL)
  @Field(() => String, {
    nullable: true,
    description: 'The person in CNT as `X-CNT-User` said, unverified; null once erased.',
  })
  cntUser!: string | null;

  @Directive(INTERNAL)
  @Field(() => IntegrationOperationRetry, { nullable: true, description: 'Who last had it tried again.' })
  retriedBy!: IntegrationOperationRetry | null;

  @Field(() => GraphQLISODateTime, { description: 'When the command was received.' })
  requestedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the operation ended; null while it is open.' })
  finishedAt!: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'When its effect was seen in OZmap although it had FAILED as not applied: a write that came late. It is not undone.',
  })
  lateEffectAt!: Date | null;

  @Field(() => IntegrationProblem, { nullable: true, description: 'Why it was not carried out.' })
  problem!: IntegrationProblem | null;
}

/** An operation in a list. */
@ObjectType({ description: 'An operation in a list.' })
export class IntegrationOperationEdge {
  @Field(() => String, { description: 'Cursor of this operation, for `after`.' })
  cursor!: string;

  @Field(() => IntegrationOperation, { description: 'The operation itself.' })
  node!: IntegrationOperation;
}

/** A page of operations. */
@ObjectType({ description: 'A page of operations, newest first.' })
export class IntegrationOperationConnection {
  @Field(() => [IntegrationOperationEdge], { description: 'The operations of this page.' })
  edges!: IntegrationOperationEdge[];

  @Field(() => PageInfo, { description: 'Cursors and whether there are more.' })
  pageInfo!: PageInfo;
}

/** The operation as the API shows it: its problem in words for people. */
export function operationFrom({ problem, ...record }: OperationRecord): IntegrationOperation {
  return {
    ...record,
    problem: problem && problemOf(new StoredProblemError(problem, record.id)),
  };
}

/** A step as the API shows it. */
export function stepFrom(step: StepRecord): IntegrationOperationStep {
  // A newer release may have written a word of its own.
  return { ...step, outcome: isStepOutcome(step.outcome) ? step.outcome : 'UNKNOWN' };
}

function isStepOutcome(word: string): word is StepOutcome {
  return Object.hasOwn(STEP_OUTCOMES, word);
}
