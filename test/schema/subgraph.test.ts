import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import {
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  printSchema,
  visit,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { ENTITY_REFERENCES } from '../../src/graph/entities.js';
import { buildSubgraph } from '../../src/graph/schema.js';

const { schema, sdl, scopedSdl } = await buildSubgraph();
const own = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('_') && !type.name.includes('__'),
);

describe.each([
  ['schema/subgraph.graphql', sdl],
  ['schema/subgraph.scopes.graphql', scopedSdl],
])('%s', (file, printed) => {
  // In any order: it follows what a worker has loaded before. `npm run schema:check`, in a process of its own, compares letter by letter.
  it('is what the code prints', () => {
    const lines = (text: string) => text.split('\n').sort();
    expect(lines(readFileSync(file, 'utf8'))).toEqual(lines(printed));
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

  it('has no description so short that a router stumbles over it', () => {
    const short: string[] = [];
    visit(parse(sdl), { StringValue: ({ value, block }) => void (block && value.length < 6 && short.push(value)) });
    expect(short).toEqual([]);
  });

  it('is read by tools that know federation as it was before @listSize: defines what they miss, and extends a default schema', () => {
    const { definitions } = parse(sdl);
    const known = ['link', 'key', 'shareable', 'tag', 'specifiedBy', 'deprecated'];
    for (const node of definitions) if (node.kind === Kind.DIRECTIVE_DEFINITION) known.push(node.name.value);
    const unknown = new Set<string>();
    visit(parse(sdl), { Directive: ({ name }) => void (known.includes(name.value) || unknown.add(name.value)) });
    expect([...unknown]).toEqual([]);
    expect(definitions.map(({ kind }) => kind)).not.toContain(Kind.SCHEMA_DEFINITION);
  });

  it('lets routers take the default of a slicing argument', () => {
    const sizes = sdl.match(/@listSize\(slicingArguments[^)]*\)/g) ?? [];
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.filter((size) => !size.includes('requireOneSlicingArgument: false'))).toEqual([]);
  });

  it('says of each own scalar where its format is written down', () => {
    const scalars = own.filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
    expect(scalars.map((type) => [type.name, isScalarType(type) && type.specifiedByURL])).toEqual([
      ['DateTimeISO', expect.stringMatching(/^https:/)],
    ]);
  });

  it('lists codes and reasons as enums that say that they grow', () => {
    for (const [type, field] of [
      ['IntegrationProblem', 'code'],
      ['IntegrationProblem', 'reason'],
      ['IntegrationWarning', 'code'],
      ['IntegrationOperationStep', 'outcome'],
    ] as const) {
      const found = schema.getType(type);
      const words = isObjectType(found) ? getNamedType(found.getFields()[field]?.type) : undefined;
      expect(isEnumType(words) && words.description).toContain('New values may be added');
    }
  });

  it('demands nothing of an entity but its key: a router may know one that is not here', () => {
    const demanded = own
      .filter((type) => isObjectType(type) && Object.hasOwn(ENTITY_REFERENCES, type.name))
      // Made here and kept here, and read by its id only after that.
      .filter(({ name }) => name !== 'IntegrationOperation')
      .flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []))
      .filter((field) => isNonNullType(field.type))
      .map(({ name }) => name);
    expect(new Set(demanded)).toEqual(new Set(['contractCode', 'id']));
  });

  it('can be published without what is internal', () => {
    const hidden = sdl
      .replace('"@tag"', '"@tag", "@inaccessible"')
      .replaceAll('@tag(name: "internal")', '@tag(name: "internal") @inaccessible');
    const { schema: composed, errors } = composeServices([
      { name: 'ozmap', url: 'http://o.test', typeDefs: parse(hidden) },
    ]);
    expect(errors?.map(String) ?? []).toEqual([]);
    const shown = printSchema(composed?.toAPISchema().toGraphQLJSSchema() as GraphQLSchema);
    expect(shown).toContain('integrationOperation(');
    expect(shown).not.toMatch(/retryOperation|steps: \[IntegrationOperationStep|cntUser/);
  });

  it('keeps root fields nullable', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}),
    );
    const nonNull = roots.filter((field) => String(field.type).endsWith('!')).map((field) => field.name);
    expect(nonNull.sort()).toEqual(['_entities', '_service']);
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
