import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FORWARDED } from '../../examples/supergraph.js';
import { readConfig } from '../../src/config.js';
import {
  BadUserInputError,
  LimitExceededError,
  RateLimitedError,
  UpstreamRefusedError,
} from '../../src/errors/app-error.js';
import { extensionsOf } from '../../src/errors/format-error.js';

const read = (name: string) => readFileSync(`examples/routers/${name}`, 'utf8');
const apollo = parse(read('apollo-router.yaml'));
const hive = parse(read('hive-router.yaml'));
const cosmo = parse(read('cosmo-router.yaml'));
const grafbase = read('grafbase.toml');
const { gatewayConfig } = (await import(
  new URL('../../examples/routers/hive-gateway.config.mjs', import.meta.url).href
)) as {
  gatewayConfig: {
    propagateHeaders: {
      fromClientToSubgraphs(asked: { request: Request; subgraphName: string }): Record<string, string> | undefined;
    };
    upstreamTimeout: number;
  };
};

const CALLER = Object.fromEntries(FORWARDED.map((name) => [name, `of ${name}`]));
const throughHive = (subgraphName: string) =>
  gatewayConfig.propagateHeaders.fromClientToSubgraphs({
    request: new Request('http://gateway.test/', { headers: { ...CALLER, cookie: 'theirs' } }),
    subgraphName,
  });
const withoutTrace = FORWARDED.filter((name) => name !== 'traceparent');
const namedBy = (rules: { named?: string; propagate?: { named: string } }[]) =>
  rules.map(({ named, propagate }) => named ?? propagate?.named);

/** Whatever our top-level errors may carry. */
const KEYS = [
  new LimitExceededError('depth', 1, 2),
  new RateLimitedError(1),
  new UpstreamRefusedError(400, undefined),
  new BadUserInputError('no', [{ field: 'f' }]),
].flatMap((error) => Object.keys(extensionsOf(error)));

describe('The files for routers in examples/routers', () => {
  it.each([
    ['Apollo Router', namedBy(apollo.headers.subgraphs.ozmap.request), FORWARDED],
    ['Hive Router, which passes on traceparent by itself', namedBy(hive.headers.subgraphs.ozmap.request), withoutTrace],
    ['Cosmo Router, which does as well', namedBy(cosmo.headers.subgraphs.ozmap.request), withoutTrace],
    ['Grafbase', [...grafbase.matchAll(/^rule = "forward"\nname = "(.+)"$/gm)].map(([, name]) => name), FORWARDED],
    ['Hive Gateway', Object.keys(throughHive('ozmap') ?? {}), FORWARDED],
  ])('forward who asks, and what a request is found by: %s', (_, named, expected) => {
    expect(named).toEqual(expected);
  });

  it("send our headers' values to us, and a caller's token to no neighbour: Hive Gateway", () => {
    expect(throughHive('ozmap')).toEqual(CALLER);
    expect(throughHive('contracts')).toBeUndefined();
  });

  it.each([
    ['Apollo Router', apollo.include_subgraph_errors.subgraphs.ozmap.allow_extensions_keys],
    ['Hive Router', hive.error_masking.subgraphs.ozmap.extensions.keys],
    ['Cosmo Router', cosmo.subgraph_error_propagation.allowed_extension_fields],
  ])('let through all that an error of ours says: %s', (_, allowed) => {
    expect(allowed).toEqual(expect.arrayContaining([...KEYS, 'reason', 'operationId', 'errorId']));
  });

  it.each([
    ['Apollo Router', apollo.traffic_shaping.subgraphs.ozmap.timeout],
    ['Hive Router', hive.traffic_shaping.subgraphs.ozmap.request_timeout],
    ['Cosmo Router', cosmo.traffic_shaping.subgraphs.ozmap.request_timeout],
    ['Grafbase', /\[subgraphs\.ozmap\][^[]*timeout = "(\d+s)"/.exec(grafbase)?.[1]],
    ['Hive Gateway', `${gatewayConfig.upstreamTimeout / 1_000}s`],
  ])('wait longer than we do, so that our own refusal arrives: %s', (_, timeout) => {
    expect(timeout).toMatch(/^\d+s$/);
    expect(1_000 * Number.parseInt(timeout, 10)).toBeGreaterThan(readConfig({}).limits.requestTimeoutMs);
  });

  it('compose from the files that are published', () => {
    const { subgraphs } = parse(read('cosmo-graph.yaml'));
    const rover = parse(readFileSync('schema/supergraph.yaml', 'utf8')).subgraphs;
    for (const { name, routing_url, schema } of subgraphs) {
      expect(rover[name].routing_url).toBe(routing_url);
      expect(read(schema.file)).toBe(readFileSync(`schema/${rover[name].schema.file}`, 'utf8'));
    }
    expect(subgraphs).toHaveLength(Object.keys(rover).length);
  });
});
