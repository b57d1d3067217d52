import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { City } from '../../city/city.js';
import { BadUserInputError } from '../../errors/app-error.js';
import { requestLanguage } from '../../errors/messages.js';
import { DoorSketchDocument, type DoorSketchQuery } from '../../generated/operations.js';
import { sketchOf } from '../../sketch/sketch.js';
import { sayIn } from '../../sketch/words.js';
import { NO_STORE } from '../graphql-answer.js';
import { inCallersLanguage } from '../request-headers.js';
import { actingFor, type Credentials, NOBODY } from '../sales/credentials.js';
import type { Sales } from '../sales/sales.js';
import { type SketchBrand, sketchPdf, sketchPng } from '../sketch/print.js';
import { askGraphql } from './ask-graphql.js';
import { refused } from './door.js';
import { notFound, problemOfError } from './problem.js';

/** What sketches are made with. */
export interface SketchOptions {
  /** Where GraphQL is asked, without a host. */
  graphqlPath: string;
  sales: Sales;
  /** Its streets are the ground of the map; null: plain ground. */
  city: City | null;
  brand: SketchBrand;
  /** In which a sketch says when it was made. */
  timeZone: string;
}

const FORMATS = {
  png: { type: 'image/png', print: sketchPng },
  pdf: { type: 'application/pdf', print: sketchPdf },
} as const;

/** The installer's sheet of a contract, for whoever may read it; and at a sealed address for whoever was given that, without a token. */
export function serveSketches(
  scope: FastifyInstance,
  { graphqlPath, sales, city, brand, timeZone }: SketchOptions,
): void {
  scope.get<{ Params: { code: string; format: string } }>('/contracts/:code/sketch.:format', (request, reply) =>
    inCallersLanguage(request, () => send(request, reply, request.params.format, request.params.code)),
  );
  scope.get<{ Params: { file: string } }>('/sketches/:file', (request, reply) =>
    inCallersLanguage(request, async () => {
      const at = request.params.file.lastIndexOf('.');
      const opened = at < 0 ? null : await sales.openSketch(request.params.file.slice(0, at));
      if (!opened) return refused(reply, notFound());
      const { contractCode, token, cntUser } = opened;
      const as: Credentials = { ...NOBODY, token, cntUser };
      return actingFor.run(as, () => send(request, reply, request.params.file.slice(at + 1), contractCode));
    }),
  );

  async function send(request: FastifyRequest, reply: FastifyReply, format: string, code: string) {
    if (!isFormat(format)) throw new BadUserInputError('a sketch is png or pdf', [{ field: 'format' }]);
    const operation = { query: String(DoorSketchDocument), variables: { contractCode: code } };
    const { answer, retryAfter } = await askGraphql(request, reply, { url: graphqlPath, operation });
    const [error] = answer.errors ?? [];
    if (error) return refused(reply, problemOfError(error), retryAfter);
    const client = (answer.data as DoorSketchQuery | undefined)?.client;
    if (!client) return refused(reply, notFound());
    const { contractCode, name, observation, property, connection } = client;
    const { box = null, building = null, drop = null } = property ?? {};
    const facts = { contractCode, client: { name, observation }, property, box, building, connection, drop };
    const sketch = sketchOf(facts, sayIn(requestLanguage()), { now: new Date(), timeZone });
    const { type, print } = FORMATS[format];
    const file = await print(sketch, city, brand);
    return reply
      .headers({ ...NO_STORE, 'content-disposition': `inline; filename="${sketch.fileName}.${format}"` })
      .type(type)
      .send(file);
  }
}

function isFormat(format: string): format is keyof typeof FORMATS {
  return Object.hasOwn(FORMATS, format);
}
