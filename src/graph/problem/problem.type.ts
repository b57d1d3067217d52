import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { WarningCode } from '../../domain/operation.js';
import type { ConflictReason, ErrorCode } from '../../errors/app-error.js';
import { graphqlEnum, MAY_GROW } from '../common.type.js';

const ProblemCodeEnum = graphqlEnum<ErrorCode>(
  'IntegrationProblemCode',
  `What kind of problem it is. ${MAY_GROW} Explained in docs/errors.md.`,
  {
    NOT_FOUND: 'It is not there, or not visible to this token.',
    CONFLICT: 'The state of the network forbids it: see `reason`.',
    IDEMPOTENCY_MISMATCH: 'The idempotency key was used before, with other input.',
    UPSTREAM_REFUSED: 'OZmap rejected the write; nothing changed.',
    UPSTREAM_UNAVAILABLE: 'OZmap does not answer; nothing was written.',
    GEOCODER_UNAVAILABLE: 'The geocoder does not answer; a position can be given instead.',
    GEOCODER_REFUSED: 'The geocoder refuses the key or the question of this service.',
    GEOCODER_QUOTA: 'The geocoder was asked too much.',
    UPSTREAM_OUTCOME_UNKNOWN: "OZmap's answer to a write was lost: do not repeat it, read how it ended.",
    UPSTREAM_UNEXPECTED_EFFECT: 'OZmap said yes, and what is read back is not what was asked for.',
    UPSTREAM_UNEXPECTED_SHAPE: "OZmap's answer lacks something that is needed.",
    JOURNAL_UNAVAILABLE: 'The journal cannot be written or read; nothing was sent to OZmap.',
    BAD_USER_INPUT: 'The input is wrong.',
    UNAUTHENTICATED: 'No token, or one that OZmap does not know.',
    FORBIDDEN: 'The token may not do this.',
    LIMIT_EXCEEDED: 'More than one request may ask for.',
    RATE_LIMITED: 'Too many requests from this caller.',
    REQUEST_TIMEOUT: 'It took too long.',
    INTERNAL_SERVER_ERROR: 'A fault of this service.',
  },
);

const ProblemReasonEnum = graphqlEnum<ConflictReason>(
  'IntegrationProblemReason',
  `Why the state of the network forbids it. ${MAY_GROW} Explained in docs/errors.md.`,
  {
    CODE_IN_USE: 'OZmap has a client with this contract code.',
    CODE_AMBIGUOUS: 'Several clients have this code.',
    BOX_NOT_OFFERED: 'The box is not among the offers at this location.',
    BOX_FULL: 'No port of the box is free any more.',
    PORT_TAKEN: 'Somebody else has the port.',
    DROP_TOO_LONG: 'The drop is longer than the project allows.',
    DROP_OFF_NETWORK: 'A point of the drawn drop is not on a pole, or an end is not at the client or the box.',
    NOT_ACTIVE: 'OZmap holds the client as not implanted.',
    ALREADY_ACTIVE: 'OZmap holds the client as implanted.',
    SEVERAL_PROPERTIES: 'The client has several properties.',
    PROPERTY_OCCUPIED: 'Somebody lives at that property.',
    POLICY_DISABLED: "The provider's configuration does not allow it.",
    OBSERVATION_CHANGED: "OZmap's observation is not what the caller expects.",
    PLAN_CHANGED: 'The cancellation would no longer do what its plan showed.',
    IN_PROGRESS: 'Another command on this contract, or the same one, has not finished.',
    BUSY: 'Another command holds the contract, the box or the property.',
    UNDO_EXPIRED: 'Too long ago to be undone.',
    PORT_NO_LONGER_FREE: 'The port that the client had is in use by somebody else.',
    LINKS_NOT_CONFIGURED: 'Links to the map page are not configured.',
  },
);

const WarningCodeEnum = graphqlEnum<WarningCode>(
  'IntegrationWarningCode',
  `What to look at. ${MAY_GROW} Explained in docs/errors.md.`,
  {
    NOT_IMPLANTED_IN_OZMAP: 'Cancelled as active although OZmap held the client as not implanted.',
    NO_PROPERTY: 'The client has no property in OZmap.',
    DROP_DISCONNECTED: "The client's drop is connected to no port.",
    OBSERVATION_OVERWRITTEN: "OZmap's earlier observation was replaced.",
    LEFT_AS_IT_IS: 'OZmap holds the contract in another state than was declared, and was left as it is.',
    OLDER_DECLARATION: 'A later state of the contract was declared before: this one was not applied.',
    NOT_UPDATED: 'Name or observation was not changed: the configuration does not allow it.',
  },
);

/** One fact behind a refusal. */
@ObjectType({
  description: 'One fact behind a problem: the field, its value, the limit and the measured value.',
})
export class IntegrationProblemDetail {
  @Field(() => String, { nullable: true, description: 'The field concerned, e.g. `boxId`, `dropPath[2]`, `name`.' })
  field!: string | null;

  @Field(() => String, { nullable: true, description: 'The value concerned, e.g. an id or a refusal code.' })
  value!: string | null;

  @Field(() => Float, { nullable: true, description: 'The limit; lengths in metres.' })
  limit!: number | null;

  @Field(() => Float, { nullable: true, description: 'What was measured; lengths in metres.' })
  actual!: number | null;
}

/** Why the caller did not get what was asked for. */
@ObjectType({
  description:
    'Why a command was not carried out or a question not answered. CONFLICT carries a reason. Codes and reasons: docs/errors.md.',
})
export class IntegrationProblem {
  @Field(() => ProblemCodeEnum, { description: 'What kind of problem it is.' })
  code!: ErrorCode;

  @Field(() => ProblemReasonEnum, { nullable: true, description: 'Of a CONFLICT: what forbids it.' })
  reason!: ConflictReason | null;

  @Field(() => String, { description: 'A sentence for people: Portuguese, or English for `Accept-Language: en`.' })
  message!: string;

  @Field(() => ID, { nullable: true, description: 'The operation in the journal, if one was opened.' })
  operationId!: string | null;

  @Field(() => [IntegrationProblemDetail], { description: 'Facts behind the problem.' })
  details!: IntegrationProblemDetail[];
}

/** It was done, but look at this. */
@ObjectType({ description: 'Something to look at, although the command was carried out.' })
export class IntegrationWarning {
  @Field(() => WarningCodeEnum, { description: 'What to look at.' })
  code!: WarningCode;

  @Field(() => String, { description: 'A sentence for people: Portuguese, or English for `Accept-Language: en`.' })
  message!: string;
}
