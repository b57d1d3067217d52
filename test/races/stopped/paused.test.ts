import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fleet, pair } from '../../support/fleet.js';
import { readPlant } from '../../support/plant.js';
import { isBuilt, type SpawnedService } from '../../support/spawn-service.js';
import { until } from '../../support/until.js';
import { Boxes } from '../boxes.js';
import { reserveAt } from '../reserve.js';

const LAST_READ = { method: 'GET', path: '^/api/v2/.*viability' };
const OTHERS_READ = { method: 'GET', path: '^/api/v2/boxes' };
/** Others ask for a box while the command reads for the last time, and get the one place before its write does. */
const LAST_READ_MS = 1_500;
/** The place is taken until long after the process is stopped. */
const OTHERS_READ_MS = 12_000;
const WITHIN_MS = 90_000;

interface Operation {
  id: string;
  state: string;
  steps: { outcome: string }[];
}

describe.runIf(isBuilt && pair)('A process that is stopped between the intent of a write and its sending', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    const env = { OUTCOME_SETTLE_S: '1', OZMAP_CONCURRENCY: '1', OZMAP_TIMEOUT_MS: '120000' };
    if (pair) fleet = await pair.open(env);
  });
  afterAll(() => fleet?.stop());

  const operationOf = async (service: SpawnedService, contractCode: string): Promise<Operation | undefined> => {
    const document = `query ($filter: IntegrationOperationFilter) {
      it: integrationOperations(filter: $filter) { edges { node { id state steps { outcome } } } } }`;
    const { data, text } = await service.query<{ it: { edges: { node: Operation }[] } }, object>(document, {
      filter: { contractCode },
    });
    if (!data) throw new Error(text);
    return data.it.edges[0]?.node;
  };

  it('does not send it after another one has closed the operation as not applied', async () => {
    const [one, two] = [fleet.at(0), fleet.at(1)];
    const { box } = await new Boxes(two, fleet.ozmap).offered(1);
    await fleet.ozmap.clearRequests();
    await fleet.ozmap.fault({ fault: 'delay', delayMs: LAST_READ_MS, match: LAST_READ, times: 1 });
    await fleet.ozmap.fault({ fault: 'delay', delayMs: OTHERS_READ_MS, match: OTHERS_READ, times: 1 });
    const asked = reserveAt(one, box, 'PAUSED').catch(() => null);
    await until(async () => (await fleet.ozmap.struck()) === 1, WITHIN_MS);
    const other = one.query('query ($id: ID!) { box(id: $id) { id } }', { id: box.id });
    await until(async () => (await operationOf(two, 'PAUSED'))?.steps.length === 1, WITHIN_MS);
    one.signal('SIGSTOP');
    await until(async () => (await operationOf(two, 'PAUSED'))?.state === 'FAILED', WITHIN_MS);
    one.signal('SIGCONT');
    expect((await other).errors).toEqual([]);
    await asked;
    // Behind it in the one line that there is.
    await one.query('query ($id: ID!) { box(id: $id) { id } }', { id: box.id });
    expect((await fleet.ozmap.requests()).filter(({ method }) => method !== 'GET')).toEqual([]);
    const { clients } = await readPlant(fleet.ozmap);
    expect(clients.filter(({ code }) => code === 'PAUSED')).toEqual([]);
    expect(await operationOf(two, 'PAUSED')).toMatchObject({ state: 'FAILED' });
  }, 180_000);
});
