import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { buildSchema, graphql } from 'graphql';
import type { OperationFilter } from '../../../src/generated/operations.js';
import { type JournalOperation, someOperations } from './operations.js';

const WEB = join(import.meta.dirname, '../../../dist/web');
const BASE = '/integrations/cnt';
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const SCHEMA = buildSchema(`
  scalar DateTimeISO
  type Query {
    integrationOperation(id: ID!): IntegrationOperation
    integrationOperations(filter: OperationFilter, first: Int = 20, after: String): IntegrationOperationConnection
  }
  type Mutation { retryOperation(input: RetryOperationInput!): RetryOperationPayload }
  input RetryOperationInput { operationId: ID! }
  type RetryOperationPayload { problem: Problem operation: IntegrationOperation }
  type Problem { code: String! reason: String message: String! operationId: ID details: [ProblemDetail!]! }
  type ProblemDetail { field: String value: String limit: Float actual: Float }
  enum OperationState { PENDING QUEUED APPLIED REFUSED UNKNOWN FAILED }
  type IntegrationOperation {
    id: ID! action: String! contractCode: ID projectId: ID state: OperationState! actor: String!
    requestedAt: DateTimeISO! finishedAt: DateTimeISO steps: [OperationStep!]! problem: Problem
  }
  type OperationStep { method: String! path: String! status: Int durationMs: Int outcome: String! at: DateTimeISO! }
  input OperationFilter { contractCode: ID states: [OperationState!] actions: [String!] from: DateTimeISO to: DateTimeISO }
  type IntegrationOperationConnection { edges: [IntegrationOperationEdge!]! pageInfo: PageInfo! }
  type IntegrationOperationEdge { cursor: String! node: IntegrationOperation! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
`);

interface ListArguments {
  filter: OperationFilter | null;
  first: number;
  after: string | null;
}

/**
 * A journal whose operations a test sets as it likes (failed, unknown, running: states that are hard to reach), behind the same schema
 * and the same content security policy as the service.
 */
export async function startJournalStandIn() {
  let operations: JournalOperation[] = [];
  let away = false;
  let refusal: JournalOperation['problem'] = null;
  let readings = 0;

  function list({ filter, first, after }: ListArguments) {
    readings += 1;
    const found = operations.filter((operation) => matches(operation, filter ?? {}));
    const start = after === null || after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
    const edges = found.slice(start, start + first).map((node) => ({ cursor: node.id, node }));
    const hasNextPage = start + first < found.length;
    return { edges, pageInfo: { hasNextPage, hasPreviousPage: start > 0, endCursor: edges.at(-1)?.cursor ?? null } };
  }

  function retry({ input }: { input: { operationId: string } }) {
    if (refusal) return { operation: null, problem: refusal };
    return {
      operation: change(input.operationId, { state: 'PENDING', finishedAt: null, problem: null }),
      problem: null,
    };
  }

  function change(id: string, part: Partial<JournalOperation>): JournalOperation | undefined {
    operations = operations.map((operation) => (operation.id === id ? { ...operation, ...part } : operation));
    return operations.find((operation) => operation.id === id);
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', 'http://page').pathname.slice(BASE.length);
    const send = (status: number, type: string, body: string | Buffer) => {
      response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY });
      response.end(body);
    };
    const json = (status: number, body: unknown) => send(status, 'application/json', JSON.stringify(body));
    if (path === '/logs') return send(200, 'text/html; charset=utf-8', readFileSync(join(WEB, 'logs.html')));
    if (path === '/ozloc/config.json') return json(200, { graphqlUrl: 'graphql', demoToken: 'demo' });
    if (path === '/graphql') {
      if (away) return json(503, { errors: [{ message: 'away', extensions: { code: 'UPSTREAM_UNAVAILABLE' } }] });
      if (request.headers.authorization !== 'Bearer demo')
        return json(200, { data: null, errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }] });
      const { query, variables } = JSON.parse(await textOf(request));
      const find = ({ id }: { id: string }) => operations.find((operation) => operation.id === id);
      const rootValue = { integrationOperation: find, integrationOperations: list, retryOperation: retry };
      return json(200, await graphql({ schema: SCHEMA, source: query, variableValues: variables, rootValue }));
    }
    const file = join(WEB, path);
    if (path.startsWith('/assets/') && existsSync(file))
      return send(200, TYPES[extname(file)] ?? 'application/octet-stream', readFileSync(file));
    return send(404, 'text/plain', 'not here');
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${BASE}/logs`,
    change,
    add: (operation: JournalOperation) => {
      operations = [operation, ...operations];
    },
    readings: () => readings,
    setAway: (now: boolean) => {
      away = now;
    },
    refuseRetries: (problem: JournalOperation['problem']) => {
      refusal = problem;
    },
    /** As at first. */
    reset() {
      operations = someOperations(Date.now());
      away = false;
      refusal = null;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function matches(operation: JournalOperation, filter: OperationFilter): boolean {
  const { contractCode, states, actions, from, to } = filter;
  return (
    (!contractCode || operation.contractCode === contractCode) &&
    (!states || states.includes(operation.state)) &&
    (!actions || actions.includes(operation.action)) &&
    (!from || operation.requestedAt >= from) &&
    (!to || operation.requestedAt <= to)
  );
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
