import { Field, Int, ObjectType } from 'type-graphql';
import { Problem } from '../problem/problem.type.js';

/** A link to the map page. */
@ObjectType({ description: 'A link to the map page.' })
export class CreateOzlocLinkPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'Opens the sale once. The ticket is in its fragment, so that it reaches no server log and no referrer.',
  })
  url?: string | null;

  @Field(() => Date, { nullable: true, description: 'Until when the link may be opened.' })
  expiresAt?: Date | null;

  @Field(() => Problem, { nullable: true, description: 'Why there is no link; null if there is one.' })
  problem!: Problem | null;
}

/** What was taken back. */
@ObjectType({ description: 'Result of a revocation.' })
export class RevokeOzlocLinksPayload {
  @Field(() => Int, {
    nullable: true,
    description: 'Number of links and open sales that were revoked; null if unknown.',
  })
  revoked?: number | null;

  @Field(() => Problem, { nullable: true, description: 'Why nothing was revoked; null if it was.' })
  problem!: Problem | null;
}
