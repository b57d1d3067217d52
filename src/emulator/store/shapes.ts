import type { CollectionName } from '../records.js';
import type { IndexedFields, PlacedCollection } from './store.js';

/** What a collection keeps beside its records: look-ups by field, and a grid by place. */
type Shape<C extends CollectionName> = {
  readonly fields: C extends keyof IndexedFields ? readonly IndexedFields[C][] : readonly [];
  readonly placed: C extends PlacedCollection ? true : false;
};

/** `IndexedFields` and `PlacedCollection` for the running program; the types keep the two lists equal in their collections. */
export const SHAPES: { readonly [C in CollectionName]: Shape<C> } = {
  projects: { fields: [], placed: false },
  roles: { fields: [], placed: false },
  users: { fields: ['apiKey', 'username'], placed: false },
  tags: { fields: [], placed: false },
  'box-types': { fields: [], placed: false },
  boxes: { fields: ['project', 'pole'], placed: true },
  buildings: { fields: [], placed: true },
  'building-types': { fields: [], placed: false },
  'splitter-types': { fields: [], placed: false },
  'connector-types': { fields: [], placed: false },
  equipment: { fields: ['parent'], placed: false },
  'cable-types': { fields: [], placed: false },
  cables: { fields: ['boxA', 'boxB'], placed: false },
  fibers: { fields: ['parent'], placed: false },
  'pole-types': { fields: [], placed: false },
  'base-points': { fields: [], placed: true },
  'ftth-clients': { fields: ['code'], placed: false },
  properties: { fields: ['box', 'client', 'drop', 'parent'], placed: true },
  'horizontal-condominiums': { fields: [], placed: false },
  prospects: { fields: [], placed: false },
  'system-configs': { fields: [], placed: false },
};

/** All collections, in the order in which they are counted and replayed. */
export const COLLECTIONS = Object.keys(SHAPES) as CollectionName[];

/** The fields of a collection that `Reader.where` can look up. */
export function indexedFields(collection: CollectionName): readonly string[] {
  return SHAPES[collection].fields;
}
