import type { ColumnType, Generated } from 'kysely';
import type { Json, JsonObject } from '../domain/json.js';
import type { OperationAction, OperationState } from '../domain/operation.js';

/** Written as JSON text, read as the value: `json` columns keep what they were given, also what `jsonb` refuses (U+0000). */
type JsonColumn<T> = ColumnType<T, string | null, string | null>;
type Time = ColumnType<Date, Date | undefined, Date>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;

/** One command, from acceptance to its end. */
export interface OperationTable {
  id: string;
  action: OperationAction;
  contract_code: string | null;
  /** Of a transfer: the contract that the client is handed over to. */
  to_contract_code: Generated<string | null>;
  project_id: string | null;
  state: OperationState;
  owner_id: string;
  owner_name: string;
  cnt_user: string | null;
  /** Who last had it tried again: the token's owner and the person in CNT; null when nobody had to. */
  retried_by: string | null;
  retried_cnt_user: string | null;
  /** SHA-256 of the caller's token. */
  token_hash: string;
  /** Null once erased or past its retention. */
  input: JsonColumn<JsonObject | null>;
  /** Null with `input`, once that is erased or past its retention: nobody confirms a guess by it. */
  input_hash: string | null;
  idempotency_key: string | null;
  box_ids: string[];
  /** Homes and boxes (`property:<id>`, `box:<id>`) that nobody else may take until it is finished. */
  kept: Generated<string[]>;
  /** Project ids that the caller's token saw when the command was accepted for later; null when it never was. */
  scope: JsonColumn<string[] | null>;
  facts: JsonColumn<JsonObject | null>;
  /** Of the saga's state among the facts, which only a release that knows it may go on with. Null: there is none. 0: written before there were sagas. */
  state_version: Generated<number | null>;
  outcome: JsonColumn<Json>;
  problem: JsonColumn<StoredProblem | null>;
  requested_at: Time;
  finished_at: NullableTime;
  /** First accepted as QUEUED, or queued anew by a retry. */
  queued_at: NullableTime;
  /** The process that accepted it as QUEUED, or queued it anew. */
  queued_by: string | null;
  /** What reserves, extends a reservation or hands one over: when it is withdrawn by itself. */
  expires_at: NullableTime;
  /** Of the same: the client, by OZmap's id. Null for whatever made none. */
  made_client_id: string | null;
  /** The run that may write, and the process that runs it. A write's intent is recorded only for this run. */
  run_id: string | null;
  process_id: string | null;
  last_write_at: NullableTime;
  /**
   * When the background claims it next: QUEUED to run it, UNKNOWN to look at its outcome, APPLIED for scheduled work that follows it. A claim
   * sets it to the claim's end. Null: the background has nothing to do with it.
   */
  due_at: NullableTime;
  /** How often it was claimed in this state. */
  attempts: Generated<number>;
  /** It was open when its database was found to be restored: not carried out before a person releases it. */
  held_at: NullableTime;
  /** FAILED as not applied: when OZmap is asked once more whether that is so. */
  look_again_at: NullableTime;
  /** When something of it was seen after all. */
  late_effect_at: NullableTime;
  /** Of a declaration: when the contract was so, as CNT says, or when it said so. */
  declared_at: NullableTime;
  /** A person's data is to be erased as soon as it is finished. */
  erase_requested: Generated<boolean>;
}

/** One write of an operation. `outcome`: SENT (intent only), DONE, REFUSED, NOT_SENT or UNKNOWN. */
interface StepTable {
  operation_id: string;
  seq: number;
  name: string;
  method: string;
  path: string;
  status: number | null;
  duration_ms: number | null;
  outcome: string;
  at: Time;
}

/** Who may write on a contract or take ports of a box. `resource`: `contract:<code>`, `box:<id>` or `property:<id>`. */
interface LeaseTable {
  resource: string;
  holder: string;
  until: Time;
}

/** A living process, by its last sign of life. */
interface ProcessTable {
  id: string;
  seen_at: Time;
}

/** A token that OZmap verified, by its hash. */
interface KnownTokenTable {
  token_hash: string;
  owner_id: string;
  owner_name: string;
  project_ids: JsonColumn<string[]>;
  verified_at: Time;
}

/** An event on its way to one receiver; once it is delivered, the row goes to `delivered`. */
export interface DeliveryTable {
  seq: Generated<string>;
  /** Webhook id: the same on every attempt. */
  id: string;
  /** Whose it is: the receiver's name in the file of receivers, or its address where it has none. */
  url: string;
  /** Contract, or the operation itself where there is none: deliveries of one key keep their order. */
  order_key: string;
  operation_id: string;
  /** The text that is signed and sent. */
  body: string;
  attempts: Generated<number>;
  /** When it is sent next; a claim sets it to the claim's end. Null: a dead letter. */
  due_at: NullableTime;
  /** Since when the receiver answers that it will not take it. */
  refused_at: NullableTime;
  /** Answer to the last attempt; null: none came. */
  last_status: number | null;
  /** When the last attempt ended, how long it took, and why no answer came. */
  last_at: NullableTime;
  last_ms: number | null;
  last_error: string | null;
  /** Set aside: it is sent again only when it is asked for. */
  dead_at: NullableTime;
  created_at: Time;
}

/** An event that its receiver took, under the number that it had: it goes back under that to be sent again. */
interface DeliveredTable
  extends Pick<DeliveryTable, 'id' | 'url' | 'order_key' | 'operation_id' | 'body' | 'last_status' | 'last_ms'> {
  seq: string;
  attempts: number;
  last_at: Date;
  created_at: Date;
}

/** A sale by link: as long as its ticket or its bearer lasts. */
interface SaleTable {
  /** The ticket's and the bearer's own. */
  id: string;
  /** Of the token that made the link. */
  owner_id: string;
  contract_code: string;
  /** Of the ticket, then of the bearer. */
  expires_at: Time;
  redeemed_at: NullableTime;
  /** Revoked, or ended by its page. */
  ended_at: NullableTime;
  /** Where a sale without a place of its own turned out to be. */
  places: { lat: number; lng: number }[];
}

/** One row: the database that the journal lies in, and the last heartbeat of any process. */
interface JournalInstanceTable {
  id: Generated<number>;
  mark: string;
  seen_at: Time;
}

/** One row: what all processes may still ask OZmap. */
interface OzmapAllowanceTable {
  id: Generated<number>;
  /** Null: as many as it holds. */
  requests_left: number | null;
  filled_at: Time;
}

/** Everything in the journal's schema. */
export interface Tables {
  operation: OperationTable;
  operation_step: StepTable;
  lease: LeaseTable;
  process: ProcessTable;
  journal_instance: JournalInstanceTable;
  known_token: KnownTokenTable;
  delivery: DeliveryTable;
  delivered: DeliveredTable;
  sale: SaleTable;
  ozmap_allowance: OzmapAllowanceTable;
}

/** A refusal as kept with its operation. */
export interface StoredProblem {
  code: string;
  reason: string | null;
  /** For logs and developers; what people read is made from code, reason and details. */
  message: string;
  details: { field?: string; value?: string; limit?: number; actual?: number }[];
}
