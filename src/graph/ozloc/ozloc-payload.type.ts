import { Field, Int, ObjectType } from 'type-graphql';
import { Problem } from '../problem/problem.type.js';

/** A link to the map page. */
@ObjectType({ description: 'A link to the map page.' })
export class CreateOzlocLinkPayload {
  @Field(() => String, {
    nullable: true,
    description: 'Opens the sale once. Its fragment is the ticket: it reaches no server log and no referrer.',
  })
  url?: string | null;

  @Field(() => Date, { nullable: true, description: 'Until when it may be opened.' })
  expiresAt?: Date | null;

  @Field(() => Problem, { nullable: true, description: 'Why there is no link; null when there is.' })
  problem!: Problem | null;
}

/** What was taken back. */
@ObjectType({ description: 'What was taken back.' })
export class RevokeOzlocLinksPayload {
  @Field(() => Int, { nullable: true, description: 'Links and open sales that ended; null when that is not known.' })
  revoked?: number | null;

  @Field(() => Problem, { nullable: true, description: 'Why nothing ended; null when it did.' })
  problem!: Problem | null;
}
