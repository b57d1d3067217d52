import { Field, ObjectType } from 'type-graphql';
import { MutationPayload } from '../problem/payload.type.js';
import { Property } from '../property/property.type.js';
import { Client } from './client.type.js';

/** What came of an activation. */
@ObjectType({ description: 'Result of an activation.' })
export class ActivateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap.' })
  client?: Client | null;
}

/** What came of an update. */
@ObjectType({ description: 'Result of an update.' })
export class UpdateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap.' })
  client?: Client | null;
}

/** What came of a cancellation. */
@ObjectType({ description: 'Result of a cancellation.' })
export class CancelClientPayload extends MutationPayload {
  @Field(() => Property, { nullable: true, description: 'The property that stays.' })
  property?: Property | null;
}
