import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  Source,
  TokenKind,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { LimitExceededError } from '../errors/app-error.js';

/** How large a document may be before it is parsed and validated, which costs more than its length: checks compare fields in pairs. */
export interface DocumentLimits {
  documentBytes: number;
  documentTokens: number;
  /** Renamed fields. */
  aliases: number;
  /** Fragments defined and spread. */
  fragments: number;
  /** Braces within braces, wherever they stand. */
  nesting: number;
}

/** Documents that were within their limits; most requests bring one of few. */
const passed = new LRUCache<string, DocumentLimits>({
  maxSize: 4 * 1024 * 1024,
  maxEntrySize: 64 * 1024,
  sizeCalculation: (_limits, text) => text.length + 1,
});

const PARENTHESES: Partial<Record<TokenKind, number>> = { [TokenKind.PAREN_L]: 1, [TokenKind.PAREN_R]: -1 };

/** Holds a document to its limits by its tokens alone. Text that is not GraphQL passes: the parser reports what is wrong. Errors: LIMIT_EXCEEDED. */
export function assertDocumentWithin(text: string, limits: DocumentLimits): void {
  if (passed.get(text) === limits) return;
  const size = { documentBytes: 0, documentTokens: 0, aliases: 0, fragments: 0, nesting: 0 };
  const count = (measure: keyof DocumentLimits, by = 1) => {
    size[measure] += by;
    if (size[measure] > limits[measure]) throw new LimitExceededError(measure, limits[measure], size[measure]);
  };
  count('documentBytes', Buffer.byteLength(text));
  let parentheses = 0;
  for (const { kind, value } of tokensOf(text)) {
    count('documentTokens');
    parentheses += PARENTHESES[kind] ?? 0;
    if (kind === TokenKind.BRACE_L) count('nesting');
    else if (kind === TokenKind.BRACE_R) size.nesting -= 1;
    else if (kind === TokenKind.SPREAD || (kind === TokenKind.NAME && value === 'fragment')) count('fragments');
    // Between parentheses it is an argument's.
    else if (kind === TokenKind.COLON && parentheses === 0) count('aliases');
  }
  passed.set(text, limits);
}

function* tokensOf(text: string): Generator<{ kind: TokenKind; value: string }> {
  const lexer = new Lexer(new Source(text));
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) yield token;
  } catch {
    // No GraphQL from here on.
  }
}

/** The fragments of a document, by their names. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((node) => [node.name.value, node]));
}

/** What an operation's variables hold where nothing is given for them. */
export function defaultsOf(operation: OperationDefinitionNode): Record<string, unknown> {
  const defined = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  return Object.fromEntries(defined);
}

/** Renamed fields of a document. */
export function countAliases(document: DocumentNode): number {
  let aliases = 0;
  visit(document, {
    Field: ({ alias }) => {
      if (alias) aliases += 1;
    },
  });
  return aliases;
}
