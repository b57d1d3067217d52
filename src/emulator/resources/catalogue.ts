import type { z } from 'zod';
import type { CollectionName, Records } from '../records.js';
import { type Body, type Caller, Refused, type Resource } from '../resource.js';
import {
  changedFields,
  checkExternalId,
  checkReferences,
  compact,
  creator,
  externalId,
  parseBody,
  withoutNulls,
} from '../rules/body.js';
import type { Reader, Transaction } from '../store/store.js';

/** Where another collection refers to a record. */
type User<C extends CollectionName = CollectionName> = {
  [K in C]: readonly [collection: K, field: keyof Records[K]];
}[C];

interface Catalogue<C extends CollectionName> {
  /** The collection's name, too. */
  route: C;
  /** Fields of a new record, with their defaults. `null` counts as absent. */
  fields: z.ZodObject;
  references?: Record<string, CollectionName>;
  /** A record that one of these refers to cannot be deleted. */
  usedBy?: readonly User[];
  /** Turns the fields that a body gave, with or without defaults, into those of the record. */
  store?(given: Body): Body;
  present?(record: Records[C], reader: Reader): Body;
}

/** A resource that only stores what it is given: the types, tags, roles and the like. */
export function catalogue<C extends CollectionName>(options: Catalogue<C>): Resource<C> {
  const { route: collection, references = {}, usedBy = [], store = (given) => given } = options;
  const fields = options.fields.extend({ external_id: externalId });
  return {
    route: collection,
    collection,
    references,
    present: options.present ?? ((record) => ({ ...record })),
    create(tx, body, caller) {
      const given = store(compact(parseBody(fields, withoutNulls(body))));
      checkGiven(tx, given, caller);
      return tx.insert(collection, { ...given, ...creator(caller) } as unknown as NewRecord<C>);
    },
    update(tx, record, body, caller) {
      const given = changedFields(fields, body);
      checkGiven(tx, given, caller);
      tx.update(collection, record.id, store(given) as Partial<Records[C]>);
    },
    remove(tx, record) {
      checkUnused(tx, usedBy, record.id);
      tx.remove(collection, record.id);
    },
  };

  function checkGiven(tx: Transaction, given: Body, caller: Caller): void {
    checkExternalId(tx, collection, given);
    for (const [field, target] of Object.entries(references)) {
      const value = given[field];
      const ids = Array.isArray(value) ? value.filter((id) => typeof id === 'string') : value;
      if (typeof ids === 'string' || Array.isArray(ids)) checkReferences(tx, target, ids, field, caller);
    }
  }
}

type NewRecord<C extends CollectionName> = Omit<Records[C], 'id' | 'createdAt' | 'updatedAt'>;

/** A route that lists and finds what another one changes. */
export function readOnly<C extends CollectionName>(
  route: string,
  { collection, references, present }: Resource<C>,
): Resource<C> {
  return { route, collection, references, present };
}

/** Errors: 409 when one of these collections refers to the record. Inferred: OZmap does not leave references to nothing. */
export function checkUnused(reader: Reader, usedBy: readonly User[], id: string): void {
  for (const [collection, field] of usedBy) {
    for (const record of reader.all(collection)) {
      const value: unknown = (record as unknown as Body)[field];
      if (value === id || (Array.isArray(value) && value.includes(id))) {
        throw new Refused(409, `Ainda em uso por ${collection} ${record.id}`);
      }
    }
  }
}
