import { openSync } from 'node:fs';
import type { ApolloServerPlugin, GraphQLResponse } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import {
  type DocumentNode,
  type GraphQLFormattedError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { pino } from 'pino';
import type { RequestContext } from '../graph/context.js';
import type { Origin } from '../graph/touched.js';
import { fragmentsOf } from './document-size.js';
import { cntUserFrom, traceIdFrom } from './request-headers.js';
import { currentTraceId } from './request-trace.js';

/** Where a request came from. `cntUser` is given where a link's bearer says who sells. */
export function originOf(request: FastifyRequest, cntUser = cntUserFrom(request.headers)): Origin {
  const traceId = traceIdFrom(request.headers) ?? currentTraceId() ?? request.id;
  return { address: request.ip, traceId, requestId: request.id, cntUser };
}

/** Who did or tried what. No names of customers, addresses of homes, observations or tokens: contracts appear by code. */
export interface AuditRecord {
  /** `sign-in.refused`: no token, or one that OZmap does not know. `link.…`: a link to the map page. */
  event: 'operation' | 'request.refused' | 'sign-in.refused' | 'link.opened' | 'link.refused';
  /** The OZmap user of the token; null while that is not known. */
  ownerId: string | null;
  ownerName: string | null;
  /** As CNT says, unverified. */
  cntUser: string | null;
  /** The caller's network address. */
  address: string;
  /** Of `traceparent`, or the request's own number. */
  traceId: string;
  /** The one contract that a seller's link is for. */
  sale: string | null;
  type: 'query' | 'mutation' | 'none';
  /** What the caller calls the operation. */
  operation: string | null;
  /** Root fields, by their names in the schema. */
  fields: readonly string[];
  /** Contract codes that were asked for or answered; none while nobody knows who asks. */
  contracts: readonly string[];
  /** `ok`, or the first code of the answer's errors or problems. */
  outcome: string;
}

/** Where records go. */
export interface AuditLog {
  write(record: AuditRecord): void;
  /** Writes what is still in memory. */
  stop(): Promise<void>;
}

/** What is written of a request that never became an operation. */
export function withoutOperation(
  event: AuditRecord['event'],
  origin: Pick<AuditRecord, 'address' | 'traceId' | 'cntUser'>,
  outcome: string,
  owner: Pick<AuditRecord, 'ownerId' | 'ownerName'> | null = null,
): AuditRecord {
  const { ownerId = null, ownerName = null } = owner ?? {};
  const { address, traceId, cntUser } = origin;
  const nothing = { type: 'none', operation: null, fields: [], contracts: [] } as const;
  return { event, ownerId, ownerName, sale: null, address, traceId, cntUser, ...nothing, outcome };
}

/** Writes nothing. */
export const NO_AUDIT: AuditLog = { write: () => {}, stop: async () => {} };

/** A record with more contracts than this is continued in further lines: a line stays short enough for what collects logs. */
const CONTRACTS_PER_LINE = 500;
const BUFFER_BYTES = 4_096;
const FLUSH_MS = 1_000;
/** What memory holds while the file cannot be written; what comes then is lost, and `onTrouble` hears of it. */
const MAX_BUFFER_BYTES = 16 * 1024 * 1024;

/**
 * Opens the audit log: JSON lines, appended to a file of its own (readable by its owner only), or on standard output, where `"audit":1` tells
 * them from the log. Lines are gathered for a second at most. Errors: those of opening the file.
 */
export function openAuditLog(file: string | null, onTrouble: (problem: { code: string }) => void): AuditLog {
  const destination = pino.destination({
    dest: file === null ? 1 : openSync(file, 'a', 0o600),
    // Standard output is shared with the log: only whole lines one after another may go there.
    sync: file === null,
    minLength: BUFFER_BYTES,
    maxLength: MAX_BUFFER_BYTES,
  });
  destination.on('error', (error: NodeJS.ErrnoException) => onTrouble({ code: error.code ?? error.name }));
  destination.on('drop', () => onTrouble({ code: 'DROPPED' }));
  const timer = setInterval(() => destination.flush(), FLUSH_MS).unref();
  let stopped = false;
  return {
    write({ contracts, ...record }) {
      if (stopped) return;
      const time = new Date().toISOString();
      for (let from = 0; from === 0 || from < contracts.length; from += CONTRACTS_PER_LINE) {
        const some = contracts.slice(from, from + CONTRACTS_PER_LINE);
        destination.write(`${JSON.stringify({ audit: 1, time, ...record, contracts: some })}\n`);
      }
    },
    stop: () => {
      stopped = true;
      clearInterval(timer);
      return new Promise((resolve) => {
        // A full disk must not prevent the stop.
        destination.once('error', () => resolve());
        destination.flush(() => {
          destination.once('close', () => resolve());
          destination.end();
        });
      });
    },
  };
}

/** Names of the root fields that a valid operation asks for, through fragments too, each once; none where there is no such operation. */
function rootFieldsOf(document: DocumentNode | undefined, operation: OperationDefinitionNode | undefined): string[] {
  if (!document || !operation) return [];
  const fragments = fragmentsOf(document);
  const names = new Set<string>();
  const walked = new Set<SelectionSetNode>();
  const walk = (set: SelectionSetNode | undefined) => {
    if (!set || walked.has(set)) return;
    walked.add(set);
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else
        walk((selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value))?.selectionSet);
    }
  };
  walk(operation.selectionSet);
  return [...names];
}

function typeOf(operation: OperationDefinitionNode | undefined): AuditRecord['type'] {
  const type = operation?.operation;
  return type === 'query' || type === 'mutation' ? type : 'none';
}

function errorsOf({ body }: GraphQLResponse): readonly GraphQLFormattedError[] {
  return (body.kind === 'single' && body.singleResult.errors) || [];
}

const MAX_NAME_LENGTH = 100;

/** Writes down each operation: who asked, for what, about which contracts, and how it ended. */
export function auditPlugin(audit: AuditLog): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ operation, document, operationName, response, contextValue }) {
          const { touched, sale } = contextValue;
          const { address, traceId, cntUser } = contextValue.origin;
          const [code = [...touched.problems][0]] = errorsOf(response).map((error) => error.extensions?.code);
          const owner = await contextValue.knownActor();
          audit.write({
            event: code === 'UNAUTHENTICATED' && !owner ? 'sign-in.refused' : 'operation',
            ownerId: owner?.ownerId ?? null,
            ownerName: owner?.ownerName ?? null,
            address,
            traceId,
            cntUser,
            sale: sale?.contractCode ?? null,
            type: typeOf(operation),
            operation: operationName?.slice(0, MAX_NAME_LENGTH) ?? null,
            fields: rootFieldsOf(document, operation),
            // Of nobody's contracts: what a stranger writes is no code of ours, and would fill the log.
            contracts: owner === null ? [] : [...touched.contracts],
            outcome: contextValue.expired ? 'REQUEST_TIMEOUT' : String(code ?? 'ok'),
          });
        },
      };
    },
  };
}
