// Hive Gateway: `hive-gateway supergraph supergraph.graphql --config-path examples/routers/hive-gateway.config.mjs`.
const FORWARDED = [
  'authorization',
  'x-cnt-user',
  'accept-language',
  'traceparent',
  'x-request-id',
  'apollographql-client-name',
  'apollographql-client-version',
];

export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs({ request, subgraphName }) {
      if (subgraphName !== 'ozmap') return undefined;
      const sent = FORWARDED.map((name) => [name, request.headers.get(name)]);
      return Object.fromEntries(sent.filter(([, value]) => value !== null));
    },
  },
  // Longer than REQUEST_TIMEOUT_MS, so that our own REQUEST_TIMEOUT arrives.
  upstreamTimeout: 65_000,
  requestTimeout: 70_000,
};
