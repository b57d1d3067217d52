import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { BadUserInputError, type ErrorCode } from '../../errors/app-error.js';
import { messageForCode, requestLanguage } from '../../errors/messages.js';
import { queuedSentence } from '../../errors/sentences/sentence-for.js';
import { type BodyOptions, queryOf, takeForms } from '../body.js';
import { NO_STORE, type RefusalAnswer } from '../graphql-answer.js';
import { inCallersLanguage } from '../request-headers.js';
import { askGraphql, type GraphqlAnswer } from './ask-graphql.js';
import { type DescribedRoute, describedRoutes, openApiOf } from './openapi.js';
import {
  headersOf,
  notFound,
  type Problem,
  problemOf,
  problemOfError,
  problemOfField,
  problemOfRefusal,
  problemOfStatus,
  WrongFieldError,
} from './problem.js';
import { referencePage } from './reference-page.js';
import type { DoorRoute } from './routes.js';
import { flat } from './shape.js';
import { inWordsOf, isUnsaid, sentTogether, variablesOf } from './variables.js';

/** What the door stands on. */
export interface DoorOptions extends BodyOptions {
  schema: GraphQLSchema;
  /** Where the scope's routes begin, e.g. `/integrations/cnt/v1`. */
  prefix: string;
  /** Where GraphQL is asked, without a host. */
  graphqlPath: string;
  /** What is answered where a request is refused before it became an operation. */
  refuse(error: unknown, request: FastifyRequest): Promise<RefusalAnswer>;
}

interface PayloadProblem {
  code: string;
  reason: string | null;
  message: string;
  operationId: string | null;
  details: unknown;
}

/** A command's payload, as far as every one has it. */
interface Payload {
  problem?: PayloadProblem | null;
  operation?: { id: string; state: string } | null;
}

/** What is answered here and by `sketches.ts`, and by no route of the table. */
const BESIDE_THE_TABLE: readonly Pick<DoorRoute, 'method' | 'path'>[] = [
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/openapi.json' },
  { method: 'GET', path: '/contracts/{code}/sketch.{format}' },
];

/**
 * Plain HTTP for callers that speak no GraphQL: JSON or forms in, flat JSON out, refusals by RFC 9457. Each route asks this service's own GraphQL
 * route, in the same process and with the caller's own headers, so that sign-in, limits, audit and journal are one and the same.
 */
