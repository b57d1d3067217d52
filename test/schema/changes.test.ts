import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Change {
  name: string;
  description: string;
}
const tool = new URL('../../tools/schema-changes.mjs', import.meta.url).href;
const { breakingChanges, unannounced } = (await import(/* @vite-ignore */ tool)) as {
  breakingChanges(released: string, current: string): Change[];
  unannounced(changes: Change[], changelog: string): Change[];
};

const RELEASED = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  type Query { cat(id: ID!, breed: Breed, first: Int = 20): Cat owner(of: CatInput): Owner }
  type Cat @key(fields: "id") @key(fields: "chip") { id: ID! chip: ID name: String! owner: Owner @shareable }
  type Owner @shareable { name: String }
  enum Breed { SIAMESE MANX }
  input CatInput { id: ID name: String = "Tom" }`;
const changed = (from: string, to: string) => {
  expect(RELEASED).toContain(from);
  return breakingChanges(RELEASED, RELEASED.replace(from, to)).map(({ name }) => name);
};

describe('A change of the schema breaks', () => {
  it.each([
    ['a field that goes', ' name: String! owner', ' owner', ['Cat.name']],
    ['a field that may be null from now on', 'name: String! owner', 'name: String owner', ['Cat.name']],
    ['an argument that becomes required', 'breed: Breed,', 'breed: Breed!,', ['Query.cat(breed:)']],
    ['an argument that goes', ', breed: Breed,', ',', ['Query.cat(breed:)']],
    ['a new required argument', 'id: ID!, breed', 'id: ID!, age: Int!, breed', ['Query.cat(age:)']],
    ['an input field that is demanded', 'input CatInput { id: ID ', 'input CatInput { id: ID! ', ['CatInput.id']],
    ['a new required input field', 'input CatInput {', 'input CatInput { age: Int!', ['CatInput.age']],
    ['an enum value by another name', 'MANX', 'MANX_CAT', ['Breed.MANX']],
    ['a key that goes', ' @key(fields: "chip")', '', ['Cat']],
    ['a key that no router may ask for', '"chip")', '"chip", resolvable: false)', ['Cat']],
    ['a type that is no longer shared', 'type Owner @shareable', 'type Owner', ['Owner']],
    ['a field that is no longer shared', 'owner: Owner @shareable', 'owner: Owner', ['Cat.owner']],
    ['another default of an argument', 'Int = 20', 'Int = 50', ['Query.cat(first:)']],
    ['a default that goes', 'Int = 20', 'Int', ['Query.cat(first:)']],
    ['another default of an input field', '"Tom"', '"Mia"', ['CatInput.name']],
    ['a default where there was none', 'id: ID name', 'id: ID = 7 name', ['CatInput.id']],
    ['a field that another subgraph is to answer', 'chip: ID ', 'chip: ID @external ', ['Cat.chip']],
    [
      'a field that a right is demanded for',
      'name: String!',
      'name: String! @requiresScopes(scopes: [["x"]])',
      ['Cat.name'],
    ],
    ['a value that is hidden', 'MANX', 'MANX @inaccessible', ['Breed.MANX']],
    ['an argument that is hidden', 'breed: Breed,', 'breed: Breed @inaccessible,', ['Query.cat(breed:)']],
    ['a field that is marked as internal', 'chip: ID ', 'chip: ID @tag(name: "internal") ', ['Cat.chip']],
    ['a field that is taken over from a neighbour', 'chip: ID ', 'chip: ID @override(from: "cats") ', ['Cat.chip']],
    ['a field that is hidden', 'chip: ID ', 'chip: ID @inaccessible ', ['Cat.chip']],
  ])('by %s', (_what, from, to, names) => {
    expect(changed(from, to)).toEqual(names);
  });

  it.each([
    ['a new field', 'chip: ID ', 'chip: ID age: Int '],
    ['a new optional argument', 'breed: Breed,', 'breed: Breed, age: Int = 3,'],
    ['a new enum value', 'MANX', 'MANX KORAT'],
    ['a further key', 'type Cat', 'type Cat @key(fields: "id chip")'],
    ['a key written otherwise', '"chip"', '" chip "'],
  ])('not by %s', (_what, from, to) => {
    expect(changed(from, to)).toEqual([]);
  });

  it('unless the newest version of the changelog names it as breaking', () => {
    const changes = breakingChanges(RELEASED, RELEASED.replace('MANX', 'KORAT').replace(' @key(fields: "chip")', ''));
    const left = (changelog: string) => unannounced(changes, changelog).map(({ name }) => name);
    expect(left('# Changelog\n\n## 2.0.0\n\n- `Cat` and `Breed.MANX`\n')).toEqual(['Breed.MANX', 'Cat']);
    expect(left('## 2.0.0\n\n### Breaking\n\n- `Breed.MANX` is gone.\n\n### Other\n\n- `Cat`\n')).toEqual(['Cat']);
    expect(left('## 2.0.0\n\n### Breaking\n\n#### Cats\n\n- `Cat`, `Breed.MANX`\n')).toEqual([]);
    expect(left('## 2.0.0\n\n## 1.0.0\n\n### Breaking\n\n- `Cat`, `Breed.MANX`\n')).toEqual(['Breed.MANX', 'Cat']);
    expect(left('## 2.0.0\n\n### Breaking\n\n- `Cat` loses a key, `Breed.MANX` goes.\n')).toEqual([]);
  });
});

describe('schema/released.graphql', () => {
  it('is what callers were last given: nothing of it is broken that the changelog does not name', () => {
    const [released = '', current = ''] = ['released', 'subgraph'].map((name) =>
      readFileSync(`schema/${name}.graphql`, 'utf8'),
    );
    expect(unannounced(breakingChanges(released, current), readFileSync('CHANGELOG.md', 'utf8'))).toEqual([]);
    expect(
      breakingChanges(released, current.replace('  phone: String', '  phone: String!')).map(({ name }) => name),
    ).toEqual(['CreateProspectInput.phone']);
  });
});
