import type { CollectionName } from '../records.js';
import { type AnyResource, type Body, type Caller, hidingProject, Refused } from '../resource.js';
import type { Reader } from '../store/store.js';
import { followReference, isObject } from './values.js';

/** Which fields an answer keeps, or which it leaves out. */
export interface Selection {
  keep: string[][];
  drop: string[][];
}

/** `"name coords"`, `"name,coords"`, `"-history"`, a list, or `{ name: 1 }`. Errors: 400. */
export function parseSelect(select: unknown): Selection | null {
  const names = namesOf(select);
  if (names.length === 0) return null;
  const paths = (wanted: boolean) =>
    names.filter((name) => name.startsWith('-') !== wanted).map((name) => name.replace(/^[-+]/, '').split('.'));
  return { keep: paths(true), drop: paths(false) };
}

function namesOf(select: unknown): string[] {
  if (select === undefined || select === null) return [];
  if (typeof select === 'string') return select.split(/[\s,]+/).filter(Boolean);
  if (Array.isArray(select)) return select.flatMap(namesOf);
  if (isObject(select)) return Object.entries(select).map(([name, wanted]) => (wanted ? name : `-${name}`));
  throw new Refused(400, 'select: nomes de campos');
}

/**
 * The body cut to the selection; the given one stays as it is. `id` and `kind` always stay, and so do `lat` and `lng`, which are null unless
 * `coords` was asked for: OZmap reads them off it. Seen in its guide to adjacencies.
 */
export function applySelect(body: Body, selection: Selection | null): Body {
  if (!selection) return body;
  const kept: Body = selection.keep.length === 0 ? { ...body } : alwaysShown(body, selection.keep);
  for (const path of selection.keep) copy(body, kept, path);
  for (const path of selection.drop) if (path[0] !== 'id') remove(kept, path);
  return kept;
}

function alwaysShown(body: Body, keep: readonly string[][]): Body {
  const isPlaced = keep.some(([field]) => field === 'coords');
  const place = 'lat' in body ? { lat: isPlaced ? body.lat : null, lng: isPlaced ? body.lng : null } : {};
  return { ...('kind' in body ? { kind: body.kind } : {}), id: body.id, ...place };
}

function copy(from: Body, to: Body, [field = '', ...rest]: readonly string[]): void {
  const value = from[field];
  if (value === undefined) return;
  if (rest.length === 0 || !isObject(value)) {
    to[field] = value;
    return;
  }
  const inner = to[field];
  const target: Body = isObject(inner) && inner !== value ? inner : {};
  copy(value, target, rest);
  to[field] = target;
}

function remove(body: Body, [field = '', ...rest]: readonly string[]): void {
  const value = body[field];
  if (rest.length === 0) delete body[field];
  else if (isObject(value)) {
    const inner = { ...value };
    remove(inner, rest);
    body[field] = inner;
  }
}

/** One reference to turn into its record, with what to keep of it. */
export interface PopulatePath {
  path: string[];
  select: Selection | null;
}

/** Finds the resource that shows a record of a collection. */
export type ResourceFor = (collection: CollectionName, record: object) => AnyResource | undefined;

/** `"box client"`, `"box,client"`, a list, or mongoose's `{ path, select, populate }`; dots go on behind a reference. Errors: 400. */
export function parsePopulate(populate: unknown): PopulatePath[] {
  if (populate === undefined || populate === null) return [];
  if (typeof populate === 'string') {
    return populate
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((name) => ({ path: name.split('.'), select: null }));
  }
  if (Array.isArray(populate)) return populate.flatMap(parsePopulate);
  if (isObject(populate) && typeof populate.path === 'string') {
    const select = parseSelect(populate.select);
    const inner = parsePopulate(populate.populate);
    return parsePopulate(populate.path).flatMap(({ path }) => [
      { path, select },
      ...inner.map((further) => ({ ...further, path: [...path, ...further.path] })),
    ]);
  }
  throw new Refused(400, 'populate: nomes de campos');
}

/** Whose answer it is, and what it is made from. */
export interface AnswerContext {
  reader: Reader;
  caller: Caller;
  resourceFor: ResourceFor;
}

/**
 * The body, made for this answer, with the references that a path names turned into records; unknown names and what the caller may not see
 * stay as they are.
 */
export function populated(
  body: Body,
  resource: AnyResource,
  { path: [field = '', ...rest], select }: PopulatePath,
  context: AnswerContext,
): Body {
  const target = resource.references[field];
  const value = body[field];
  if (!target || value === null || value === undefined) return body;
  const one = (part: unknown) => followed(part, target, { path: rest, select }, context);
  return { ...body, [field]: Array.isArray(value) ? value.map(one) : one(value) };
}

function followed(value: unknown, target: CollectionName, further: PopulatePath, context: AnswerContext): unknown {
  const { reader, caller, resourceFor } = context;
  const id = isObject(value) ? value.id : value;
  const found = typeof id === 'string' ? followReference(reader, target, id) : undefined;
  if (!found || hidingProject(caller, found.collection, found.record) !== undefined) return value;
  const resource = resourceFor(found.collection, found.record);
  if (!resource) return value;
  const body = isObject(value) ? value : resource.present(found.record, reader);
  return further.path.length === 0 ? applySelect(body, further.select) : populated(body, resource, further, context);
}
