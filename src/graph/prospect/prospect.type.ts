import { Field, Float, ID, ObjectType } from 'type-graphql';
import { IntegrationOperation } from '../operation/operation.type.js';
import { Problem } from '../problem/problem.type.js';

/** An address that could not be served, kept as a lead. */
@ObjectType({ description: 'An address that could not be served, kept in OZmap as a lead.' })
export class Prospect {
  @Field(() => ID, { description: "OZmap's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Name of the interested person.' })
  name!: string | null;

  @Field(() => Float, { nullable: true, description: 'WGS84 degrees.' })
  lat!: number | null;

  @Field(() => Float, { nullable: true, description: 'WGS84 degrees.' })
  lng!: number | null;
}

/** What came of keeping a lead. */
@ObjectType({ description: 'Result of storing a lead.' })
export class CreateProspectPayload {
  @Field(() => Prospect, { nullable: true, description: 'The stored lead.' })
  prospect?: Prospect | null;

  @Field(() => Problem, { nullable: true, description: 'Why it was not carried out; null if it was.' })
  problem!: Problem | null;

  @Field(() => IntegrationOperation, { nullable: true, description: 'The operation in the journal.' })
  operation!: IntegrationOperation | Promise<IntegrationOperation | null> | null;
}
