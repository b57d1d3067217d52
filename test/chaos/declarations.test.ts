import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startJournalled } from '../support/journalled.js';
import type { RestClient } from '../support/plant.js';
import { createDice } from './dice.js';
import { Storm } from './faults.js';

/** Of the long form, as `npm run check:long` asks for it: 300. */
const CONTRACTS = Number(process.env.DECLARED_CONTRACTS ?? 15);
/** Reserved in one box. */
const PER_BOX = 3;
const SEED = 20_261_127;
/** Words on their way at once. */
const LANES = 8;

/** What a contract was, in order, and what the map must hold in the end: an implanted client, nothing, or the mark on a home. */
const LIVES = [
  { words: ['AWAITING_ACTIVATION', 'ACTIVE'], end: 'active' },
  { words: [304, 200, 300, 200], end: 'active' },
  { words: ['ACTIVE', 'CANCELLED'], end: 'marked' },
  { words: ['AWAITING_ACTIVATION', 'WITHDRAWN'], end: 'gone' },
  { words: [200, 301, 250, 'CANCELLED', 'CANCELLED'], end: 'marked' },
  { words: [304, 12], end: 'gone' },
] as const;

it(`A caller who reads no answer declares ${CONTRACTS} contracts, out of order, through outages and lost answers, and the map is right in the end`, async () => {
  const journalled = await startJournalled({
    env: {
      OUTCOME_SETTLE_S: '4',
      OZMAP_TIMEOUT_MS: '2000',
      RATE_LIMIT_PER_MINUTE: '0',
      EMULATOR_SIZE: CONTRACTS > 30 ? 'city' : 'town',
    },
    boxes: Math.ceil(CONTRACTS / PER_BOX),
  });
  onTestFinished(() => journalled.stop());
  const { subgraph, boxes, reserve } = journalled;
  const dice = createDice(SEED);
  const contracts = Array.from({ length: CONTRACTS }, (_, n) => ({ code: `W-${n}`, ...dice.pick(LIVES) }));
  for (const [n, { code }] of contracts.entries()) await reserve(code, boxes[n % boxes.length]);

  const since = Date.now() - 3_600_000;
  const words = contracts.flatMap(({ code, words: said }) =>
    said.map((state, n) => ({
      code,
      state,
      at: new Date(since + n * 60_000).toISOString(),
      due: n + dice.between(0, 1.3),
    })),
  );
  // Each contract's words come about in their order, and now and then one before the other.
  words.sort((a, b) => a.due - b.due);
  const storm = new Storm(subgraph.emulator, dice.forNumber(1));
  storm.start();
  const say = async ({ code, state, at }: (typeof words)[number]) => {
    const response = await fetch(`${subgraph.url}/v1/contracts/${code}/state`, {
      method: 'PUT',
      headers: { authorization: 'demo', 'content-type': 'application/json' },
      body: JSON.stringify({ state, at }),
    });
    await response.body?.cancel();
  };
  const lane = async () => {
    for (let word = words.shift(); word; word = words.shift()) await say(word);
  };
  const lanes = Promise.all(Array.from({ length: LANES }, lane));
  await sleep(1_000);
  // Nobody but whoever manages users gets an answer.
  await subgraph.emulator.fault({ fault: 'reset-before', match: { path: '^/api/v2/(?!users)' } });
  await sleep(3_000);
  await subgraph.emulator.clearFaults();
  await lanes;
  await storm.stop();

  const open = async () => {
    const { data } = await subgraph.query<{ it: { edges: { node: object }[] } }, object>(
      '{ it: integrationOperations(filter: { states: [PENDING, QUEUED, UNKNOWN] }, first: 5) { edges { node { contractCode state action requestedAt steps { method path status outcome at } } } } }',
    );
    return data?.it.edges.map(({ node }) => node);
  };
  await expect.poll(open, { timeout: 240_000, interval: 500 }).toEqual([]);
  const clients = new Map(
    (await subgraph.emulator.all<RestClient>('ftth-clients')).map((client) => [client.code, client]),
  );
  const homes = await subgraph.emulator.all<{ observation: string | null }>('properties');
  const seen = contracts.map(({ code }) => {
    const client = clients.get(code);
    if (client) return [code, client.implanted ? 'active' : 'reserved'];
    return [code, homes.some(({ observation }) => observation?.includes(`[CNT ${code}]`)) ? 'marked' : 'gone'];
  });
  expect(seen).toEqual(contracts.map(({ code, end }) => [code, end]));
  expect(storm.struck.total).toBeGreaterThan(CONTRACTS / 10);
}, 900_000);
