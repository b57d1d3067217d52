/* A seller's list of five columns alone, and beside ten callers of `viabilities` with 100 places each, same token, at 200 ms an answer of OZmap. */
import { finish } from './peers/results.js';
import { ask, markdown, ratios, spread, start } from './peers/rig.js';

const DELAY_MS = 200;
const SELLERS = 6;

const ozmap = await start('ozmap.ts', String(DELAY_MS));
const ours = await start('contestant.ts', 'ours', { OZMAP_URL: ozmap.url, OZMAP_TOKEN: 'demo' });
const listed = await fetch(`${ozmap.url}/api/v2/boxes?limit=100`, { headers: { authorization: 'demo' } });
const { rows: places } = (await listed.json()) as { rows: { lat: number; lng: number }[] };
const input = (n: number) => {
  const { lat = 0, lng = 0 } = places[n % places.length] ?? {};
  return { location: { lat: lat + n * 1e-7, lng } };
};
const list = (n: number) =>
  JSON.stringify({
    query: `query($input: ViabilityInput!) { viability(input: $input) { boxes { distanceM freePorts box { name status type { code } } } } }`,
    variables: { input: input(n) },
  });
const bulk = (n: number) =>
  JSON.stringify({
    query: 'query($inputs: [ViabilityInput!]!) { viabilities(inputs: $inputs) { viability { verdict } } }',
    variables: { inputs: Array.from({ length: 100 }, (_, at) => input(1_000 + 100 * n + at)) },
  });
const sellers = async (): Promise<number[]> => {
  const took: number[] = [];
  for (let n = 0; n < SELLERS; n += 1) {
    const startedAt = performance.now();
    await ask(ours.url, list(n));
    took.push(performance.now() - startedAt);
  }
  return took;
};

await sellers();
const alone = await sellers();
let done = 0;
const all = Array.from({ length: 10 }, (_, n) => ask(ours.url, bulk(n)).then(() => (done += 1)));
await new Promise((resolve) => setTimeout(resolve, 2 * DELAY_MS));
const beside = await sellers();
if (done === 10) throw new Error('the sellers were no longer beside anybody');
await Promise.all(all);
const ratio = ratios(beside, alone);
const rows = [
  { name: 'alone', ratios: {}, measures: { ms: spread(alone) } },
  {
    name: 'beside 10 × viabilities(100)',
    ratios: { 'time to alone': ratio },
    measures: { ms: spread(beside) },
    goal: '≤ 2.0 of alone',
    met: ratio.median <= 2,
  },
];
finish({ title: `A seller beside bulk callers at ${DELAY_MS} ms an answer`, rows }, markdown);
ours.stop();
ozmap.stop();
