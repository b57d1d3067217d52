import { Field, Float, ID, ObjectType } from 'type-graphql';

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
  @Field(() => String, { description: 'Stable code, e.g. `CONFLICT`, `NOT_FOUND`, `UPSTREAM_REFUSED`.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'Stable reason of a CONFLICT, e.g. `PORT_TAKEN`.' })
  reason!: string | null;

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
  @Field(() => String, {
    description: 'Stable code: NOT_IMPLANTED_IN_OZMAP, NO_PROPERTY, DROP_DISCONNECTED, OBSERVATION_OVERWRITTEN.',
  })
  code!: string;

  @Field(() => String, { description: 'A sentence for people: Portuguese, or English for `Accept-Language: en`.' })
  message!: string;
}
