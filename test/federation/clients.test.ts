import { createHash } from 'node:crypto';
import { ApolloClient, type ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { ApolloGateway, IntrospectAndCompose, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { fetchExchange, Client as UrqlClient } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

let subgraph: TestSubgraph;
beforeAll(async () => {
  subgraph = await startTestSubgraph();
});
afterAll(() => subgraph.stop());

const FOUND = { client: { contractCode: '100001' } };
const document = (name: string) => `query ${name}($c: ID!) { client(contractCode: $c) { contractCode } }`;
const variables = { c: '100001' };

/** Requests that a client sends, as they leave it. */
function watched() {
  const sent: { method: string; url: URL; body: string; headers: Headers }[] = [];
  const through: typeof fetch = (input, init = {}) => {
    const body = typeof init.body === 'string' ? init.body : '';
    sent.push({
      method: init.method ?? 'GET',
      url: new URL(String(input)),
      body,
      headers: new Headers(init.headers as Record<string, string>),
    });
    return fetch(input, init);
  };
  return { sent, through };
}

describe('Apollo Client', () => {
  const client = (link: ApolloLink, awareness?: { name: string; version: string }) => {
    const made = new ApolloClient({
      link,
      cache: new InMemoryCache(),
      ...(awareness && { clientAwareness: awareness }),
    });
    onTestFinished(() => made.stop());
    return made;
  };
  const http = (through: typeof fetch) =>
    new HttpLink({ uri: `${subgraph.url}/graphql`, fetch: through, headers: { authorization: 'demo' } });

  it.each([
    ['by POST', false],
    ['by GET', true],
  ])('has its persisted queries: %s', async (_how, useGETForHashedQueries) => {
    const { sent, through } = watched();
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const link = new PersistedQueryLink({ sha256, useGETForHashedQueries }).concat(http(through));
    const query = gql(document(useGETForHashedQueries ? 'HashedGet' : 'HashedPost'));
    for (let time = 0; time < 2; time += 1) {
      const { data } = await client(link).query({ query, variables, fetchPolicy: 'network-only' });
      expect(data).toMatchObject(FOUND);
    }
    // Not known, taught, and known the second time.
    expect(sent).toHaveLength(3);
    expect(JSON.stringify([sent[2]?.url, sent[2]?.body])).not.toContain('contractCode');
  });

  it('says its name and version, which a browser may send, too', async () => {
    const { sent, through } = watched();
    const awareness = { name: 'cnt-front', version: '7.1' };
    const { data } = await client(http(through), awareness).query({ query: gql(document('Named')), variables });
    expect(data).toMatchObject(FOUND);
    const named = [...(sent[0]?.headers.keys() ?? [])].filter((name) => name.startsWith('apollographql-'));
    expect(named).toEqual(['apollographql-client-name', 'apollographql-client-version']);
    const preflight = await fetch(subgraph.url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://cnt.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': named.join(','),
      },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toBe(named.join(','));
  });
});

describe('urql', () => {
  it('asks as it comes, by GET', async () => {
    const { sent, through } = watched();
    const client = new UrqlClient({
      url: `${subgraph.url}/graphql`,
      exchanges: [fetchExchange],
      fetch: through,
      fetchOptions: { headers: { authorization: 'demo' } },
    });
    const { data, error } = await client.query(document('Urql'), variables).toPromise();
    expect([error, data]).toEqual([undefined, FOUND]);
    expect(sent.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('graphql-request', () => {
  it.each(['POST', 'GET'] as const)('asks by %s', async (method) => {
    const client = new GraphQLClient(`${subgraph.url}/graphql`, { method, headers: { authorization: 'demo' } });
    expect(await client.request(document('Plain'), variables)).toEqual(FOUND);
  });
});

describe("Apollo's gateway with persisted queries", () => {
  it('starts from our answers alone, asks, and asks again by hash', async () => {
    const { sent, through } = watched();
    const gateway = new ApolloGateway({
      supergraphSdl: new IntrospectAndCompose({ subgraphs: [{ name: 'ozmap', url: subgraph.url }] }),
      buildService: ({ url = '' }) =>
        new RemoteGraphQLDataSource({
          url,
          apq: true,
          fetcher: through as never,
          willSendRequest: ({ request }) => request.http?.headers.set('authorization', 'demo'),
        }),
    });
    const router = new ApolloServer({ gateway });
    await router.start();
    onTestFinished(() => router.stop());
    sent.length = 0;
    for (let time = 0; time < 2; time += 1) {
      const { body } = await router.executeOperation({ query: document('Gateway'), variables });
      expect(body).toMatchObject({ kind: 'single', singleResult: { data: FOUND } });
    }
    expect(sent).toHaveLength(3);
    expect(sent[2]?.body).not.toContain('contractCode');
  });
});
