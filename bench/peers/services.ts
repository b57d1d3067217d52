/* What every contestant that speaks GraphQL has in common: our schema, our resolvers and our services, towards the OZmap at OZMAP_URL. */
import 'reflect-metadata';
import type { IncomingHttpHeaders } from 'node:http';
import { load } from './load.js';

const { buildSubgraph } = await load<typeof import('../../src/graph/schema.js')>('graph/schema.js');
export const { RequestContext } = await load<typeof import('../../src/graph/context.js')>('graph/context.js');
const { RequestBudget } = await load<typeof import('../../src/budget/request-budget.js')>('budget/request-budget.js');
const { createTogether } = await load<typeof import('../../src/budget/together.js')>('budget/together.js');
const { createOzmap } = await load<typeof import('../../src/ozmap/create-ozmap.js')>('ozmap/create-ozmap.js');
const { gathering } = await load<typeof import('../../src/ozmap/gather.js')>('ozmap/gather.js');
const { createCircuit } = await load<typeof import('../../src/ozmap/circuit.js')>('ozmap/circuit.js');
const { createJournal } = await load<typeof import('../../src/saga/create-journal.js')>('saga/create-journal.js');
const { Authenticator } = await load<typeof import('../../src/store/tokens/authenticator.js')>(
  'store/tokens/authenticator.js',
);
const { ANYWHERE } = await load<typeof import('../../src/geocoding/service-area.js')>('geocoding/service-area.js');
const { readConfig } = await load<typeof import('../../src/config.js')>('config.js');

const ozmapUrl = process.env.OZMAP_URL ?? '';
export const { schema } = await buildSubgraph();
export const { limits, policy } = readConfig(process.env);

const connector = createOzmap({ url: ozmapUrl, concurrency: 16, circuit: createCircuit() });
const readsOf = gathering(connector.as);
const journal = await createJournal({
  // The rig removes it.
  database: { dataDir: process.env.DATA_DIR ?? '' },
  commands: [],
  backgroundSession: () => null as never,
  backgroundProjectIds: async () => [],
});
const systemConfig = await connector.as('demo').systemConfig();
const nowhere = { provider: 'none', geocode: async () => ({ kind: 'not-found' as const }) };
const services: ConstructorParameters<typeof RequestContext>[0] = {
  ozmapAs: (token, budget) => (budget ? readsOf(token, budget) : connector.as(token)),
  together: createTogether(),
  geocoder: { provider: 'none', standing: () => 'up', check: async () => {}, forRequest: () => nowhere },
  suggest: () => [],
  serviceArea: ANYWHERE,
  journal,
  viewerOf: async (_token, { ownerId }) => ({ ownerId, projectIds: [] }),
  policy,
  systemConfig: async () => systemConfig,
  now: () => new Date(),
};
export const authenticator = new Authenticator({
  verify: async (token) => {
    const { id, username } = await connector.as(token).whoAmI();
    return { ownerId: id ?? '', ownerName: username ?? '', confirmed: true };
  },
  ttlMs: 60_000,
});

/** A request's context, as our own HTTP side makes it. */
export function contextOf(headers: IncomingHttpHeaders): InstanceType<typeof RequestContext> {
  const token = headers.authorization ?? '';
  const actor = async () => ({ ...(await authenticator.ownerOf(token)), cntUser: null });
  return new RequestContext(services, {
    token: () => token,
    scopes: null,
    actor,
    knownActor: actor,
    origin: { address: '127.0.0.1', traceId: '', requestId: '', cntUser: null },
    budget: new RequestBudget(limits.cost),
    sale: null,
    ozlocLinks: null as never,
  });
}
