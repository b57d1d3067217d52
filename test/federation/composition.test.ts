import { readFileSync } from 'node:fs';
import { composeServices as composeWithApollo } from '@apollo/composition';
import { composeServices as composeWithGuild } from '@theguild/federation-composition';
import { federateSubgraphs } from '@wundergraph/composition';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSubgraph } from '../../src/graph/schema.js';

const { sdl } = await buildSubgraph();
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

  it('is refused when a key names a field that is not there, so the checks above do check', () => {
    const broken = sdl.replace('type Box @key(fields: "id")', 'type Box @key(fields: "serial")');
    expect(composeWithApollo([{ name: 'ozmap', url: 'http://o/', typeDefs: parse(broken) }]).errors).not.toEqual([]);
  });
});
