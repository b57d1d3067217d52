import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, GraphQLISODateTime, ID, InputType } from 'type-graphql';
import type { OperationState } from '../../store/operation-state.js';
import { OperationStateEnum } from './operation.type.js';

/** Which operations. */
@InputType({ description: 'Which operations to list; all given conditions must hold.' })
export class OperationFilter {
  @IsOptional()
  @Field(() => ID, { nullable: true, description: "CNT's contract code." })
  contractCode?: string | null;

  @IsOptional()
  @ArrayMaxSize(20)
  @Field(() => [OperationStateEnum], { nullable: true, description: 'Only operations in one of these states.' })
  states?: OperationState[] | null;

  @IsOptional()
  @ArrayMaxSize(20)
  @MaxLength(60, { each: true })
  @Field(() => [String], { nullable: true, description: 'Only these kinds of command, e.g. `client.activate`.' })
  actions?: string[] | null;

  @IsOptional()
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Received at or after this instant.' })
  from?: Date | null;

  @IsOptional()
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Received before this instant.' })
  to?: Date | null;
}

/** Which operation to try again. */
@InputType({ description: 'The operation to retry.' })
export class RetryOperationInput {
  @MaxLength(64)
  @Field(() => ID, { description: 'Id of a FAILED operation.' })
  operationId!: string;
}
