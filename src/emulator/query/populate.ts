import type { CollectionName } from '../records.js';
import { type AnyResource, type Body, type Caller, Refused } from '../resource.js';
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

/** Turns references into records in bodies that were made for this answer. */
export class Populator {
  constructor(
    private readonly reader: Reader,
    private readonly caller: Caller,
    private readonly resourceFor: ResourceFor,
  ) {}

  /** The body with what the paths name filled in; unknown names and what the caller may not see stay as they are. */
  populate(body: Body, resource: AnyResource, paths: readonly PopulatePath[]): Body {
    let filled = body;
    for (const { path, select } of paths) filled = this.fill(filled, resource, path, select);
    return filled;
  }

  private fill(body: Body, resource: AnyResource, path: readonly string[], select: Selection | null): Body {
    const [field = '', ...rest] = path;
    const target = resource.references[field];
    const value = body[field];
    if (!target || value === null || value === undefined) return body;
    const one = (part: unknown) => this.one(part, target, rest, select);
    return { ...body, [field]: Array.isArray(value) ? value.map(one) : one(value) };
  }

  private one(value: unknown, target: CollectionName, rest: readonly string[], select: Selection | null): unknown {
    const id = isObject(value) ? value.id : value;
    const found = typeof id === 'string' ? followReference(this.reader, target, id) : undefined;
    const resource = found && this.resourceFor(found.collection, found.record);
    if (!found || !resource || !this.sees(resource, found.record)) return value;
    const { record } = found;
    const body = isObject(value) ? value : resource.present(record, this.reader);
    return rest.length === 0 ? applySelect(body, select) : this.fill(body, resource, rest, select);
  }

  private sees(resource: AnyResource, record: object): boolean {
    const project = resource.projectOf(record, this.reader);
    return project === null || this.caller.sees(project);
  }
}
