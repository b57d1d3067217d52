import { getIntrospectionQuery, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSubgraph } from '../../src/graph/schema.js';
import { sizeOf } from '../../src/http/operation-size.js';

const { schema } = await buildSubgraph();

function measure(text: string, variables: Record<string, unknown> = {}) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  return sizeOf(schema, document, operation, variables);
}

describe('The size of an operation', () => {
  it('counts levels and objects', () => {
    expect(measure('{ box(id: 1) { name type { code } } }')).toEqual({
      depth: 3,
      cost: 2,
      aliases: 0,
      introspection: 0,
      representations: 0,
    });
  });

  it('takes the length of a list from its argument, variable or default', () => {
    const clients = 'query($c: [ID!]!) { clients(contractCodes: $c) { property { id } } }';
    expect(measure(clients, { c: ['1', '2', '3'] }).cost).toBe(6);
    const boxes = (args: string) => `{ boxes(near: {lat: 1, lng: 1}, radiusM: 9${args}) { distanceM } }`;
    expect(measure(boxes(', limit: 7')).cost).toBe(7);
    expect(measure(boxes('')).cost).toBe(50);
  });

  it('counts a value under another name as an object: it can be asked for under many', () => {
    const boxes = (inside: string) =>
      measure(`{ boxes(near: {lat: 1, lng: 1}, radiusM: 9, limit: 5) { box { ${inside} } } }`).cost;
    expect([boxes('name lat'), boxes('name a: name b: lat')]).toEqual([10, 20]);
  });

  it('multiplies lists inside lists by what the schema assumes of them', () => {
    const text =
      '{ boxes(near: {lat: 1, lng: 1}, radiusM: 9, limit: 2) { box { splitters { ports { client { name } } } } } }';
    expect(measure(text).cost).toBe(2 * (1 + (1 + 4 * (1 + 16 * (1 + 1)))));
  });

  it('counts what fragments bring, each time they are spread, without walking them each time', () => {
    const levels = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Box { ...F${i + 1} ...F${i + 1} }`).join(
      ' ',
    );
    const text = `{ box(id: 1) { ...F0 } } ${levels} fragment F40 on Box { type { code } }`;
    // Walked each time, this would not end before the test's limit does.
    expect(measure(text).cost).toBe(1 + 2 ** 40);
  });

  it('counts introspection and the schema text apart, many times over where it is asked many times over', () => {
    const usual = measure(getIntrospectionQuery());
    expect(usual).toMatchObject({ depth: 0, cost: 0, aliases: 0 });
    expect(usual.introspection).toBeLessThan(60_000 / 1.5);
    const fields = (inside: string) => `a: fields { type { ${inside} } } b: fields { type { ${inside} } }`;
    expect(measure(`{ __schema { types { ${fields(fields('name'))} } } }`).introspection).toBeGreaterThan(
      3 * measure('{ __schema { types { fields { type { fields { type { name } } } } } } }').introspection,
    );
    expect(measure('{ a: _service { sdl } b: _service { sdl } }').introspection).toBe(20_000);
  });

  it('counts the references of a router', () => {
    const text = 'query($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const client = (at: number) => ({ __typename: 'Client', contractCode: String(at) });
    expect(measure(text, { r: [1, 2, 3].map(client) })).toMatchObject({ representations: 3, cost: 3 });
    // Looked up once, and answered in each place.
    const repeated = Array.from({ length: 800 }, (_, at) => client(at % 500));
    expect(measure(text, { r: repeated })).toMatchObject({ representations: 530, cost: 530 });
    expect(measure(text, { r: [{ id: {} }, { id: {} }, null] })).toMatchObject({ cost: 3 });
  });

  it('counts aliases', () => {
    expect(measure('{ a: box(id: 1) { id } b: box(id: 2) { id } }').aliases).toBe(2);
  });
});
