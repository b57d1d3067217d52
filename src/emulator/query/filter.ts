import { Refused } from '../resource.js';
import { isObject } from './values.js';

export const OPERATORS = [
  '=',
  'eq',
  '!=',
  'like',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'notin',
  'exists',
  'all',
  'near',
  'within',
  'point-intersect',
] as const;
type Operator = (typeof OPERATORS)[number];

/** One element of a filter that is not a list. */
export interface Condition {
  /** The property, split at its dots. */
  path: string[];
  operator: Operator;
  value: unknown;
}

/** All of these must hold. */
export type Filter = FilterNode[];
/** One condition, or a list of which one must hold; inside it, a further list is again "all". */
export type FilterNode = Condition | { any: (Condition | { all: Filter })[] };

/**
 * Reads OZmap's filter: a JSON list of `{ property, operator, value }`. Inferred: a flat list means "and", a list in it
 * means "or", and so on in turns.
 *
 * Errors: 400 for another shape or an unknown operator, named.
 */
export function parseFilter(filter: unknown): Filter {
  if (filter === undefined || filter === null) return [];
  if (!Array.isArray(filter)) throw new Refused(400, 'filter: uma lista JSON de { property, operator, value }');
  return filter.map((element) =>
    Array.isArray(element)
      ? { any: element.map((one) => (Array.isArray(one) ? { all: parseFilter(one) } : parseCondition(one))) }
      : parseCondition(element),
  );
}

function parseCondition(element: unknown): Condition {
  if (!isObject(element) || typeof element.property !== 'string' || element.property === '') {
    throw new Refused(400, 'filter: cada elemento precisa de property, operator e value');
  }
  const operator = OPERATORS.find((known) => known === element.operator);
  if (!operator) {
    throw new Refused(400, `operador desconhecido ${JSON.stringify(element.operator)} em ${element.property}`);
  }
  return { path: element.property.split('.'), operator, value: element.value };
}

/** True for a single condition, false for an "or" or "and" group. */
export function isCondition(node: FilterNode | { all: Filter }): node is Condition {
  return 'operator' in node;
}
