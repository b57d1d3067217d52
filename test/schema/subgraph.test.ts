import { readFileSync } from 'node:fs';
import { isInputObjectType, isObjectType, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ENTITY_REFERENCES } from '../../src/graph/entities.js';
import { buildSubgraph } from '../../src/graph/schema.js';

const { schema, sdl } = await buildSubgraph();
const own = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('_') && !type.name.includes('__'),
);

describe('schema/subgraph.graphql', () => {
  it('is what the code prints', () => {
    expect(readFileSync('schema/subgraph.graphql', 'utf8')).toBe(sdl);
  });
});

describe('The schema', () => {
  it('describes every type, field and argument', () => {
    const silent = own
      .filter((type) => isObjectType(type) || isInputObjectType(type))
      .filter((type) => !['Query', 'Mutation', '_Service'].includes(type.name))
      .flatMap((type) => [
        ...(type.description ? [] : [type.name]),
        ...Object.values(type.getFields())
          .filter((field) => !field.description)
          .map((field) => `${type.name}.${field.name}`),
      ]);
    expect(silent).toEqual([]);
  });

  it('keeps root fields and payloads nullable, except lists whose items are', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}),
    );
    const nonNull = roots.filter((field) => String(field.type).endsWith('!')).map((field) => field.name);
    expect(nonNull.sort()).toEqual(['_entities', '_service', 'clients', 'viabilities']);
  });

  it('answers every type with a key by reference, and no other', () => {
    const keyed = parse(sdl).definitions.flatMap((node) =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION && node.directives?.some((d) => d.name.value === 'key')
        ? [node.name.value]
        : [],
    );
    expect(Object.keys(ENTITY_REFERENCES).sort()).toEqual(keyed.sort());
  });
});
