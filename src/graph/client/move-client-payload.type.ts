import { Field, ObjectType } from 'type-graphql';
import { MutationPayload } from '../problem/payload.type.js';
import { Property } from '../property/property.type.js';
import { Client } from './client.type.js';

/** What came of a change of port. */
@ObjectType({ description: 'What came of a change of port.' })
export class ChangePortPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, read back from OZmap.' })
  client?: Client | null;
}

/** What came of a relocation. */
@ObjectType({ description: 'What came of a relocation.' })
export class RelocateClientPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client in its new home.' })
  client?: Client | null;

  @Field(() => Property, { nullable: true, description: 'The home that was left, where it stays.' })
  oldProperty?: Property | null;
}

/** What came of an undone cancellation. */
@ObjectType({ description: 'What came of an undone cancellation.' })
export class UndoCancellationPayload extends MutationPayload {
  @Field(() => Client, { nullable: true, description: 'The client, back in its home.' })
  client?: Client | null;
}
