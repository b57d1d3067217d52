import type { FastifyRequest } from 'fastify';
import {
  type DocumentNode,
  getOperationAST,
  Kind,
  OperationTypeNode,
  parse,
  type SelectionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { jsonOf } from '../domain/json.js';
import type { AppError } from '../errors/app-error.js';
import { STRANGER_LIMITS } from './admission.js';
import { assertUtf8 } from './body.js';
import { answerFor, plainRefusal, type RefusalAnswer, refusal } from './graphql-answer.js';

/** An operation as it came, not validated. */
export interface SentOperation {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
}

/** What a request brings along, as Apollo will read it. Errors: BAD_USER_INPUT. */
export function sentBy({ method, url, body }: FastifyRequest): SentOperation {
  if (method !== 'GET') return (body ?? {}) as SentOperation;
  assertUtf8(url);
  const sent = URL.parse(url, 'http://localhost')?.searchParams;
  // Of what is none, Apollo says so.
  const [variables, extensions] = ['variables', 'extensions'].map((name) => jsonOf(sent?.get(name) ?? ''));
  return { query: sent?.get('query'), operationName: sent?.get('operationName'), variables, extensions };
}

/** Its document; empty where there is none. */
export function documentOf({ query }: SentOperation): string {
  return typeof query === 'string' ? query : '';
}

type Nulls = Record<string, null | null[]>;
type Refused = RefusalAnswer['body'] & { data?: Nulls };

/**
 * Refuses an operation as a whole that is not carried out, or not to its end. Where a router asks for entities, each reference is null with
 * an error of its own: some routers take an answer without data for a broken subgraph.
 */
export function refusalOfOperation(error: AppError, operation: SentOperation): Refused {
  const text = documentOf(operation);
  const document = text.includes('_entities') ? parsed(text) : null;
  const roots = document ? rootsOf(document, operation) : [];
  return refusalOfFields(error, roots.some(isEntities) ? roots : [], operation);
}

/**
 * Refuses whoever is not known, without a look at the schema: what names a field that there is, and what names one that there is not, are
 * answered alike, a command by GET as it always is. Null for what tells nothing about our schema: text that is not GraphQL, `__typename` and
 * introspection.
 */
export function refusalUnseen(
  error: AppError,
  sent: SentOperation,
  by: { method: string; accept: string | undefined },
) {
  const document = parsed(sent.query);
  if (!document || !asksForOurs(document)) return null;
  const command = operationOf(document, sent)?.operation === OperationTypeNode.MUTATION;
  if (command && by.method !== 'POST') {
    const { body } = plainRefusal('BAD_USER_INPUT', 405);
    return { body, status: 405, headers: { ...answerFor(by.accept, body).headers, allow: 'POST' } };
  }
  const body = refusalOfFields(error, rootsOf(document, sent), sent);
  return { body, ...answerFor(by.accept, body) };
}

function parsed(query: unknown): DocumentNode | null {
  if (typeof query !== 'string') return null;
  try {
    return parse(query, { maxTokens: STRANGER_LIMITS.documentTokens, noLocation: true });
  } catch {
    return null;
  }
}

function operationOf(document: DocumentNode, { operationName }: SentOperation) {
  return getOperationAST(document, typeof operationName === 'string' ? operationName : null);
}

function rootsOf(document: DocumentNode, sent: SentOperation): readonly SelectionNode[] {
  return operationOf(document, sent)?.selectionSet.selections ?? [];
}

/** Names that GraphQL itself gives. */
const OF_GRAPHQL = /^(__.*|String|Boolean|skip|include)$/;

/** Whether a document names a root field, type or directive that only a schema can have. */
function asksForOurs(document: DocumentNode): boolean {
  let found = false;
  const look = (name: string) => {
    found ||= !OF_GRAPHQL.test(name);
  };
  visit(document, {
    OperationDefinition: ({ selectionSet }) => {
      for (const root of selectionSet.selections) look(root.kind === Kind.FIELD ? root.name.value : root.kind);
    },
    NamedType: ({ name }) => look(name.value),
    Directive: ({ name }) => look(name.value),
  });
  return found;
}

/** Null for each root field, with an error of its own; without data where a root is no field. */
function refusalOfFields(error: AppError, roots: readonly SelectionNode[], { variables }: SentOperation): Refused {
  const { body } = refusal(error);
  const [told] = body.errors;
  if (!told || roots.length === 0 || roots.some(({ kind }) => kind !== Kind.FIELD)) return body;
  const data = Object.fromEntries(roots.flatMap((root) => nullFor(root, variables as Record<string, unknown>)));
  const paths = Object.entries(data).flatMap(([key, value]) => value?.map((_, at) => [key, at]) ?? [[key]]);
  return { data, errors: paths.map((path) => ({ ...told, path })) };
}

function isEntities(root: SelectionNode): boolean {
  return root.kind === Kind.FIELD && root.name.value === '_entities';
}

function nullFor(root: SelectionNode, variables: Record<string, unknown>): [string, null | null[]][] {
  if (root.kind !== Kind.FIELD) return [];
  const key = (root.alias ?? root.name).value;
  const [list] = root.arguments ?? [];
  const references = isEntities(root) && list ? valueFromASTUntyped(list.value, variables) : null;
  return [[key, Array.isArray(references) ? references.map(() => null) : null]];
}
