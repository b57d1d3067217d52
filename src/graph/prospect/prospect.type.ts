import { Field, Float, ID, ObjectType } from 'type-graphql';
import { IntegrationOperation } from '../operation/operation.type.js';
import { Problem } from '../problem/problem.type.js';

/** An address that could not be served, kept as a lead. */
@ObjectType({ description: 'An address that could not be served, kept in OZmap as a lead.' })
export class Prospect {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Who asked.' })
  name!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees, WGS84.' })
  lat!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees, WGS84.' })
  lng!: number | null;
}

/** What came of keeping a lead. */
@ObjectType({ description: 'What came of keeping a lead.' })
export class CreateProspectPayload {
  @Field(() => Prospect, { nullable: true, description: 'The lead.' })
  prospect?: Prospect | null;

  @Field(() => Problem, { nullable: true, description: 'Why it was not done; null when it was.' })
  problem!: Problem | null;

  @Field(() => IntegrationOperation, { nullable: true, description: 'What the journal holds of it.' })
  operation!: IntegrationOperation | Promise<IntegrationOperation | null> | null;
}
