import type { Json, JsonObject } from '../../domain/json.js';
import type { OperationAction, OperationState } from '../../domain/operation.js';
import type { StoredProblem } from '../../store/tables.js';
import type { Intent } from '../sql/steps.js';
import type { Named } from '../sql/visible.js';

/** One write of an operation. `outcome`: SENT (no answer yet), DONE, REFUSED, NOT_SENT or UNKNOWN. */
export interface StepRecord extends Omit<Intent, 'seq'> {
  status: number | null;
  durationMs: number | null;
  outcome: string;
  at: Date;
}

/** An operation as its readers see it, without steps, input, facts and outcome. */
export interface OperationRecord {
  id: string;
  action: OperationAction;
  contractCode: string | null;
  projectId: string | null;
  state: OperationState;
  /** The token's owner. */
  actor: string;
  /** The person in CNT, unverified. */
  cntUser: string | null;
  /** Who last had it tried again; null when nobody had to. */
  retriedBy: { actor: string; cntUser: string | null } | null;
  requestedAt: Date;
  finishedAt: Date | null;
  expiresAt: Date | null;
  /** When something of it was seen after it had been closed as not applied. */
  lateEffectAt: Date | null;
  problem: StoredProblem | null;
}

/** What an operation left for whoever undoes it; null where its retention has passed. */
export interface OperationSnapshot extends OperationRecord {
  input: JsonObject | null;
  facts: JsonObject | null;
  outcome: Json;
}

/** A part of a list, newest first. `cursor` leads on to what is older; there may be more though it holds less than asked. */
export interface Page<Node> {
  edges: { cursor: string; node: Node }[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Where the list goes on: behind the last edge, or behind all that was searched for more. */
  endCursor: string | null;
}
export type OperationPage = Page<OperationRecord>;

/** How many operations stand in a state. */
export interface OperationCount {
  state: OperationState;
  count: number;
}

export interface OperationFilter {
  contractCode?: string | null | undefined;
  /** Of any of these contracts, or one of these operations. */
  named?: Named | null | undefined;
  /** Somewhere in the code, in letters of either case. */
  contractCodePart?: string | null | undefined;
  /** Words somewhere in the name of the person in CNT, whatever their order, accents and capitals. */
  cntUser?: string | null | undefined;
  states?: readonly OperationState[] | null | undefined;
  actions?: readonly string[] | null | undefined;
  from?: Date | null | undefined;
  to?: Date | null | undefined;
}

/** WAITING: to be sent, or sent again. DELIVERED: taken. DEAD_LETTER: set aside, because its receiver did not take it. */
export type DeliveryState = 'WAITING' | 'DELIVERED' | 'DEAD_LETTER';

/** One event for one receiver, as whoever looks after receivers sees it: neither its address nor its text. */
export interface DeliveryRecord {
  id: string;
  /** The same for every receiver of the event, and on every attempt. */
  webhookId: string;
  type: string;
  /** As it is called; of a receiver that has only an address, its host. Null: neither is known any more. */
  receiver: string | null;
  contractCode: string | null;
  operationId: string;
  state: DeliveryState;
  attempts: number;
  /** HTTP status of the last attempt; null: none yet, or no answer came. */
  lastStatus: number | null;
  lastAt: Date | null;
  lastMs: number | null;
  /** Why no answer came: a system error's code, TIMEOUT or NO_RECEIVER. */
  lastError: string | null;
  /** When it is sent next. */
  nextAt: Date | null;
  createdAt: Date;
}

export interface DeliveryFilter {
  states?: readonly DeliveryState[] | null | undefined;
  contractCode?: string | null | undefined;
}

/** `first` at most 100. `after`: a cursor; one that is none is BAD_USER_INPUT. */
export interface PageRequest {
  first: number;
  after?: string | null | undefined;
}

/** Cuts a list that was read one further than asked. `searchedTo`: where a search ended that is to go on from there. */
export function pageOf<Node extends { id: string }>(
  nodes: readonly Node[],
  { first, after }: PageRequest,
  searchedTo: string | null = null,
): Page<Node> {
  const edges = nodes.slice(0, first).map((node) => ({ cursor: toCursor(node.id), node }));
  const isCut = nodes.length > first;
  return {
    edges,
    hasNextPage: isCut || searchedTo !== null,
    hasPreviousPage: after !== null && after !== undefined,
    endCursor: !isCut && searchedTo !== null ? toCursor(searchedTo) : (edges.at(-1)?.cursor ?? null),
  };
}

function toCursor(id: string): string {
  return Buffer.from(id).toString('base64url');
}

/** The id in a cursor, as text: whoever uses it checks that it is one. */
export function fromCursor(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString();
}
