import type * as types from '../shared/operation-types.js';
import loggedOperation from '../shared/operations/logged-operation.graphql?raw';
import operations from '../shared/operations/operations.graphql?raw';
import retryOperation from '../shared/operations/retry-operation.graphql?raw';
import type { Operation } from '../shared/operations.js';

/** One page of the journal, newest first. */
export const operationsQuery: Operation<types.LogsOperationsQuery, types.LogsOperationsQueryVariables> = {
  name: 'LogsOperations',
  text: operations,
};
/** One operation by its number. */
export const operationQuery: Operation<types.LogsOperationQuery, types.LogsOperationQueryVariables> = {
  name: 'LogsOperation',
  text: loggedOperation,
};
/** Tries a failed operation again. */
export const retryMutation: Operation<types.LogsRetryOperationMutation, types.LogsRetryOperationMutationVariables> = {
  name: 'LogsRetryOperation',
  text: retryOperation,
};

/** A page of the journal as it comes. */
export type OperationPage = NonNullable<types.LogsOperationsQuery['integrationOperations']>;
/** One operation, as the journal shows it to this token. */
export type LoggedOperation = OperationPage['edges'][number]['node'];
export type LoggedStep = LoggedOperation['steps'][number];
export type LoggedProblem = NonNullable<LoggedOperation['problem']>;
