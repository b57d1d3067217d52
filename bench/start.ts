/*
 * How long the second start of the built service takes, the first having filled its data folder, what memory it has at rest and under load, and
 * whether it grows: 100,000 requests with different documents and places, or as many as the first argument says.
 */
import { finish } from './peers/results.js';
import { ask, markdown, round, start, type Used } from './peers/rig.js';

const REQUESTS = Number(process.argv[2] ?? 100_000);
const CONNECTIONS = 16;

const first = await start('contestant.ts', 'ours, embedded');
const { dataDir } = first;
first.end();
const startedAt = performance.now();
const ours = await start('contestant.ts', 'ours, embedded', { DATA_DIR: dataDir });
const startMs = performance.now() - startedAt;
const atRest = await ours.used('collected');
const document = (n: number) =>
  JSON.stringify({
    query: `query Varied${n % 500} { viability(input: { location: { lat: ${-19.93 + (n % 997) * 1e-5}, lng: -44.05 } }) { verdict boxes { distanceM box { name status } } } }`,
  });
const heap: number[] = [];
let after = atRest;
for (let part = 0; part < 4; part += 1) {
  const bodies = Array.from({ length: REQUESTS / 4 }, (_, n) => document(part * 7 + n));
  await round(ours, bodies, CONNECTIONS, () => {});
  after = await ours.used('collected');
  heap.push(after.heapMb);
}
await ask(ours.url, document(0));
const grown = (heap.at(-1) ?? 0) / (heap[1] ?? 1);
const memory = ({ rssMb, heapMb, reservedMb, externalMb }: Used) => ({
  'RSS MB': rssMb,
  'heap MB': heapMb,
  'heap reserved MB': reservedMb,
  'outside MB': externalMb,
});
const rows = [
  {
    name: 'second start',
    ratios: {},
    measures: { ms: startMs, 'CPU ms': atRest.cpuMs },
    goal: '≤ 3,000 ms',
    met: startMs <= 3_000,
  },
  { name: 'at rest', ratios: {}, measures: memory(atRest) },
  {
    name: `after ${REQUESTS.toLocaleString('en')} varied requests`,
    ratios: {},
    measures: memory(after),
  },
  {
    name: 'heap after all, to that after half',
    ratios: {},
    measures: { ratio: grown },
    goal: '≤ 1.1',
    met: grown <= 1.1,
  },
];
finish({ title: 'Start and memory, embedded', rows }, markdown);
ours.stop();
first.stop();
