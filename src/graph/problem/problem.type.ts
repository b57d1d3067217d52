import { Field, Float, ID, ObjectType } from 'type-graphql';

/** One fact behind a refusal. */
@ObjectType({
  description: 'One fact behind a refusal: which field, what stands there, the limit and what was measured.',
})
export class ProblemDetail {
  @Field(() => String, { nullable: true, description: 'What this is about, e.g. `box`, `dropPath[2]`, `name`.' })
  field!: string | null;

  @Field(() => String, { nullable: true, description: 'What stands there, e.g. an id or a refusal code.' })
  value!: string | null;

  @Field(() => Float, { nullable: true, description: 'The limit; lengths in metres.' })
  limit!: number | null;

  @Field(() => Float, { nullable: true, description: 'What was measured; lengths in metres.' })
  actual!: number | null;
}

/** Why the caller did not get what was asked for. */
@ObjectType({
  description:
    'Why the caller did not get what was asked for. CONFLICT carries a reason. Codes and reasons: docs/errors.md.',
})
export class Problem {
  @Field(() => String, { description: 'Stable, e.g. `CONFLICT`, `NOT_FOUND`, `UPSTREAM_REFUSED`.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'With CONFLICT: stable, e.g. `PORT_TAKEN`.' })
  reason!: string | null;

  @Field(() => String, { description: 'A sentence for people: Portuguese, or English for `Accept-Language: en`.' })
  message!: string;

  @Field(() => ID, { nullable: true, description: 'The operation in the journal, where one was opened.' })
  operationId!: string | null;

  @Field(() => [ProblemDetail], { description: 'The facts behind it.' })
  details!: ProblemDetail[];
}

/** It was done, but look at this. */
@ObjectType({ description: 'It was done, but look at this.' })
export class Warning {
  @Field(() => String, {
    description: 'Stable: NOT_IMPLANTED_IN_OZMAP, NO_PROPERTY, DROP_DISCONNECTED, OBSERVATION_OVERWRITTEN.',
  })
  code!: string;

  @Field(() => String, { description: 'A sentence for people: Portuguese, or English for `Accept-Language: en`.' })
  message!: string;
}
