import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../../graph/context.js';
import { rootFieldsOf } from '../root-fields.js';
import type { AuditLog } from './audit-log.js';

const MAX_NAME_LENGTH = 100;

/** Writes down each operation: who asked, for what, about which contracts, and how it ended. */
export function auditPlugin(audit: AuditLog): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ operation, document, operationName, response, contextValue }) {
          const { origin, touched, sale } = contextValue;
          const errors = response.body.kind === 'single' ? (response.body.singleResult.errors ?? []) : [];
          const [code = [...touched.problems][0]] = errors.map((error) => error.extensions?.code);
          const owner = await contextValue.knownActor();
          const refused = code === 'UNAUTHENTICATED' && owner === null;
          audit.write({
            event: refused ? 'sign-in.refused' : 'operation',
            ownerId: owner?.ownerId ?? null,
            ownerName: owner?.ownerName ?? null,
            ...origin,
            sale: sale?.contractCode ?? null,
            type:
              operation?.operation === 'query' || operation?.operation === 'mutation' ? operation.operation : 'none',
            operation: operationName?.slice(0, MAX_NAME_LENGTH) ?? null,
            fields: operation && document ? rootFieldsOf(document, operation) : [],
            contracts: [...touched.contracts],
            outcome: contextValue.expired ? 'REQUEST_TIMEOUT' : String(code ?? 'ok'),
          });
        },
      };
    },
  };
}
