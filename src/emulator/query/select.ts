import { type Body, Refused } from '../resource.js';
import { isObject } from './json.js';

/** Which fields an answer keeps, or which it leaves out. `id` always stays. */
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

/** The body cut to the selection; the given one stays as it is. */
export function applySelect(body: Body, selection: Selection | null): Body {
  if (!selection) return body;
  const kept = selection.keep.length === 0 ? { ...body } : { id: body.id };
  for (const path of selection.keep) copy(body, kept, path);
  for (const path of selection.drop) if (path[0] !== 'id') remove(kept, path);
  return kept;
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
