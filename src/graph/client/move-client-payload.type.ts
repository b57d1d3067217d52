import { Field, ObjectType } from 'type-graphql';
import { MutationPayload } from '../problem/payload.type.js';
import { Property } from '../property/property.type.js';
import { Client } from './client.type.js';

/** What came of a change of port. */
@ObjectType({ description: 'Result of a change of port.' })
export class ChangePortPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap.' })
  client?: Client | null;
}

/** What came of a relocation. */
@ObjectType({ description: 'Result of a relocation.' })
export class RelocateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client at its new property.' })
  client?: Client | null;

  @Field(() => Property, { nullable: true, description: 'The former property, if it was kept.' })
  oldProperty?: Property | null;
}

/** What came of an undone cancellation. */
@ObjectType({ description: 'Result of undoing a cancellation.' })
export class UndoCancellationPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The restored client.' })
  client?: Client | null;
}
