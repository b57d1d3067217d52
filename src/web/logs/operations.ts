import type { LoggedOperationFragment, LogsOperationsQuery, ProblemPartsFragment } from '../../generated/operations.js';

/** A page of the journal as it comes, newest first. */
export type OperationPage = NonNullable<LogsOperationsQuery['integrationOperations']>;
/** One operation, as the journal shows it to this token. */
export type LoggedOperation = LoggedOperationFragment;
export type LoggedStep = LoggedOperation['steps'][number];
export type LoggedProblem = ProblemPartsFragment;
