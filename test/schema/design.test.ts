import { existsSync, readFileSync } from 'node:fs';
import { type DefinitionNode, Kind, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSubgraph } from '../../src/schema.js';
import { available } from '../support/available.js';

const DESIGN = '../shared/design/schema.graphql';
const present = available(existsSync(DESIGN), `${DESIGN} is not here, so the schema is not held against it`);

/** What a schema says, one line each: `Query.box(id: ID!): Box`, `enum Verdict.VIABLE`, `Box @key(fields: "id")`. */
function facts(sdl: string): Set<string> {
  return new Set(parse(sdl).definitions.flatMap(factsOf));
}

function factsOf(node: DefinitionNode): string[] {
  if (node.kind === Kind.ENUM_TYPE_DEFINITION)
    return (node.values ?? []).map((v) => `enum ${node.name.value}.${v.name.value}`);
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return [];
  const type = node.name.value;
  const directives = (node.directives ?? []).map((directive) => `${type} ${print(directive)}`);
  const fields = (node.fields ?? []).flatMap((field) => {
    const path = `${type}.${field.name.value}`;
    const value = 'defaultValue' in field && field.defaultValue ? ` = ${print(field.defaultValue)}` : '';
    const args = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
    return [
      `${path}: ${print(field.type)}${value}`,
      ...args.map(
        (arg) =>
          `${path}(${arg.name.value}): ${print(arg.type)}${arg.defaultValue ? ` = ${print(arg.defaultValue)}` : ''}`,
      ),
    ];
  });
  return [...directives, ...fields];
}

describe.runIf(present)('The schema', () => {
  it('has every field of the design, with its type, nullability and default', async () => {
    const ours = facts((await buildSubgraph()).sdl);
    const design = [...facts(readFileSync(DESIGN, 'utf8'))];
    expect(design.length).toBeGreaterThan(150);
    expect(design.filter((fact) => !ours.has(fact))).toEqual([]);
  });
});
