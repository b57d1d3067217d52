import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { RequestBudget } from '../budget/request-budget.js';
import type { Limits } from '../config.js';
import type { Actor } from '../domain/operation.js';
import {
  AppError,
  ForbiddenError,
  LimitExceededError,
  RateLimitedError,
  RequestTimeoutError,
  UnauthenticatedError,
} from '../errors/app-error.js';
import { createFormatError } from '../errors/format-error.js';
import { type AppServices, RequestContext } from '../graph/context.js';
import { namesOf } from '../graph/schema.js';
import type { Authenticator } from '../store/tokens/authenticator.js';
import {
  type Admission,
  addressOf,
  assertListsWithin,
  CALLER_ITEMS,
  CALLER_LIMITS,
  createAdmission,
  createStrangers,
  STRANGER_ITEMS,
  STRANGER_LIMITS,
} from './admission.js';
import { type AuditLog, auditPlugin, originOf, withoutOperation } from './audit.js';
import { assertDocumentWithin } from './document-size.js';
import { gatePlugin } from './gate.plugin.js';
import { acceptsJson, answerFor, refusal, sendRefusal, statusPlugin } from './graphql-answer.js';
import { type Metrics, observePlugin } from './metrics.js';
import type { PersistedOperations } from './persisted-operations.js';
import { inCallersLanguage } from './request-headers.js';
import { inRequestSpan } from './request-trace.js';
import { createCredentialsReader, NOBODY } from './sales/credentials.js';
import { saleScopePlugin } from './sales/sale-scope.plugin.js';
import type { Sales } from './sales/sales.js';
import type { SignIn } from './sign-in.js';
import { documentOf, refusalOfOperation, refusalUnseen, type SentOperation, sentBy } from './unanswered.js';

/** What the GraphQL route needs. */
export interface GraphqlOptions {
  schema: GraphQLSchema;
  services: AppServices;
  authenticator: Authenticator;
  metrics: Metrics;
  audit: AuditLog;
  limits: Limits;
  introspection: boolean;
  sales: Sales;
  /** Null: callers bring OZmap tokens (AUTH=ozmap). */
  signIn: SignIn | null;
  persisted: PersistedOperations;
  /** Address of the map page, as the sender of this request reaches it. */
  ozlocUrl(request: FastifyRequest): string;
}

/** A route handler that answers GraphQL, and the way to end it. */
export interface GraphqlRoute {
  /** Writes down, for the audit, that a request was refused before it became an operation. */
  noteRefusal(request: FastifyRequest, code: string): Promise<void>;
  admission: Admission;
  handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown>;
  /** Whether OZmap accepts the token that a request brings. Errors: RATE_LIMITED. */
  isAccepted(request: FastifyRequest): Promise<boolean>;
  stop(): Promise<void>;
}

/** The reply that a caller waits for, where a route of another kind asks GraphQL on its behalf: that caller's leaving ends the work. */
export const callersReply = new AsyncLocalStorage<ServerResponse>();

