import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RestBox } from '../../support/plant.js';
import { startTestSubgraph, type TestSubgraph } from '../../support/start-subgraph.js';
import { json, type TinyServer, tinyServer } from '../../support/tiny-server.js';
import { until } from '../../support/until.js';

/** Beside a box of the plant: elsewhere OZmap is not asked. */
const placeAt = ({ lat, lng }: RestBox) => ({
  lat: String(lat),
  lon: String(lng),
  display_name: 'Rua das Acácias, 12, Contagem',
  importance: 0.5,
  category: 'building',
  type: 'house',
  place_rank: 30,
  addresstype: 'building',
  boundingbox: [lat - 0.0001, lat + 0.0001, lng - 0.0001, lng + 0.0001].map(String),
  address: { house_number: '12', road: 'Rua das Acácias', city: 'Contagem' },
});

let provider: TinyServer;
let subgraph: TestSubgraph;
/** Answers of the provider that it holds back. */
const held: (() => void)[] = [];
let holds = false;
let atOnce = 0;
let mostAtOnce = 0;
let gone = 0;
let place: unknown = null;

beforeAll(async () => {
  provider = await tinyServer((_request, response) => {
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    response.on('close', () => {
      atOnce -= 1;
      if (!response.writableFinished) gone += 1;
    });
    const answer = () => json(response, [place]);
    if (holds) held.push(answer);
    else setTimeout(answer, 5);
  });
  subgraph = await startTestSubgraph({
    env: {
      GEOCODER: 'nominatim',
      NOMINATIM_URL: provider.url,
      REQUEST_TIMEOUT_MS: '2000',
      MAX_COST: '20000',
      OZMAP_PER_MINUTE: '30000',
    },
  });
  const [box] = await subgraph.emulator.all<RestBox>('boxes');
  if (!box) throw new Error('the plant has no boxes');
  place = placeAt(box);
  await subgraph.query('{ client(contractCode: 1) { name } }');
  // The example in the explorer was looked for.
  provider.got.length = 0;
  await subgraph.emulator.clearRequests();
});
afterAll(async () => {
  await subgraph.stop();
  await provider.stop();
});
afterEach(async () => {
  holds = false;
  for (const answer of held.splice(0)) answer();
  provider.got.length = 0;
  [mostAtOnce, gone] = [0, 0];
  await subgraph.emulator.clearFaults();
  await subgraph.emulator.clearRequests();
});

const VIABILITIES = 'query($inputs: [ViabilityInput!]!) { viabilities(inputs: $inputs) { viability { verdict } } }';
const addresses = (count: number, write: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => ({ address: write(at) }));
const askedOf = async (path: string) =>
  (await subgraph.emulator.requests()).filter((request) => request.path.includes(path)).length;

describe('A seller', () => {
  it('has an answer before those who ask for hundreds have theirs', async () => {
    await subgraph.emulator.fault({ match: { path: 'ftth-viability' }, fault: 'delay', delayMs: 20 });
    const { lat, lon } = place as { lat: string; lon: string };
    const at = (n: number) => ({ location: { lat: Number(lat) + n / 1e5, lng: Number(lon) } });
    const bulk = [0, 1, 2].map((part) =>
      subgraph.query(VIABILITIES, { inputs: Array.from({ length: 50 }, (_, n) => at(50 * part + n)) }),
    );
    await until(async () => (await askedOf('ftth-viability')) > 0);
    const { data, errors } = await subgraph.query<{ viability: { boxes: unknown[] } }, unknown>(
      'query($i: ViabilityInput!) { viability(input: $i) { boxes { box { name type { code } } } } }',
      { i: at(500) },
    );
    expect(errors).toEqual([]);
    expect(data?.viability).toBeTruthy();
    expect(await askedOf('ftth-viability')).toBeLessThan(120);
    expect((await Promise.all(bulk)).flatMap((answer) => answer.errors)).toEqual([]);
  });
});

