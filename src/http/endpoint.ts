import compress from '@fastify/compress';
import cors from '@fastify/cors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type DoorOptions, serveDoor } from './door/door.js';
import { type OpenFormOptions, serveOpenForm } from './door/open-form.js';
import { frontPage, type PlacesHere } from './door/reference-page.js';
import { type SketchOptions, serveSketches } from './door/sketches.js';
import type { Explorer } from './explorer.js';
import type { GraphqlRoute } from './graphql.js';
import { NO_STORE, plainRefusal, preferredType, sendRefusal } from './graphql-answer.js';
import { inCallersLanguage, languageFrom } from './request-headers.js';

/** Where GraphQL is asked, and how. */
export interface EndpointOptions {
  basePath: string;
  /** Origins whose pages may ask from a browser; `*` is any. */
  corsOrigins: readonly string[];
  graphql: GraphqlRoute;
  door: Omit<DoorOptions, 'prefix' | 'graphqlPath' | 'isAccepted'> & Pick<OpenFormOptions, 'framePolicy'>;
  sketches: Omit<SketchOptions, 'graphqlPath'>;
  /** Answers a browser that opens the endpoint; null: nobody does. */
  explorer: Explorer | null;
  /** Whether health is answered on this port. */
  healthHere: boolean;
}

const PREFLIGHT_MAX_AGE_S = 86_400;
/** An answer depends on these headers of its request. */
const VARY = 'Authorization, Origin, Accept, Accept-Encoding, Accept-Language';

/** The GraphQL endpoint, at the base path and at `graphql` below it, each with and without a slash at its end; and the door at `v1`. */
export async function serveEndpoint(app: FastifyInstance, options: EndpointOptions): Promise<void> {
  const { basePath, corsOrigins, graphql, door, sketches, explorer } = options;
  const asks = { graphqlPath: `${basePath}/graphql`, isAccepted: graphql.isAccepted };
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', async (_request, reply) => {
        reply.header('vary', VARY);
      });
      // A page of another origin may send any header: credentials are never allowed, so that it has nothing of the user's to borrow.
      await scope.register(cors, {
        origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
        methods: ['GET', 'POST', 'PUT', 'PATCH'],
        exposedHeaders: ['location', 'retry-after', 'x-request-id'],
        maxAge: PREFLIGHT_MAX_AGE_S,
        strictPreflight: false,
      });
      await scope.register(compress, { encodings: ['gzip'], globalDecompression: false });
      for (const url of ['/', '/graphql', '/graphql/']) {
        scope.route({ method: ['GET', 'POST'], url, handler });
        scope.route({ method: ['PUT', 'PATCH', 'DELETE'], url, onRequest: refuseMethod, handler: refuseMethod });
      }
      const beside = async (inner: FastifyInstance) => {
        await serveDoor(inner, { ...door, ...asks, prefix: `${basePath}/v1` });
        serveSketches(inner, { ...sketches, ...asks });
      };
      await scope.register(beside, { prefix: '/v1' });
    },
    { prefix: basePath },
  );
  await app.register(async (scope) => serveOpenForm(scope, { ...door, ...asks }), { prefix: basePath });
  if (basePath !== '') serveFrontPage(app, options);

  async function handler(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (explorer && request.method === 'GET' && preferredType(request.headers.accept) === 'text/html')
      return explorer(request, reply);
    const answer = await graphql.handle(request, reply);
    reply.headers(NO_STORE);
    return answer;
  }
}

/** `GET /`: what is here, as a page for a browser, else as JSON. */
function serveFrontPage(app: FastifyInstance, { basePath, explorer, healthHere }: EndpointOptions): void {
  const places: PlacesHere = {
    map: `${basePath}/ozloc`,
    logs: `${basePath}/logs`,
    ...(explorer && { graphql: `${basePath}/graphql` }),
    http: `${basePath}/v1/`,
    ...(healthHere && { health: '/readyz' }),
  };
  app.get('/', ({ headers }, reply) => {
    reply.headers({ vary: 'Accept, Accept-Language', 'cache-control': 'no-cache' });
    if (preferredType(headers.accept) !== 'text/html') return reply.send({ ...places, graphql: `${basePath}/graphql` });
    const page = frontPage(places, languageFrom(headers));
    return reply.headers(page.headers).type('text/html; charset=utf-8').send(page.html);
  });
}

async function refuseMethod(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const answer = inCallersLanguage(request, () => plainRefusal('BAD_USER_INPUT', 405));
  return sendRefusal(reply.header('allow', 'GET, POST, OPTIONS'), answer);
}