/** Starts GraphQL on an HTTP server: rate limit per caller, time limit per request, then Apollo. */
export async function createGraphqlRoute(app: FastifyInstance, options: GraphqlOptions): Promise<GraphqlRoute> {
  const { schema, services, authenticator, metrics, audit, limits, introspection, sales, signIn, persisted, ozlocUrl } =
    options;
  const credentialsOf = createCredentialsReader(sales, signIn);
  const budgets = new WeakMap<FastifyRequest, RequestBudget>();
  const names = namesOf(schema);
  const strangers = createStrangers();
  const apollo = new ApolloServer<RequestContext>({
    schema,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    // Nothing here is done on the strength of a cookie, so that no page of others can have it done: a query by GET is as safe as one by POST.
    csrfPrevention: false,
    persistedQueries: persisted.apollo,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: CALLER_LIMITS.documentTokens },
    logger: app.log,
    formatError: createFormatError({
      isSchemaName: (name) => names.has(name),
      isProposable: (name) => introspection && names.has(name),
      onInternal: (errorId, error) => app.log.error({ errorId, err: error }, 'unexpected failure'),
    }),
    plugins: [
      gatePlugin({ limits, introspection }),
      saleScopePlugin,
      statusPlugin,
      observePlugin(metrics, app.log),
      auditPlugin(audit),
      // The schema has no cache hints, and every answer is one caller's own: looking for hints at each field is in vain.
      ApolloServerPluginCacheControlDisabled(),
      // It would load a page of Apollo's into browsers, from Apollo's and Google's servers.
      ApolloServerPluginLandingPageDisabled(),
      // For Apollo Studio behind a router: field timings when a header asks for them, of errors the code alone.
      ApolloServerPluginInlineTrace({ includeErrors: { transform: withoutMessage } }),
    ],
  });
  await apollo.start();

  const admission = createAdmission(app, {
    authenticator,
    tokenOf: async (request) => (await credentialsOf(request)).token,
    ratePerMinute: limits.ratePerMinute,
    failedPerMinute: limits.failedTokensPerMinute,
  });
  const answer = fastifyApolloHandler(apollo, {
    context: async (request) => {
      let unread: unknown = null;
      const { token, cntUser, sale, scopes } = await credentialsOf(request).catch((error: unknown) => {
        unread = error;
        return NOBODY;
      });
      let asked: Promise<Actor> | undefined;
      const actor = () => {
        asked ??= admission.ownerOf(request).then((owner) => ({ ...owner, cntUser }));
        return asked;
      };
      return new RequestContext(services, {
        token: () => {
          if (token === null) throw unread ?? UnauthenticatedError.withoutToken();
          return token;
        },
        scopes,
        actor,
        knownActor: async () => (await asked?.catch(() => null)) ?? null,
        origin: originOf(request, cntUser),
        budget: budgetOf(request),
        sale,
        ozlocLinks: sales.links(ozlocUrl(request)),
      });
    },
  });
  return {
    admission,
    handle: (request, reply) =>
      inRequestSpan(request, reply, () => inCallersLanguage(request, () => handle(request, reply))),
    isAccepted: async (request) => {
      await admission.admit(request);
      return admission.accountOf(request) !== null;
    },
    noteRefusal,
    stop: () => apollo.stop(),
  };

  async function noteRefusal(request: FastifyRequest, code: string): Promise<void> {
    const { cntUser, sale } = await credentialsOf(request).catch(() => NOBODY);
    const owner = admission.accountOf(request) === null ? null : await admission.ownerOf(request).catch(() => null);
    const record = withoutOperation('request.refused', originOf(request, cntUser), code, owner);
    audit.write({ ...record, sale: sale?.contractCode ?? null });
  }

  function budgetOf(request: FastifyRequest): RequestBudget {
    const budget = budgets.get(request) ?? new RequestBudget(limits.cost, limits.requestTimeoutMs);
    budgets.set(request, budget);
    return budget;
  }

  /** Callers whose token OZmap accepts at once, within large limits; others in turns, and within small ones. */
  async function admitted(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    await admission.admit(request);
    if (budgetOf(request).signal.aborted) return;
    const sent = sentBy(request);
    const document = documentOf(sent);
    persisted.assertListed(document);
    const account = admission.accountOf(request);
    if (account !== null) {
      assertDocumentWithin(document, CALLER_LIMITS);
      assertListsWithin(sent.variables, CALLER_ITEMS);
      return persisted.forAccount(account, () => answer.call(app, request, reply));
    }
    return strangers.run(addressOf(request), async () => {
      if (budgetOf(request).signal.aborted) return;
      assertDocumentWithin(document, STRANGER_LIMITS);
      await assertFewItems(request, sent);
      const unseen = introspection ? null : await refusedUnseen(request, sent);
      if (unseen) return sendRefusal(reply, unseen);
      return persisted.forAccount(null, () => answer.call(app, request, reply));
    });
  }

  /** However many contracts a router asks for: that its caller is not known comes first. */
  async function assertFewItems(request: FastifyRequest, sent: SentOperation): Promise<void> {
    try {
      assertListsWithin(sent.variables, STRANGER_ITEMS);
    } catch (error) {
      if (asksForEntities(request, sent)) await admission.ownerOf(request);
      throw error;
    }
  }

  /** Where the schema is not told, Apollo does not read what a stranger asks: its words about a document tell what there is. */
  async function refusedUnseen(request: FastifyRequest, sent: SentOperation) {
    const error = await admission.ownerOf(request).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof AppError)) return null;
    const { method, headers } = request;
    const refused = refusalUnseen(error, sent, { method, accept: headers.accept });
    if (refused === null) return null;
    metrics.error(error.code);
    await noteRefusal(request, error.code);
    return refused;
  }

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const late = timeout(limits.requestTimeoutMs);
    const caller = callersReply.getStore() ?? reply.raw;
    caller.once('close', () => {
      if (!caller.writableFinished) budgetOf(request).end(new RequestTimeoutError('the caller is gone'));
    });
    try {
      const first = await Promise.race([admitted(request, reply), late.promise]);
      if (first !== late.timedOut) return first;
      const tooLong = new RequestTimeoutError('the request took too long');
      budgetOf(request).end(tooLong);
      return refuse(tooLong, request, reply);
    } catch (error) {
      if (!(error instanceof AppError && isOfOperation(error, request))) throw error;
      metrics.error(error.code);
      await noteRefusal(request, error.code);
      return refuse(error, request, reply);
    } finally {
      late.clear();
    }
  }

  /** Whether it is told as GraphQL tells it. To a router another status says that the subgraph is broken, and some then lose the code. */
  function isOfOperation(error: AppError, request: FastifyRequest): boolean {
    if (error instanceof ForbiddenError) return true;
    if (!acceptsJson(request.headers.accept)) return false;
    if (error instanceof RateLimitedError) return admission.accountOf(request) !== null;
    const isTooMany = error instanceof LimitExceededError && error.limit === 'listItems';
    return error instanceof UnauthenticatedError || (isTooMany && asksForEntities(request, sentBy(request)));
  }

  function asksForEntities(request: FastifyRequest, sent: SentOperation): boolean {
    return sentDocument(request, sent).includes('_entities');
  }

  /** Also where it was named by its hash. */
  function sentDocument(request: FastifyRequest, sent: SentOperation): string {
    const hash = (sent.extensions as { persistedQuery?: { sha256Hash?: unknown } } | undefined)?.persistedQuery
      ?.sha256Hash;
    const named = typeof hash === 'string' ? persisted.find(hash, admission.accountOf(request)) : undefined;
    return documentOf(sent) || (named ?? '');
  }

  function refuse(error: AppError, request: FastifyRequest, reply: FastifyReply) {
    const sent = sentBy(request);
    const body = refusalOfOperation(error, { ...sent, query: sentDocument(request, sent) });
    // A known token's full rate is 200 where application/json is taken, whatever is liked better.
    const accept = error instanceof RateLimitedError ? undefined : request.headers.accept;
    const { status, headers } = answerFor(accept, body);
    return sendRefusal(reply, { status, headers: { ...refusal(error).headers, ...headers }, body });
  }
}

/** Studio tells refusals from failures by their code; a message might say whom a request was about. */
function withoutMessage({ extensions }: GraphQLError): GraphQLError {
  return new GraphQLError('<masked>', { extensions: { code: extensions.code ?? 'INTERNAL_SERVER_ERROR' } });
}

function timeout(ms: number) {
  const timedOut = Symbol('timed out');
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<symbol>((resolve) => {
    timer = setTimeout(() => resolve(timedOut), ms);
  });
  return { promise, timedOut, clear: () => clearTimeout(timer) };
}
