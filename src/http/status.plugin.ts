import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../graph/context.js';

/** Statuses of answers without data, for callers that ask for `application/graphql-response+json`. */
const STATUS: Record<string, number> = {
  BAD_USER_INPUT: 400,
  LIMIT_EXCEEDED: 400,
  FORBIDDEN: 403,
};

/**
 * HTTP statuses as GraphQL over HTTP has them: `application/json` is 200 for every well-formed GraphQL answer, its errors are in the
 * body; `application/graphql-response+json` tells by its status, too, that there is no data.
 */
export const statusPlugin: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        if (response.body.kind !== 'single' || response.http.status === 405) return;
        const accept = request.http?.headers.get('accept') ?? '';
        const modern = accept.includes('application/graphql-response+json') && !accept.includes('application/json');
        const { data, errors } = response.body.singleResult;
        response.http.headers.set(
          'content-type',
          `application/${modern ? 'graphql-response+json' : 'json'}; charset=utf-8`,
        );
        const refused = data === undefined && errors !== undefined;
        response.http.status = modern && refused ? (STATUS[String(errors[0]?.extensions?.code)] ?? 500) : 200;
      },
    };
  },
};
