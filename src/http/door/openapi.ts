import {
  GraphQLID,
  type GraphQLInputType,
  type GraphQLNullableType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type DoorRoute, ROUTES } from './routes.js';
import { type Leaf, type Shape, shapeOf } from './shape.js';
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

type Json = Record<string, unknown>;

const PROBLEM = 'application/problem+json';
const text = { type: 'string' };
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

/** A list where one value would do may be sent as that value; the schema knows the scalars by their names. */
function inputOf(type: GraphQLInputType, nullable = true): Json {
  if (isNonNullType(type)) return inputOf(type.ofType as GraphQLInputType, false);
  if (isListType(type)) return orNull({ type: 'array', items: inputOf(type.ofType as GraphQLInputType) }, nullable);
  if (isEnumType(type)) return { enum: [...type.getValues().map(({ name }) => name), ...(nullable ? [null] : [])] };
  // A contract's code, or an ERP's number of a state, may come as a number.
  if (type === GraphQLID) return orNull({ type: ['string', 'integer'] }, nullable);
  if (!isInputObjectType(type)) return orNull(scalarOf(type.name), nullable);
  const fields = Object.values(type.getFields());
  const required = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  const properties = fields.map((field) => [field.name, { ...inputOf(field.type), description: field.description }]);
  return orNull(
    { type: 'object', required: required.map(({ name }) => name), properties: Object.fromEntries(properties) },
    nullable,
  );
}

function objectOf(leaves: readonly Leaf[]): Json {
  return {
    type: 'object',
    required: leaves.map(({ key }) => key),
    properties: Object.fromEntries(
      leaves.map((leaf) => [
        leaf.key,
        { ...outputOf(leaf.type, leaf.items, !leaf.certain), description: leaf.description },
      ]),
    ),
  };
}

/** Values of enums may be added, so that none is left out by naming them. */
function outputOf(type: GraphQLOutputType, items: readonly Leaf[] | null, nullable: boolean): Json {
  const inner = getNullableType(type) as GraphQLNullableType;
  if (isListType(inner)) {
    const item = inner.ofType as GraphQLOutputType;
    const each = items ? objectOf(items) : outputOf(item, null, !isNonNullType(item));
    return orNull({ type: 'array', items: each }, nullable);
  }
  if (isEnumType(inner)) return orNull({ ...text, examples: inner.getValues().map(({ name }) => name) }, nullable);
  return orNull(scalarOf((inner as { name: string }).name), nullable);
}

const SCALARS: Readonly<Record<string, Json>> = {
  Float: { type: 'number' },
  Int: { type: 'integer' },
  Boolean: { type: 'boolean' },
  DateTimeISO: { type: 'string', format: 'date-time' },
};

function scalarOf(name: string): Json {
  return SCALARS[name] ?? text;
}

function orNull(schema: Json, nullable: boolean): Json {
  return nullable ? { ...schema, type: [schema.type, 'null'].flat() } : schema;
}

function ref(name: keyof typeof SCHEMAS): Json {
  return { $ref: `#/components/schemas/${name}` };
}

function json(schema: Json): Json {
  return { 'application/json': { schema } };
}
