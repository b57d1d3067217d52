import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError, TokenKind } from 'graphql';
import { AppError, type ErrorCode, LimitExceededError, RateLimitedError, UpstreamRefusedError } from './app-error.js';
import { documentMessage } from './document-message.js';
import { messageFor, messageForCode, requestLanguage } from './messages.js';
import type { Language } from './sentences/sentence-for.js';

/** What the formatter needs from outside. */
export interface FormatErrorOptions {
  /** Distinguishes the schema's own names from the caller's, so that no message repeats input. */
  isSchemaName: (name: string) => boolean;
  /** Those of them that may be proposed for a wrong one: none where the schema is not told. */
  isProposable: (name: string) => boolean;
  /** Called for what is our own fault, with the id that the caller gets. */
  onInternal: (errorId: string, error: unknown) => void;
}

/** Codes that Apollo gives to documents and requests that it cannot take. To our callers all of them are BAD_USER_INPUT. */
const DOCUMENT_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** Apollo's persisted queries are an exchange between programs: clients and gateways act on the code and on the message. */
const PERSISTED_QUERY_CODES: ReadonlySet<unknown> = new Set([
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/**
 * Makes the top-level error that callers see. Known failures keep their code; documents that do not fit become BAD_USER_INPUT; anything
 * else becomes INTERNAL_SERVER_ERROR with an `errorId` that is also in the log. None repeats input, token or stack.
 */
export function createFormatError({ isSchemaName, isProposable, onInternal }: FormatErrorOptions) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    };
    const code = formatted.extensions?.code;
    if (PERSISTED_QUERY_CODES.has(code)) return { message: formatted.message, extensions: { code } };
    const cause = causeOf(error);
    if (cause instanceof AppError) return { message: messageFor(cause), ...place, extensions: extensionsOf(cause) };
    const details = invalidFields(cause);
    if (details) {
      return { message: messageForCode('BAD_USER_INPUT'), ...place, extensions: { code: 'BAD_USER_INPUT', details } };
    }
    if (DOCUMENT_CODES.has(code) || (cause instanceof GraphQLError && CALLERS_FAULT.test(cause.message))) {
      const [said, language] = [formatted.message, requestLanguage()];
      const message = documentMessage(said, isSchemaName, language) + proposal(said, isProposable, language);
      const field = fieldOfVariable(said, isSchemaName) ?? fieldOfLiteral(error, isSchemaName);
      return { message, ...place, extensions: { code: 'BAD_USER_INPUT', ...(field && { details: [{ field }] }) } };
    }
    const errorId = randomUUID();
    onInternal(errorId, cause);
    return {
      message: messageForCode('INTERNAL_SERVER_ERROR'),
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
    };
  };
}

/**
 * graphql-js finds only while it carries a document out that a variable with a default is null where null may not be. It gives that no code,
 * and Apollo gives none to a hash that is not the document's; what a resolver throws has an original error.
 */
const CALLERS_FAULT = /^(Argument "\w+" (of|has) |provided sha does not match|Unsupported persisted query version)/;

const PROPOSALS = {
  pt: { asked: 'Você quis dizer', or: new Intl.ListFormat('pt-BR', { type: 'disjunction' }) },
  en: { asked: 'Did you mean', or: new Intl.ListFormat('en', { type: 'disjunction' }) },
};

/** ` Did you mean box or boxes?`: the schema's names that graphql-js finds nearest to what a document or a variable has; empty where none is near. */
function proposal(message: string, isProposable: (name: string) => boolean, language: Language): string {
  const [, proposed = ''] = / Did you mean (?:the enum value )?("[^?{]+)\?$/.exec(message) ?? [];
  const names = [...proposed.matchAll(/"(\w+)"/g)].map(([, name = '']) => name).filter(isProposable);
  const { asked, or } = PROPOSALS[language];
  return names.length > 0 ? ` ${asked} ${or.format(names)}?` : '';
}

/** Of the value that graphql-js could not read: the path inside its variable (`at`, `items[2].lat`), or the variable where that is the value. */
function fieldOfVariable(message: string, isSchemaName: (name: string) => boolean): string | null {
  const [, name, path] =
    /^Variable "\$(\w+)" got invalid value (?:.* at "\w+((?:\.\w+|\[\d+\])+)"; )?/s.exec(message) ?? [];
  const names = path?.match(/(?<=\.)\w+/g) ?? [];
  return names.every(isSchemaName) ? (path?.replace(/^\./, '') ?? name ?? null) : null;
}

/** The argument or input field before a value that stands in the document. */
function fieldOfLiteral(error: unknown, isSchemaName: (name: string) => boolean): string | null {
  const [node] = (error instanceof GraphQLError && error.nodes) || [];
  const colon = node?.loc?.startToken.prev;
  const name = colon?.kind === TokenKind.COLON ? colon.prev?.value : undefined;
  return name !== undefined && isSchemaName(name) ? name : null;
}

/** What was thrown, by a resolver or on the way to one. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? error.originalError : error;
}

/** `extensions` of a known failure. Values of details stay out: at the top level nothing is repeated. */
export function extensionsOf(error: AppError): Record<string, unknown> & { code: ErrorCode } {
  if (error instanceof LimitExceededError) {
    return { code: error.code, limit: error.limit, max: error.max, actual: error.actual };
  }
  if (error instanceof RateLimitedError) return { code: error.code, retryAfterS: error.retryAfterS };
  // A read that OZmap refuses although we form it: to the caller that is an OZmap which we do not know, not a refusal to act on.
  if (error instanceof UpstreamRefusedError) return { code: 'UPSTREAM_UNEXPECTED_SHAPE', status: error.status };
  const details = error.details.map(({ value: _value, ...detail }) => detail).filter((d) => Object.keys(d).length > 0);
  return {
    code: error.code,
    ...(error.reason && { reason: error.reason }),
    ...(error.operationId && { operationId: error.operationId }),
    ...(details.length > 0 && { details }),
  };
}

interface Fault {
  property: string;
  constraints?: Record<string, string>;
  children?: Fault[];
}

/** What class-validator found, by path: only rules, no values. Null when `error` is something else. */
function invalidFields(error: unknown): { field: string; rules: string[] }[] | null {
  const found = (error as { extensions?: { validationErrors?: unknown } } | null)?.extensions?.validationErrors;
  return Array.isArray(found) ? faultyFields(found as Fault[]) : null;
}

/** The same of what class-validator answers. */
export function faultyFields(faults: readonly Fault[], prefix = ''): { field: string; rules: string[] }[] {
  return faults.flatMap((fault) => {
    const field = `${prefix}${fault.property}`;
    const own = fault.constraints ? [{ field, rules: Object.keys(fault.constraints) }] : [];
    return [...own, ...faultyFields(fault.children ?? [], `${field}.`)];
  });
}
