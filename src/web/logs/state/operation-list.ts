import type {
  LoggedOperationFragment,
  LogsNamesQuery,
  LogsOperationsQuery,
  NamedBoxFragment,
  ProblemPartsFragment,
} from '../../../generated/logs-operations.js';
import { OPEN_STATES } from './filters.js';

/** A page of the journal as it comes, newest first. */
export type OperationPage = NonNullable<LogsOperationsQuery['integrationOperations']>;
/** One operation, as the journal shows it to this token. */
export type LoggedOperation = LoggedOperationFragment;
export type LoggedStep = LoggedOperation['steps'][number];
export type LoggedProblem = ProblemPartsFragment;

/** The part of the journal that is on the page, newest first. */
export interface OperationList {
  readonly operations: readonly LoggedOperation[];
  readonly hasOlder: boolean;
  /** Leads on to what is older. */
  readonly endCursor: string | null;
}

/** How OZmap calls what the journal knows by codes and ids; null: this token sees none. */
export interface Names {
  readonly clients: Readonly<Record<string, NamedClient | null>>;
  readonly boxes: Readonly<Record<string, NamedBox | null>>;
}
export type NamedClient = NonNullable<NonNullable<NonNullable<LogsNamesQuery['clients']>[number]>>;
type NamedBox = NamedBoxFragment;
export const NO_NAMES: Names = { clients: {}, boxes: {} };

/** Boxes that an operation names. */
export function boxesOf({ changes }: LoggedOperation): string[] {
  return (changes ?? [])
    .filter(({ field }) => field === 'boxId')
    .flatMap(({ before, after }) => [before, after].filter((id) => id !== null));
}

/** Name of a project, by what is known of its boxes. */
export function projectName({ clients, boxes }: Names, id: string): string | null {
  const known = [...Object.values(boxes), ...Object.values(clients).map((client) => client?.property?.box ?? null)];
  return known.find((box) => box?.project?.id === id)?.project?.name ?? null;
}

export const EMPTY_LIST: OperationList = { operations: [], hasOlder: false, endCursor: null };

export function listOf({ edges, pageInfo }: OperationPage): OperationList {
  const operations = edges.map(({ node }) => node);
  return { operations, hasOlder: pageInfo.hasNextPage, endCursor: pageInfo.endCursor };
}

/** The list with older operations at its end. */
export function withOlder(list: OperationList, older: OperationList): OperationList {
  const known = new Set(list.operations.map(({ id }) => id));
  return { ...older, operations: [...list.operations, ...older.operations.filter(({ id }) => !known.has(id))] };
}

/** The list with its newest part read again. Where the two no longer meet, only what was read remains: no gap is hidden. */
export function withNewest(list: OperationList, newest: OperationList): OperationList {
  const last = newest.operations.at(-1);
  if (!last || !newest.hasOlder) return newest;
  const seam = list.operations.findIndex(({ id }) => id === last.id);
  const rest = seam < 0 ? [] : list.operations.slice(seam + 1);
  if (rest.length === 0) return newest;
  return { ...list, operations: [...newest.operations, ...rest] };
}

/** The list with these in their places, where it lacks them. */
export function withKept(list: OperationList, kept: readonly LoggedOperation[]): OperationList {
  const operations = [...list.operations];
  for (const operation of kept) {
    if (operations.some(({ id }) => id === operation.id)) continue;
    const place = operations.findIndex(({ requestedAt }) => requestedAt < operation.requestedAt);
    operations.splice(place < 0 ? operations.length : place, 0, operation);
  }
  return { ...list, operations };
}

/** The list with one operation as it is now. */
export function withOperation(list: OperationList, operation: LoggedOperation): OperationList {
  return { ...list, operations: list.operations.map((old) => (old.id === operation.id ? operation : old)) };
}

function isRunning({ state }: LoggedOperation): boolean {
  return OPEN_STATES.includes(state);
}

/** How many operations from the top reach the oldest that still runs. */
export function reachOfRunning({ operations }: OperationList): number {
  return operations.findLastIndex(isRunning) + 1;
}

/** By this a reading is known again; a second attempt ends later than the first. */
export function markOf(operations: readonly Pick<LoggedOperation, 'id' | 'state' | 'finishedAt'>[]): string {
  return operations.map(({ id, state, finishedAt }) => `${id} ${state} ${finishedAt}`).join('\n');
}

/** Operations that stand otherwise than before. */
export function changedStates(before: OperationList, after: OperationList): LoggedOperation[] {
  const states = new Map(before.operations.map(({ id, state }) => [id, state]));
  return after.operations.filter(({ id, state }) => states.has(id) && states.get(id) !== state);
}