describe('The geocoder', () => {
  it('is asked once for an address that a request names many times, in whatever letters', async () => {
    const inputs = addresses(40, (at) => (at % 2 ? 'Rua das Acácias 12,  Contagem' : 'RUA DAS ACÁCIAS 12, contagem '));
    const { errors } = await subgraph.query(
      'query($i: [ViabilityInput!]!) { a: viabilities(inputs: $i) { viability { verdict } } b: viabilities(inputs: $i) { viability { verdict } } }',
      { i: inputs },
    );
    expect(errors).toEqual([]);
    expect(provider.got).toHaveLength(1);
    expect(await askedOf('ftth-viability')).toBe(1);
  });

  it('is asked once for an address that several requests name at the same time', async () => {
    holds = true;
    const asking = Array.from({ length: 5 }, () =>
      subgraph.query(VIABILITIES, { inputs: addresses(1, () => 'Rua A 1') }),
    );
    await until(() => held.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 100));
    holds = false;
    for (const answer of held.splice(0)) answer();
    await Promise.all(asking);
    expect(provider.got).toHaveLength(1);
  });

  it('works on 8 addresses at once at most', async () => {
    await subgraph.query(VIABILITIES, { inputs: addresses(30, (at) => `Rua E ${at + 1}`) });
    expect(provider.got).toHaveLength(30);
    expect(mostAtOnce).toBeLessThanOrEqual(8);
  });

  it('is paid from MAX_COST, and asked no more when that is spent', async () => {
    const { errors } = await subgraph.query(VIABILITIES, { inputs: addresses(90, (at) => `Rua B ${at}`) });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'cost',
      max: 20_000,
      actual: expect.any(Number),
    });
    expect(provider.got.length).toBeLessThanOrEqual(40);
  });

  it('is let go by a request that has timed out: what waits is not sent, and what is under way is cut off', async () => {
    holds = true;
    const { errors } = await subgraph.query(VIABILITIES, { inputs: addresses(20, (at) => `Rua C ${at}`) });
    expect(errors[0]?.extensions?.code).toBe('REQUEST_TIMEOUT');
    await until(() => gone === 8);
    expect(provider.got).toHaveLength(8);
  });

  it('is let go when a caller of the door is gone', async () => {
    holds = true;
    const caller = new AbortController();
    const url = `${subgraph.url}/v1/viability?address=${encodeURIComponent('Rua da Porta 7, Contagem')}`;
    const asked = fetch(url, { headers: { authorization: 'demo' }, signal: caller.signal }).catch(() => 'gone');
    await until(() => held.length > 0);
    caller.abort();
    expect(await asked).toBe('gone');
    await until(() => gone === 1, 1_000);
  });

  it('is let go when the caller is gone', async () => {
    holds = true;
    const caller = new AbortController();
    const asked = subgraph
      .query(VIABILITIES, { inputs: addresses(20, (at) => `Rua D ${at}`) }, { signal: caller.signal })
      .catch(() => null);
    await until(() => provider.got.length === 8);
    caller.abort();
    await asked;
    await until(() => gone === 8);
    expect(provider.got).toHaveLength(8);
  });
});

describe('OZmap', () => {
  it('hears nothing of an operation whose viabilities alone cost too much', async () => {
    const inputs = Array.from({ length: 100 }, (_, at) => ({ location: { lat: -19.4 - at / 1_000, lng: -44.2 } }));
    const variables = { a: inputs, b: inputs };
    const { errors } = await subgraph.query(
      'query($a: [ViabilityInput!]!, $b: [ViabilityInput!]!) { a: viabilities(inputs: $a) { problem { code } } b: viabilities(inputs: $b) { problem { code } } }',
      variables,
    );
    expect(errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'cost', max: 20_000 });
    expect(await askedOf('ftth-viability')).toBe(0);
  });

  it('is asked no more by a query that has timed out, also for what waited in the queue', async () => {
    await subgraph.emulator.fault({ fault: 'delay', delayMs: 2_500, match: { path: 'ftth-viability' } });
    const inputs = Array.from({ length: 100 }, (_, at) => ({ location: { lat: -19.4 - at / 1_000, lng: -44.2 } }));
    const { errors } = await subgraph.query(VIABILITIES, { inputs });
    expect(errors[0]?.extensions?.code).toBe('REQUEST_TIMEOUT');
    const sent = await askedOf('ftth-viability');
    expect(sent).toBeLessThanOrEqual(16);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await askedOf('ftth-viability')).toBe(sent);
  });
});
