import { Field, ObjectType } from 'type-graphql';
import { MutationPayload } from '../problem/payload.type.js';
import { Property } from '../property/property.type.js';
import { Client } from './client.type.js';

/** What came of an activation. */
@ObjectType({ description: 'What came of an activation.' })
export class ActivateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap.' })
  client?: Client | null;
}

/** What came of an update. */
@ObjectType({ description: 'What came of an update.' })
export class UpdateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap.' })
  client?: Client | null;
}

/** What came of a cancellation. */
@ObjectType({ description: 'What came of a cancellation.' })
export class CancelClientPayload extends MutationPayload {
  @Field(() => Property, { nullable: true, description: 'The home that stays.' })
  property?: Property | null;
}
