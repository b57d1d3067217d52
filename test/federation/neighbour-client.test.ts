import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { composeServices as composeWithGuild } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { expect, it } from 'vitest';

const page = readFileSync('docs/recipes/if-you-have-a-client.md', 'utf8');
const [renamed = '', joined = '', other = ''] = [...page.matchAll(/```graphql\n(.*?)```/gs)].map(
  ([, sdl]) => sdl ?? '',
);
const whole = readFileSync('schema/subgraph.graphql', 'utf8');

function supergraphOf(ozmap: string, neighbour: string): string {
  const services = [
    { name: 'ozmap', url: 'http://ozmap.test/', typeDefs: parse(ozmap) },
    { name: 'crm', url: 'http://crm.test/', typeDefs: parse(neighbour) },
  ];
  expect(composeWithGuild(services).errors?.map(String) ?? []).toEqual([]);
  const { supergraphSdl, errors } = composeServices(services);
  expect(errors?.map(String) ?? []).toEqual([]);
  return supergraphSdl ?? '';
}

it('A neighbour that calls its own Client by another name reaches ours by the code of a contract', () => {
  expect(supergraphOf(whole, renamed)).toContain('type Customer');
});

it('A neighbour whose Client is the same thing joins it by contract code, and may take a field over', () => {
  expect(supergraphOf(whole, joined)).toMatch(/name: String @join__field\(graph: CRM, override: "ozmap"\)/);
});

it('A neighbour whose Client is something else composes with our schema without ours, and with nothing more', () => {
  const part = execFileSync(process.execPath, ['tools/schema-without.mjs', 'Client'], { encoding: 'utf8' });
  expect(supergraphOf(part, other)).toContain('reservePort');
  const left = parse(part).definitions.map((node) => ('name' in node ? node.name?.value : undefined));
  const gone = parse(whole).definitions.map((node) => ('name' in node ? node.name?.value : undefined));
  expect(gone.filter((name) => !left.includes(name))).toEqual(['Client']);
  const alone = composeServices([
    { name: 'ozmap', url: 'http://ozmap.test/', typeDefs: parse(whole) },
    { name: 'crm', url: 'http://crm.test/', typeDefs: parse(other) },
  ]);
  expect(alone.errors?.length).toBeGreaterThan(0);
});
