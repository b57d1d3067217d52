import { getOperationAST, Kind, parse, type SelectionNode, valueFromASTUntyped } from 'graphql';
import type { AppError } from '../errors/app-error.js';
import { type RefusalAnswer, refusal } from './graphql-answer.js';
import { STRANGER_LIMITS } from './strangers.js';

/** An operation as it came, not validated. */
export interface SentOperation {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
}

type Nulls = Record<string, null | null[]>;

/**
 * Refuses an operation as a whole that is not carried out, or not to its end. Where a router asks for entities, each reference is null with
 * an error of its own: some routers take an answer without data for a broken subgraph.
 */
export function refusalOfOperation(error: AppError, sent: unknown): RefusalAnswer['body'] & { data?: Nulls } {
  const { body } = refusal(error);
  const data = nullsFor((sent ?? {}) as SentOperation);
  const [told] = body.errors;
  if (!data || !told) return body;
  const paths = Object.entries(data).flatMap(([key, value]) => value?.map((_, at) => [key, at]) ?? [[key]]);
  return { data, errors: paths.map((path) => ({ ...told, path })) };
}

/** Null for each root field of a query for entities; null for any other operation, and for what cannot be read at a glance. */
function nullsFor({ query, operationName, variables }: SentOperation): Nulls | null {
  if (typeof query !== 'string' || !query.includes('_entities')) return null;
  try {
    const document = parse(query, { maxTokens: STRANGER_LIMITS.documentTokens, noLocation: true });
    const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : null);
    const roots = operation?.selectionSet.selections ?? [];
    if (operation?.operation !== 'query' || !roots.some(isEntities)) return null;
    return Object.fromEntries(roots.map((root) => nullFor(root, variables as Record<string, unknown>)));
  } catch {
    return null;
  }
}

function isEntities(root: SelectionNode): boolean {
  return root.kind === Kind.FIELD && root.name.value === '_entities';
}

/** Errors: a root that is no field. */
function nullFor(root: SelectionNode, variables: Record<string, unknown>): [string, null | null[]] {
  if (root.kind !== Kind.FIELD) throw new TypeError('a fragment at the root');
  const key = (root.alias ?? root.name).value;
  const [list] = root.arguments ?? [];
  const references = isEntities(root) && list ? valueFromASTUntyped(list.value, variables) : null;
  return [key, Array.isArray(references) ? references.map(() => null) : null];
}
