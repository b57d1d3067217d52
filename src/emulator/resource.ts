import type { CollectionName, Records, UserRecord } from './records.js';
import type { Reader, Transaction } from './store/store.js';

/** Who calls, and what that lets him see. */
export interface Caller {
  user: UserRecord;
  role: Records['roles'] | undefined;
  /** True when the user may see the project; records without a project are seen by all. */
  sees(projectId: string): boolean;
}

/** The project that keeps a record from the caller; undefined where he may see it. */
export function hidingProject(caller: Caller, collection: CollectionName, record: object): string | undefined {
  const { id, project } = record as { id?: unknown; project?: unknown };
  const deciding = collection === 'projects' ? id : project;
  return typeof deciding === 'string' && !caller.sees(deciding) ? deciding : undefined;
}

export type Body = Record<string, unknown>;

/** Refused with this status and `{ message }`. */
export class Refused extends Error {
  constructor(
    readonly status: 400 | 401 | 403 | 404 | 409 | 501,
    message: string,
  ) {
    super(message);
    this.name = 'Refused';
  }
}

/**
 * How one route of the API treats its collection. The HTTP side (routes/) gives every resource list, find, create, update, delete and
 * batch-update; what OZmap does beyond storing a record is defined here. A missing `create`, `update` or `remove` answers 501.
 */
export interface Resource<C extends CollectionName, R = Records[C]> {
  /** The path under /api/v2, e.g. `splitters`. */
  route: string;
  collection: C;
  /** Collections that the route lists after its own, told apart by `kind`; `present` takes their records too. Read only. */
  also?: readonly CollectionName[];
  /** Whether a record is of this resource, where it shows a part of the collection, e.g. the splitters of `equipment`. */
  holds?(record: R): boolean;
  /** What the wire shows beyond the stored fields (`lat`, `lng`, `connections`, the populated client); must not change the record. */
  present(record: R, reader: Reader): Body;
  /** What `POST` answers, where that is not what `present` shows. */
  presentCreated?(record: R, reader: Reader): Body;
  /** Fields that `populate` may turn from an id into its record. */
  references: Record<string, CollectionName>;
  create?(tx: Transaction, body: Body, caller: Caller): R & { id: string };
  update?(tx: Transaction, record: R, body: Body, caller: Caller): void;
  remove?(tx: Transaction, record: R, caller: Caller): void;
  /** Fields that `batch-update` may set; absent: none. */
  batchFields?: readonly string[];
}

/** A resource whose collection's type is not known to its holder. */
export type AnyResource = Resource<CollectionName, object>;
