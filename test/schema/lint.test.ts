import { readFileSync } from 'node:fs';
import graphql from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

/** The plugin makes a federated schema by an older @apollo/subgraph's rules than ours; so it gets the directives, and a schema without `@link`. */
const FEDERATION = `
  directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
  directive @shareable repeatable on OBJECT | FIELD_DEFINITION
  directive @tag(name: String!) repeatable on OBJECT | INPUT_OBJECT | FIELD_DEFINITION | INPUT_FIELD_DEFINITION
`;
const schema = readFileSync('schema/subgraph.graphql', 'utf8').replace(/^extend schema @link.*\n/, '');
const OPERATIONS = 'schema/operations/*.graphql';

const { 'flat/schema-recommended': recommended, 'flat/schema-relay': relay } = graphql.configs;
const [, names] = recommended.rules['@graphql-eslint/naming-convention'];
const RULES = {
  ...recommended.rules,
  ...relay.rules,
  // `BoxType` is OZmap's own word: the type of a box.
  '@graphql-eslint/naming-convention': ['error', { ...names, 'ObjectTypeDefinition,ObjectTypeExtension': {} }],
  // Values and payloads have no id. What has one is an entity, and entities are held to their keys by another test.
  '@graphql-eslint/strict-id-in-types': 'off',
  // Lists that are no pages: the ports of a splitter, the boxes on offer.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
  ],
  // A journal is read from its newest entry on: forward is enough for Relay.
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
};
const OPERATION_RULES = {
  ...graphql.configs['flat/operations-recommended'].rules,
  // No caller of ours keeps a normalised cache; what the door answers is flat.
  '@graphql-eslint/require-selections': 'off',
};

function linter(rules: object): ESLint {
  const graphQLConfig = { schema: FEDERATION + schema, documents: OPERATIONS };
  return new ESLint({
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.graphql'],
      languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig } },
      plugins: { '@graphql-eslint': graphql as never },
      rules: rules as never,
    },
  });
}

const complaints = (results: readonly ESLint.LintResult[]) =>
  results.flatMap(({ messages }) => messages.map(({ line, message }) => `${line}: ${message}`));

describe('graphql-eslint', () => {
  it('has nothing to say of the schema, by its recommended rules and those of Relay', async () => {
    expect(complaints(await linter(RULES).lintText(schema, { filePath: 'schema.graphql' }))).toEqual([]);
  });

  it('has nothing to say of our operations', async () => {
    const results = await linter(OPERATION_RULES).lintFiles(OPERATIONS);
    expect(results.length).toBeGreaterThan(4);
    expect(complaints(results)).toEqual([]);
  });

  it('complains of what is against its rules, so the checks above do check', async () => {
    const shouting = schema.replaceAll(/\bBoxOffer\b/g, 'box_offer');
    expect(complaints(await linter(RULES).lintText(shouting, { filePath: 'schema.graphql' }))).not.toEqual([]);
  });
});
