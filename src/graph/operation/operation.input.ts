import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, GraphQLISODateTime, ID, InputType } from 'type-graphql';
import type { OperationState } from '../../store/operation-state.js';
import { OperationStateEnum } from './operation.type.js';

/** Which operations. */
@InputType({ description: 'Which operations; everything that is set must hold.' })
export class OperationFilter {
  @IsOptional()
  @Field(() => ID, { nullable: true, description: "CNT's contract code." })
  contractCode?: string | null;

  @IsOptional()
  @ArrayMaxSize(20)
  @Field(() => [OperationStateEnum], { nullable: true, description: 'Any of these states.' })
  states?: OperationState[] | null;

  @IsOptional()
  @ArrayMaxSize(20)
  @MaxLength(60, { each: true })
  @Field(() => [String], { nullable: true, description: 'Any of these actions, e.g. `client.activate`.' })
  actions?: string[] | null;

  @IsOptional()
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Asked for at or after this.' })
  from?: Date | null;

  @IsOptional()
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Asked for before this.' })
  to?: Date | null;
}

/** Which operation to try again. */
@InputType({ description: 'Which operation to try again.' })
export class RetryOperationInput {
  @MaxLength(64)
  @Field(() => ID, { description: 'A FAILED operation.' })
  operationId!: string;
}