export async function serveDoor(scope: FastifyInstance, options: DoorOptions): Promise<void> {
  const { schema, prefix, graphqlPath, refuse } = options;
  takeForms(scope, options);
  const routes = describedRoutes(schema);
  scope.setErrorHandler(async (error, request, reply) => {
    const answer = error instanceof WrongFieldError ? null : await refuse(error, request);
    return inCallersLanguage(request, () =>
      answer ? refusedAs(reply, answer) : refused(reply, problemOfField(error as WrongFieldError)),
    );
  });
  scope.setNotFoundHandler((request, reply) =>
    inCallersLanguage(request, () => {
      const [path = ''] = request.url.slice(prefix.length).split('?');
      const allowed = [...routes.map(({ route }) => route), ...BESIDE_THE_TABLE].flatMap((route) =>
        isAt(route, path) ? [route.method] : [],
      );
      if (allowed.length === 0) return refused(reply, notFound());
      return refused(reply.header('allow', allowed.join(', ')), problemOfStatus(405));
    }),
  );
  for (const route of routes) serve(route);
  const description = openApiOf(schema, prefix, routes);
  const openApi = JSON.stringify(description);
  scope.get('/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(openApi));
  scope.get('/', (request, reply) => {
    // Its links are relative to a folder.
    if (!/\/(\?|$)/.test(request.url)) return reply.redirect(`${prefix}/`, 308);
    const { html, headers } = referencePage(description, `${request.protocol}://${request.host}${prefix}`);
    return reply.headers(headers).type('text/html; charset=utf-8').send(html);
  });

  function serve({ route, shape, taken, keyed }: DescribedRoute): void {
    scope.route({
      method: route.method,
      url: route.path.replace(/\{(\w+)\}/g, ':$1'),
      handler: (request, reply) =>
        inCallersLanguage(request, async () => {
          const sent = sentTogether(taken, sentBy(request));
          const variables = variablesOf(taken, route.arrange?.(sent) ?? sent, {
            idempotencyKey: keyed ? keyOf(request) : null,
            where: route.method === 'GET' ? 'query' : 'body',
          });
          const operation = { query: String(route.document), variables };
          const endures = shape.operation.operation === 'mutation';
          const { answer, retryAfter } = await askGraphql(request, reply, { url: graphqlPath, operation, endures });
          reply.headers(NO_STORE);
          return respond(reply, { route, shape, taken }, answer, retryAfter);
        }),
    });
  }

  function respond(
    reply: FastifyReply,
    { route, shape, taken }: Omit<DescribedRoute, 'keyed'>,
    { data, errors: [error] = [] }: GraphqlAnswer,
    retryAfter: string | undefined,
  ) {
    const { status, path } = route;
    const { operation, root, leaves } = shape;
    const answered = data?.[root.name] as Payload | null | undefined;
    const isCommand = operation.operation === 'mutation';
    // What a command did is told, also where something beside it could not be read; half of what was asked is no answer.
    if (error && !(isCommand && answered)) return refused(reply, inWordsOf(taken, problemOfError(error)), retryAfter);
    if (!answered) return refused(reply, notFound());
    const body = flat(answered, leaves);
    if (isCommand && !isDone(answered, body)) return unfinished(reply, answered, { taken, route }, retryAfter);
    if (path === '/reservations')
      reply.header('location', `${prefix}/contracts/${encodeURIComponent(String(body.contractCode))}`);
    return reply.code(status).send(body);
  }

  /** A command that was refused, or that goes on without its caller. */
  function unfinished(
    reply: FastifyReply,
    { problem, operation }: Payload,
    { taken, route: { refusals } }: Pick<DescribedRoute, 'taken' | 'route'>,
    retryAfter: string | undefined,
  ) {
    const id = operation?.id ?? problem?.operationId ?? null;
    const state = operation?.state ?? null;
    if (id !== null && goesOn(problem?.code, state)) {
      const { code = null, message: detail = queuedSentence(requestLanguage()) } = problem ?? {};
      return reply
        .code(202)
        .header('location', `${prefix}/operations/${encodeURIComponent(id)}`)
        .send({ operationId: id, operationState: state, code, detail });
    }
    // Without a word of the journal, nobody can say what became of it.
    const { code, reason, message, details } = problem ?? {
      code: 'JOURNAL_UNAVAILABLE',
      reason: null,
      details: [],
      message: messageForCode('JOURNAL_UNAVAILABLE'),
    };
    const status = refusals?.[code as ErrorCode];
    const refusal = problemOf({ code, reason, message, operationId: id, facts: { details } }, status);
    return refused(reply, isUnsaid(refusal) ? inWordsOf(taken, refusal) : refusal, retryAfter);
  }
}

/** Whether a command came to its end: the journal says so or, where that could not be read, there is something to show. */
function isDone({ problem, operation }: Payload, { warnings: _, ...shown }: Record<string, unknown>): boolean {
  if (problem) return false;
  return operation ? operation.state === 'APPLIED' : Object.values(shown).some((value) => value !== null);
}

/** Whether a command that came to no end yet will come to one without its caller: it waits for OZmap, or is in doubt. */
function goesOn(code: string | undefined, state: string | null): boolean {
  return (
    code === undefined || code === 'UPSTREAM_OUTCOME_UNKNOWN' || (code === 'UPSTREAM_UNAVAILABLE' && state === 'QUEUED')
  );
}

/** A request that became no operation, refused as the door refuses. */
export function refusedAs(reply: FastifyReply, answer: RefusalAnswer): FastifyReply {
  return refused(reply.headers(answer.headers), problemOfRefusal(answer), answer.headers['retry-after']);
}

/** A refusal as the door answers it. */
export function refused(reply: FastifyReply, problem: Problem, retryAfter?: string): FastifyReply {
  return reply
    .code(problem.status)
    .headers({ ...NO_STORE, ...headersOf(problem, retryAfter) })
    .send(problem);
}

function isAt({ path }: Pick<DoorRoute, 'path'>, asked: string): boolean {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(asked);
}

/** Query, body and path. Errors: BAD_USER_INPUT. */
function sentBy(request: FastifyRequest): Record<string, unknown>[] {
  const { params, body = {} } = request;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new BadUserInputError('the body is no object', [{ field: 'body' }]);
  return [queryOf(request), body as Record<string, unknown>, params as Record<string, string>];
}

/** The IETF's draft has a quoted string; a key without quotes is taken as well. */
function keyOf({ headers }: FastifyRequest): string | null {
  const sent = headers['idempotency-key']?.toString().trim() ?? '';
  return sent.replace(/^"(.*)"$/, '$1') || null;
}
