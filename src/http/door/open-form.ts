import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { launchTags, launchValue } from '../../domain/launch-values.js';
import { BadUserInputError, UnauthenticatedError } from '../../errors/app-error.js';
import { requestLanguage } from '../../errors/messages.js';
import { type CreateOzlocLinkInput, DoorOzlocLinkDocument } from '../../generated/operations.js';
import { type BodyOptions, takeForms } from '../body.js';
import { NO_STORE, preferredType, type RefusalAnswer } from '../graphql-answer.js';
import { inCallersLanguage, tokenFrom } from '../request-headers.js';
import { askGraphql } from './ask-graphql.js';
import { headersOf, type Problem, problemOf, problemOfError, problemOfRefusal, problemOfStatus } from './problem.js';

/** What the form needs. */
export interface OpenFormOptions extends BodyOptions {
  /** Where GraphQL is asked, without a host. */
  graphqlPath: string;
  refuse(error: unknown, request: FastifyRequest): Promise<RefusalAnswer>;
  /** A content security policy: who may show a refusal in a frame. */
  framePolicy: string;
}

/**
 * `POST /ozloc/open`: a plain HTML form with the names of OZmap's own OZloc makes a link to the map page and leads there (303). The token comes in
 * the body and goes nowhere else. One that OZmap does not know counts as it does everywhere.
 */
export function serveOpenForm(scope: FastifyInstance, options: OpenFormOptions): void {
  const { graphqlPath, refuse, framePolicy } = options;
  takeForms(scope, { ...options, guessCharset: true });
  scope.setErrorHandler(async (error, request, reply) => {
    const answer = await refuse(error, request);
    return inCallersLanguage(request, () => refused(request, reply.headers(answer.headers), problemOfRefusal(answer)));
  });
  scope.post('/ozloc/open', (request, reply) => inCallersLanguage(request, () => open(request, reply)));
  scope.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/ozloc/open',
    handler: (request, reply) =>
      inCallersLanguage(request, () => refused(request, reply.header('allow', 'POST'), problemOfStatus(405))),
  });

  async function open(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const sent = sentBy(request);
    const token = tokenFrom({ authorization: sent('token') });
    if (token === null) throw new UnauthenticatedError('no token in the form');
    const operation = { query: String(DoorOzlocLinkDocument), variables: { input: linkInput(sent) } };
    const asked = { url: graphqlPath, authorization: token, operation };
    const { answer, retryAfter } = await askGraphql(request, reply, asked);
    const made = answer.data?.createOzlocLink as {
      url: string | null;
      problem: Parameters<typeof problemOf>[0] | null;
    } | null;
    if (made?.url) return reply.headers({ ...NO_STORE, 'referrer-policy': 'no-referrer' }).redirect(made.url, 303);
    const problem = made?.problem ? problemOf(made.problem) : problemOfError(answer.errors?.[0] ?? { message: '' });
    return refused(request, reply, problem, retryAfter);
  }

  /** For a person where a browser asks, else as the door refuses. */
  function refused(request: FastifyRequest, reply: FastifyReply, problem: Problem, retryAfter?: string) {
    reply.code(problem.status).headers({ ...NO_STORE, ...headersOf(problem, retryAfter) });
    if (preferredType(request.headers.accept) !== 'text/html') return reply.send(problem);
    const { lang, goBack } = WORDS[requestLanguage()];
    const text = problem.detail.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    return reply
      .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': framePolicy })
      .send(`<!doctype html><html lang="${lang}"><title>OZloc</title><h1>${text}</h1><p>${goBack}</p></html>`);
  }
}

const WORDS = {
  pt: { lang: 'pt-BR', goBack: 'Volte ao CNT e abra o mapa de novo.' },
  en: { lang: 'en', goBack: 'Go back to CNT and open the map again.' },
};

/** The fields of a form by name, in either case, those without a value left out. Errors: BAD_USER_INPUT. */
function sentBy({ body }: FastifyRequest): (name: string) => string | undefined {
  if (typeof body !== 'object' || body === null) throw new BadUserInputError('no form', [{ field: 'body' }]);
  const fields = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return (name) => launchValue(fields.get(name.toLowerCase()) ?? '') ?? undefined;
}

/** `integration_code` names the contract whose client moves, as in OZmap's own OZloc. What is wrong in it the schema refuses. */
function linkInput(sent: ReturnType<typeof sentBy>): CreateOzlocLinkInput {
  const moved = sent('integration_code');
  const degrees = (name: string) => Number(sent(name)?.replace(',', '.'));
  return {
    contractCode: moved ?? sent('cod_cli') ?? '',
    name: sent('client_name') ?? null,
    address: sent('address') ?? null,
    ...((sent('lat') ?? sent('lng')) && { location: { lat: degrees('lat'), lng: degrees('lng') } }),
    tags: launchTags(sent('viabilityTags') ?? ''),
    relocate: moved !== undefined,
    openerOrigin: sent('openerOrigin') ?? null,
    returnUrl: sent('returnUrl') ?? null,
    state: sent('state') ?? null,
  };
}
