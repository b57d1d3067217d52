import type { GraphQLSchema } from 'graphql';
import { inputOf, type Json, objectOf, text } from './json-schema.js';
import { type DoorRoute, ROUTES } from './routes.js';
import { type Shape, shapeOf } from './shape.js';
import { type Taken, takenBy, takesKey } from './variables.js';

/** A route with what the schema says of it. */
export interface DescribedRoute {
  route: DoorRoute;
  shape: Shape;
  taken: readonly Taken[];
  keyed: boolean;
}

/** Every route. Errors: one that the schema does not have. */
export function describedRoutes(schema: GraphQLSchema): DescribedRoute[] {
  return ROUTES.map((route) => {
    const shape = shapeOf(schema, String(route.document), route.lift);
    return { route, shape, taken: takenBy(schema, route, shape), keyed: takesKey(schema, shape) };
  });
}

const PROBLEM = 'application/problem+json';
const textOrNull = { type: ['string', 'null'] };

const SCHEMAS = {
  Problem: {
    description: 'Why it was not done (RFC 9457). Codes and reasons: docs/errors.md.',
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'reason', 'detail', 'operationId'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      code: text,
      reason: textOrNull,
      detail: {
        ...text,
        description: 'A sentence for people, in Portuguese unless `Accept-Language` asks for English.',
      },
      operationId: textOrNull,
      details: {
        description:
          'What it is about, as far as there is more to say: which field, what stands there, a limit and what was measured.',
        type: 'array',
        items: {
          type: 'object',
          properties: {
            field: textOrNull,
            value: textOrNull,
            limit: { type: ['number', 'null'] },
            actual: { type: ['number', 'null'] },
          },
        },
      },
    },
  },
  Accepted: {
    description: 'Not at its end yet: it is carried out later, or its outcome is being found out.',
    type: 'object',
    required: ['operationId', 'operationState', 'code', 'detail'],
    properties: { operationId: text, operationState: textOrNull, code: textOrNull, detail: text },
  },
};

const REFUSALS: Readonly<Record<string, string>> = {
  400: 'The request is wrong.',
  401: 'No token, or one that OZmap does not know.',
  403: 'The token may not do this.',
  404: 'It is not there, or not visible to this token.',
  409: 'The state of the network forbids it: `reason` says how.',
  413: 'The body is too large.',
  415: 'The body is in a form that is not read here.',
  422: 'OZmap refuses it, or the idempotency key came with another input before.',
  429: 'Too many requests: `Retry-After` says when to come back.',
  503: 'OZmap or the geocoder is away: `Retry-After` says when to come back.',
  default: "A fault on this side or OZmap's.",
};

/** The door as OpenAPI 3.1 describes it, made of its routes and of the GraphQL schema behind them. `prefix` is where they begin. */
export function openApiOf(schema: GraphQLSchema, prefix: string, routes: readonly DescribedRoute[]): Json {
  const paths: Record<string, Json> = {};
  for (const one of routes) {
    const { path, method } = one.route;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(one) };
  }
  paths['/contracts/{code}/sketch.{format}'] = { get: SKETCH };
  return {
    openapi: '3.1.0',
    info: { title: 'OZmap for CNT', version: 'v1', description: schema.description ?? 'Plain HTTP beside GraphQL.' },
    servers: [{ url: prefix }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: SCHEMAS,
      securitySchemes: {
        token: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'An OZmap token.' },
      },
    },
  };
}

function refusalsOf(): Json {
  const content = { [PROBLEM]: { schema: ref('Problem') } };
  return Object.fromEntries(
    Object.entries(REFUSALS).map(([status, description]) => [status, { description, content }]),
  );
}

/** The one route that answers no JSON. */
const SKETCH: Json = {
  operationId: 'DoorSketch',
  summary: "The installer's sheet of a contract.",
  parameters: [
    { name: 'code', in: 'path', required: true, description: "CNT's contract code.", schema: text },
    {
      name: 'format',
      in: 'path',
      required: true,
      description: 'A picture, or one page of A4.',
      schema: { enum: ['png', 'pdf'] },
    },
  ],
  responses: { 200: { description: 'Done.', content: { 'image/png': {}, 'application/pdf': {} } }, ...refusalsOf() },
};

function operationOf({ route, shape, taken, keyed }: DescribedRoute): Json {
  const inBody = taken.filter(({ inPath }) => !inPath && route.method !== 'GET');
  const parameters = taken.filter((one) => !inBody.includes(one)).map(parameterOf);
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      "The caller's own key for this command: repeated with the same input, it is answered, not carried out again.",
    schema: { ...text, maxLength: 200 },
  };
  return {
    operationId: shape.operation.name?.value,
    summary: shape.root.description ?? '',
    parameters: keyed ? [...parameters, key] : parameters,
    ...(inBody.length > 0 && { requestBody: bodyOf(inBody) }),
    responses: {
      [route.status]: { description: 'Done.', content: json(objectOf(shape.leaves)) },
      ...(keyed && {
        202: {
          description: 'Not at its end yet.',
          headers: { Location: { description: 'The operation.', schema: text } },
          content: json(ref('Accepted')),
        },
      }),
      ...refusalsOf(),
    },
  };
}

function parameterOf({ name, type, required, inPath, description }: Taken): Json {
  const place = inPath ? { in: 'path', required: true } : { in: 'query', required };
  return { name, ...place, description, schema: inputOf(type, false) };
}

function bodyOf(taken: readonly Taken[]): Json {
  const required = taken.filter((one) => one.required).map(({ name }) => name);
  const schema = {
    type: 'object',
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    properties: Object.fromEntries(
      taken.map(({ name, type, description }) => [name, { ...inputOf(type), description }]),
    ),
  };
  return {
    required: required.length > 0,
    content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
  };
}

function ref(name: keyof typeof SCHEMAS): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}
