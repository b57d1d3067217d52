import { buildSchema, GraphQLError, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  ConflictError,
  LimitExceededError,
  RateLimitedError,
  UpstreamRefusedError,
  UpstreamShapeError,
} from '../../src/errors/app-error.js';
import { documentMessage } from '../../src/errors/document-message.js';
import { createFormatError } from '../../src/errors/format-error.js';

const internal: [string, unknown][] = [];
const format = createFormatError({
  isSchemaName: (name) => ['Query', 'box', 'id', 'Float', 'ViabilityVerdict'].includes(name),
  isProposable: () => false,
  onInternal: (id, error) => internal.push([id, error]),
});

function thrown(cause: Error) {
  const error = new GraphQLError(cause.message, { originalError: cause, path: ['box'] });
  return format({ message: error.message, path: ['box'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }, error);
}

describe('Top-level errors', () => {
  it('keep code, path and facts of a known failure, and none of its values', () => {
    const error = thrown(new ConflictError('CODE_AMBIGUOUS', 'x', [{ field: 'client', value: '00123', actual: 2 }]));
    expect(error).toEqual({
      message: expect.stringContaining('mais de um cliente'),
      path: ['box'],
      extensions: { code: 'CONFLICT', reason: 'CODE_AMBIGUOUS', details: [{ field: 'client', actual: 2 }] },
    });
  });

  it('carry limit, max and actual of a limit, and when to come back', () => {
    expect(thrown(new LimitExceededError('depth', 15, 40)).extensions).toEqual({
      code: 'LIMIT_EXCEEDED',
      limit: 'depth',
      max: 15,
      actual: 40,
    });
    expect(thrown(new RateLimitedError(7)).extensions).toEqual({ code: 'RATE_LIMITED', retryAfterS: 7 });
  });

  it('name what an OZmap answer lacks, and hide the words of a refused read', () => {
    expect(thrown(new UpstreamShapeError('boxes', 'rows[].id')).extensions).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_SHAPE',
      details: [{ field: 'rows[].id' }],
    });
    expect(JSON.stringify(thrown(new UpstreamRefusedError(400, 'secret words')))).not.toContain('secret words');
  });

  it('turn anything unknown into INTERNAL_SERVER_ERROR with an id that is also logged', () => {
    const error = thrown(new TypeError("cannot read 'token' of 123-secret"));
    expect(error.extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      errorId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.stringify(error)).not.toContain('secret');
    expect(internal.at(-1)?.[0]).toBe(error.extensions?.errorId);
  });
});

describe('A value of a variable that its type does not allow', () => {
  const told = (message: string) =>
    format({ message, extensions: { code: 'BAD_USER_INPUT' } }, new GraphQLError(message)).extensions;
  it.each([
    ['at "at.box.id"', 'box.id'],
    ['at "at[2].id"', '[2].id'],
  ])('is named by its path inside the variable: %s', (path, field) => {
    const message = `Variable "$at" got invalid value "secret" ${path}; ID cannot represent value: "secret"`;
    expect(told(message)).toEqual({ code: 'BAD_USER_INPUT', details: [{ field }] });
  });

  it.each(['secret', 'a at \\"at.secret\\"; b'])('is named by the variable where that is the value: %s', (value) => {
    const message = `Variable "$at" got invalid value "${value}"; ID cannot represent value: "${value}"`;
    expect(told(message)).toEqual({ code: 'BAD_USER_INPUT', details: [{ field: 'at' }] });
  });

  it.each([
    ['a name on the way is no name of the schema', 'Variable "$at" got invalid value "x" at "at.secret"; Expected ID'],
  ])('is not named where %s', (_why, message) => {
    expect(told(message)).toEqual({ code: 'BAD_USER_INPUT' });
  });
});

describe('Messages about a document', () => {
  const known = (name: string) => ['Query', 'box', 'Float', 'Float!', 'ViabilityVerdict', 'id'].includes(name);
  const cases: [string, string][] = [
    ['Cannot query field "secret" on type "Query".', 'There is no such field on type Query.'],
    ['Syntax Error: Unexpected Name "secret".', 'The document is not valid GraphQL.'],
    [
      'Variable "$secret" got invalid value "secret" at "input.lat"; Float cannot represent non numeric value: "secret"',
      'A value of type Float is expected.',
    ],
    [
      'Variable "$i" got invalid value "secret"; Value "secret" does not exist in "ViabilityVerdict" enum.',
      'There is no such value in the enum ViabilityVerdict.',
    ],
    ['Field "secret" is not defined by type "secret".', 'There is no such field on input type ….'],
    ['Expected value of type "Float!", found "secret".', 'A value of type Float! is expected.'],
    ['Something new about "secret".', 'The request does not fit the schema.'],
  ];

  it.each(cases)('never repeat input: %s', (message, said) => {
    expect(documentMessage(message, known, 'en')).toBe(said);
    expect(documentMessage(message, known, 'pt')).not.toMatch(/secret|\$|schema/);
  });

  it('are there for every rule by which a document is judged, in the language of the request', () => {
    const schema = buildSchema(`
      type Query { box(id: ID!): Box boxes: [Box] pole: Pole }
      type Box { id: ID name(short: Boolean): String }
      type Pole { name: Int }
    `);
    const wrong = [
      '{ box(id: 1) { name } a: box(id: 1) { id } ...A } fragment A on Query { a: boxes { id } }',
      'query($x: Boolean) { box(id: $x) { id } }',
      '{ box(id: $x) { id } }',
      'query($x: ID!) { boxes { id } }',
      'query($x: Box) { box(id: $x) { id } }',
      '{ boxes { ...A } } fragment A on Pole { name }',
      '{ boxes { ...A } } fragment A on ID { name }',
      '{ boxes { ...A } } fragment A on Box { ...A }',
      '{ box(id: 1, id: 2) { id } }',
      'query A { boxes { id } } query A { boxes { id } }',
      '{ boxes @skip(if: true) @skip(if: true) { id } }',
      'query @skip(if: true) { boxes { id } }',
      '{ boxes @no { id } }',
      '{ boxes { ...B } }',
      '{ boxes { ... on No { id } } }',
      '{ boxes @skip(if: true, no: 1) { id } }',
      'type A { id: ID } { boxes { id } }',
      '{ boxes { id } } query B { boxes { id } }',
      '{ boxes }',
      '{ boxes { id { no } } }',
      '{ box { id } }',
      '{ box(no: 1, id: 1) { id } }',
      '{ no }',
    ];
    for (const document of wrong) {
      const [error] = validate(schema, parse(document));
      const told = (['pt', 'en'] as const).map((language) => documentMessage(error?.message ?? '', known, language));
      expect([document, ...told]).not.toContain('The request does not fit the schema.');
      expect(told[0]).not.toBe(told[1]);
    }
  });
});
