import { readFileSync } from 'node:fs';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { composeServices as composeWithGuild } from '@theguild/federation-composition';
import { federateSubgraphs } from '@wundergraph/composition';
import { parse, printType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSubgraph } from '../../src/graph/schema.js';

const { sdl, scopedSdl } = await buildSubgraph();
const sister = readFileSync('examples/contracts/schema.graphql', 'utf8');
const services = [
  { name: 'ozmap', url: 'http://ozmap.test/', typeDefs: parse(sdl) },
  { name: 'contracts', url: 'http://contracts.test/', typeDefs: parse(sister) },
];

describe('The subgraph beside a contracts subgraph', () => {
  it("composes with Apollo's composition", () => {
    const result = composeWithApollo(services);
    expect(result.errors?.map(String) ?? []).toEqual([]);
    expect(result.supergraphSdl).toContain('contract: Contract');
  });

  it("composes with the Guild's composition", () => {
    const result = composeWithGuild(services);
    expect(result.errors?.map(String) ?? []).toEqual([]);
    expect(result.supergraphSdl).toContain('contract: Contract');
  });

  it("composes with WunderGraph's composition", () => {
    const result = federateSubgraphs({
      subgraphs: services.map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs })),
      version: '1',
    });
    expect(result.success ? [] : result.errors.map(String)).toEqual([]);
  });

  it('composes with its scopes, too, for routers that enforce them, and they are in the supergraph', () => {
    const [, contracts] = services;
    const scoped = { name: 'ozmap', url: 'http://ozmap.test/', typeDefs: parse(scopedSdl) };
    const both = contracts ? [scoped, contracts] : [];
    for (const { errors, supergraphSdl } of [composeWithApollo(both), composeWithGuild(both)]) {
      expect(errors?.map(String) ?? []).toEqual([]);
      expect(supergraphSdl).toMatch(/type Client\b[^{]*@requiresScopes\(scopes: \[\["client:read"\],/);
      expect(supergraphSdl).toMatch(
        / {2}reservePort\([^)]*\):[^\n]*@requiresScopes\(scopes: \[\["reservation:write"\]\]\)/,
      );
    }
    const cosmo = federateSubgraphs({
      subgraphs: both.map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs })),
      version: '1',
    });
    expect(cosmo.success ? [] : cosmo.errors.map(String)).toEqual([]);
  });

  it('keeps all that is its own beside a neighbour that has a customer, an address and a problem of other shapes', () => {
    const inputs = ['AddressInput', 'CoordinatesInput', 'BoundsInput', 'OperationFilter'];
    const enums = ['ClientStatus', 'Verdict', 'PortState', 'OperationState', 'EquipmentKind'];
    const types = ['Problem', 'ProblemDetail', 'Warning', 'Property', 'Building', 'Prospect', 'Drop', 'Pole'];
    types.push('Equipment', 'PortConnection', 'Coordinates', 'OperationStep', 'OperationRetry');
    const neighbour = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Query { theirs(${inputs.map((name) => `a${name}: ${name}`)}): Theirs }
      type Theirs { ${[...enums, ...types].map((name) => `a${name}: ${name}`).join(' ')} }
      ${inputs.map((name) => `input ${name} { zip: String! }`).join('\n')}
      ${enums.map((name) => `enum ${name} { THEIRS }`).join('\n')}
      ${types.map((name) => `type ${name} @key(fields: "id") { id: ID! theirs: Int! }`).join('\n')}`;
    const [ozmap] = services;
    const shown = (others: typeof services) => {
      const { schema, errors, hints } = composeWithApollo(ozmap ? [ozmap, ...others] : []);
      expect([errors?.map(String), hints?.map(String)]).toEqual([undefined, []]);
      return Object.values(schema?.toAPISchema().toGraphQLJSSchema().getTypeMap() ?? {});
    };
    const own = shown([]).filter(({ name }) => !name.startsWith('__') && name !== 'Query');
    const together = shown([{ name: 'theirs', url: 'http://theirs.test/', typeDefs: parse(neighbour) }]);
    const printed = new Map(together.map((type) => [type.name, printType(type)]));
    expect(own.filter((type) => printed.get(type.name) !== printType(type)).map(({ name }) => name)).toEqual([]);
    expect(own.length).toBeGreaterThan(60);
  });

  it('is refused when a key names a field that is not there, so the checks above do check', () => {
    const broken = sdl.replace('type Box @key(fields: "id")', 'type Box @key(fields: "serial")');
    expect(composeWithApollo([{ name: 'ozmap', url: 'http://o/', typeDefs: parse(broken) }]).errors).not.toEqual([]);
  });
});
